------------------------------ MODULE CoarseClock -----------------------------
(***************************************************************************)
(* The coarse clock (TimeSource): sweeps move it, by what the ticker moved *)
(* since the sweep before, but by one stride at most; activities are       *)
(* recorded a stride ahead of it.  What matters is that nothing ends       *)
(* early: on this clock no activity grows old faster than on the ticker,   *)
(* whatever is delayed between two steps, also of a sweep whose ticker     *)
(* fails.  One sweep at a time moves the clock; another one uses the time  *)
(* that it finds.                                                          *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
    Last,       \* the ticker goes from 0 to this
    Stride,
    Activities,
    Defect

VARIABLES
    now,      \* the ticker
    swept,    \* the coarse clock
    movedAt,  \* the ticker's reading from which the next gap counts
    isBased,  \* whether movedAt is of the latest move
    mover,    \* how far the sweep that moves the clock has come
    activity  \* of each: when it was, and what is on record

vars == <<now, swept, movedAt, isBased, mover, activity>>

Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b

Idle == [pc |-> "idle"]
NotYet == [pc |-> "not yet"]

-----------------------------------------------------------------------------

Tick ==
    /\ now < Last
    /\ now' = now + 1
    /\ UNCHANGED <<swept, movedAt, isBased, mover, activity>>

Gap(reading) ==
    IF ~isBased THEN 0
    ELSE IF Defect = "CatchesUp" THEN reading - movedAt
    ELSE Min(Stride, reading - movedAt)
MoveReads ==
    /\ mover = Idle
    /\ mover' = [pc |-> "read", reading |-> now]
    /\ UNCHANGED <<now, swept, movedAt, isBased, activity>>
MovePublishes ==
    /\ mover.pc = "read"
    /\ swept' = swept + Gap(mover.reading)
    /\ isBased' = (Defect = "KeepsBase" /\ isBased)
    /\ mover' = [pc |-> "published", reading |-> mover.reading,
                  rest |-> Max(0, Stride - Gap(mover.reading))]
    /\ UNCHANGED <<now, movedAt, activity>>
MoveReadsAgain ==
    /\ mover.pc = "published"
    /\ movedAt' = IF Defect = "OneReading" THEN mover.reading ELSE Max(mover.reading, now - mover.rest)
    /\ isBased' = TRUE
    /\ mover' = Idle
    /\ UNCHANGED <<now, swept, activity>>
(* The ticker throws instead.  At the first reading nothing has changed.   *)
MoveFails ==
    /\ mover.pc = "published"
    /\ mover' = Idle
    /\ UNCHANGED <<now, swept, movedAt, isBased, activity>>

(* A create, keepalive, claim or loss.                                     *)
Records(a) ==
    /\ activity[a] = NotYet
    /\ activity' = [activity EXCEPT ![a] =
           [pc |-> "recorded", at |-> now,
            value |-> swept + (IF Defect = "NotAhead" THEN 0 ELSE Stride)]]
    /\ UNCHANGED <<now, swept, movedAt, isBased, mover>>

Next ==
    \/ Tick \/ MoveReads \/ MovePublishes \/ MoveReadsAgain \/ MoveFails
    \/ \E a \in Activities : Records(a)
Init ==
    /\ now = 0
    /\ swept = 0
    /\ movedAt = 0
    /\ isBased = TRUE
    /\ mover = Idle
    /\ activity = [a \in Activities |-> NotYet]
Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

TypeOK ==
    /\ now \in 0 .. Last
    /\ swept \in 0 .. Last
    /\ movedAt \in 0 .. Last
    /\ isBased \in BOOLEAN

(* A sweep that judges by this clock finds an activity no older than it is. *)
G3_NeverAgesFaster ==
    \A a \in Activities :
        activity[a] # NotYet => swept - activity[a].value <= now - activity[a].at

(* A sweep never judges by a time that has not come.                       *)
NeverAheadOfTheTicker == swept <= now
===============================================================================
