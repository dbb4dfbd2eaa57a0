------------------------------- MODULE Releasing -------------------------------
(***************************************************************************)
(* The release of a shard's lock without a fence (ShardLock, "Releasing"): *)
(* two threads that each change something and then look for the other's    *)
(* change, on the machine of Visibility.tla.  At least one of them must    *)
(* see the other's change, and a waiter must not miss the last end.        *)
(*                                                                         *)
(* A lock's word counts: even is free and is the stamp, odd is held.  Each *)
(* thread is a list of instructions.  One that cannot go on, for a lock is *)
(* held, stops: what it would do later shows it more.                      *)
(***************************************************************************)
EXTENDS Integers, Sequences, TLC

CONSTANTS
    Race,  \* which threads
    Defect

VARIABLES
    memory,   \* of Visibility.tla
    threads,  \* likewise, one for each list of instructions
    at,       \* the next instruction of each
    register  \* what was read

R(l, mode, r) == [op |-> "read", l |-> l, mode |-> mode, r |-> r]
W(l, mode, v) == [op |-> "write", l |-> l, mode |-> mode, v |-> v]
(* Stops unless the newest value is the expected one.                      *)
C(l, mode, from, v) == [op |-> "exchange", l |-> l, mode |-> mode, from |-> from, v |-> v]
(* On the condition that the word is the stamp that a register has.        *)
LockIf(l, r) == [op |-> "lockIf", l |-> l, mode |-> "volatile", r |-> r]
F(kind) == [op |-> "fence", kind |-> kind]
(* Stops unless the register has a stamp.                                  *)
IsFree(r) == [op |-> "isFree", r |-> r]

Locked(l, body) ==
    <<C(l, IF Defect = "LockAcquired" THEN "acquire" ELSE "volatile", 0, 1), F("storeStore")>>
        \o body \o <<W(l, "release", 2)>>
(* Between two equal stamps; the registers of equal stamps are compared in *)
(* Forbidden.                                                              *)
StampMode == IF Defect = "StampAcquired" THEN "acquire" ELSE "volatile"
Stamped(l, body, first, second) ==
    <<R(l, StampMode, first), IsFree(first)>>
        \o body \o <<F("acquire"), R(l, StampMode, second)>>

(* A create publishes by its link, an end by the session's state word.     *)
Create(l, link, tally) ==
    Locked(l, <<W(link, IF Defect = "LinkReleased" THEN "release" ELSE "volatile", 1),
                W(tally, "plain", 1)>>)
End(l, word, link, tally) ==
    Locked(l, <<IF Defect = "WordReleased" THEN W(word, "release", 1) ELSE C(word, "volatile", 0, 1),
                W(link, "release", 1), W(tally, "plain", 1)>>)
(* The looks of find: the head of the chain, and of a hit the word.        *)
LookFor(link, r) == <<R(link, "volatile", r)>>
LookAt(word, link, r) == <<R(link, "volatile", "none"), R(word, "volatile", r)>>

Programs ==
    CASE \* each ends a session and then looks up the other's
         Race = "destroys" ->
            <<End("lock1", "word1", "link1", "tally1") \o LookAt("word2", "link2", "a"),
              End("lock2", "word2", "link2", "tally2") \o LookAt("word1", "link1", "b")>>
      [] \* each creates a session and then looks up the other's
         Race = "creates" ->
            <<Create("lock1", "link1", "tally1") \o LookFor("link2", "a"),
              Create("lock2", "link2", "tally2") \o LookFor("link1", "b")>>
      [] \* one creates, the other ends
         Race = "mixed" ->
            <<Create("lock1", "link1", "tally1") \o LookAt("word2", "link2", "a"),
              End("lock2", "word2", "link2", "tally2") \o LookFor("link1", "b")>>
      [] \* each ends a session and then counts both shards, by tallies between equal stamps
         Race = "counts" ->
            <<End("lock1", "word1", "link1", "tally1")
                \o Stamped("lock2", <<R("tally2", "plain", "a")>>, "s", "t"),
              End("lock2", "word2", "link2", "tally2")
                \o Stamped("lock1", <<R("tally1", "plain", "b")>>, "u", "v")>>
      [] \* each is refused, which changes nothing but a tally, and then counts both shards
         Race = "refusals" ->
            <<Locked("lock1", <<W("tally1", "plain", 1)>>)
                \o Stamped("lock2", <<R("tally2", "plain", "a")>>, "s", "t"),
              Locked("lock2", <<W("tally2", "plain", 1)>>)
                \o Stamped("lock1", <<R("tally1", "plain", "b")>>, "u", "v")>>
      [] \* the last end, which tells those who wait, beside one that begins to wait
         Race = "drain" ->
            <<End("lock1", "word1", "link1", "tally1") \o <<R("waiters", "volatile", "a")>>,
              <<IF Defect = "WaiterReleased" THEN W("waiters", "release", 1)
                ELSE C("waiters", "volatile", 0, 1)>>
                \o IF Defect = "SizeWithoutStamp" THEN <<R("tally1", "plain", "b")>>
                   ELSE Stamped("lock1", <<R("tally1", "plain", "b")>>, "s", "t")>>
      [] \* an array is replaced by a larger one beside a reader that knows nothing of it, and so
         \* reads an element of it before it has validated anything
         Race = "growth" ->
            <<Locked("lock1", <<W("element", "plain", 1),
                                W("array", IF Defect = "ArrayPlain" THEN "plain" ELSE "release", 1)>>),
              <<R("lock1", "volatile", "s"), IsFree("s"),
                R("array", IF Defect = "ArrayReadPlainly" THEN "plain" ELSE "acquire", "a"),
                R("element", "plain", "b")>>>>
      [] \* a writer relies on what it saw before it took the lock
         Race = "look" ->
            <<Locked("lock1", <<W("link1", "volatile", 1), W("tally1", "plain", 1)>>),
              <<R("lock1", "volatile", "s"), IsFree("s"), R("link1", "plain", "a"),
                R("tally1", "plain", "b")>>
                \o IF Defect = "StampNotCompared" THEN <<C("lock1", "volatile", 2, 3)>>
                   ELSE <<LockIf("lock1", "s")>>>>

Locations ==
    {"lock1", "word1", "link1", "tally1"}
        \cup (IF Race = "growth" THEN {"array", "element"} ELSE {})
        \cup (IF Race \in {"drain", "growth", "look"} THEN {} ELSE {"lock2", "word2", "link2", "tally2"})
        \cup (IF Race = "drain" THEN {"waiters"} ELSE {})
Registers == {"none", "a", "b", "s", "t", "u", "v"}
Both == 1 .. 2
INSTANCE Visibility

-----------------------------------------------------------------------------

Unread == 0 - 1
Length == [p \in Both |-> Len(Programs[p])]
Stopped == 100
IsRunning(p) == at[p] <= Length[p]
Instruction(p) == Programs[p][at[p]]
Sets(p, after) == memory' = after[1] /\ threads' = [threads EXCEPT ![p] = after[2]]
GoesOn(p) == at' = [at EXCEPT ![p] = @ + 1]
Stops(p) == at' = [at EXCEPT ![p] = Stopped] /\ UNCHANGED <<memory, threads>>

Step(p) ==
    LET i == Instruction(p) IN
    /\ IsRunning(p)
    /\ CASE i.op = "read" ->
                \E n \in Readable(memory, threads[p], i.l, i.mode) :
                    /\ Sets(p, Read(memory, threads[p], i.l, n, i.mode))
                    /\ register' = [register EXCEPT ![i.r] = ValueAt(memory, i.l, n)]
                    /\ GoesOn(p)
         [] i.op = "write" ->
                /\ Sets(p, Write(memory, threads[p], i.l, i.v, i.mode))
                /\ GoesOn(p)
                /\ UNCHANGED register
         [] i.op \in {"exchange", "lockIf"} ->
                LET from == IF i.op = "lockIf" THEN register[i.r] ELSE i.from
                    to == IF i.op = "lockIf" THEN from + 1 ELSE i.v IN
                /\ IF Newest(memory, i.l) = from
                   THEN Sets(p, Exchange(memory, threads[p], i.l, to, i.mode)) /\ GoesOn(p)
                   ELSE Stops(p)
                /\ UNCHANGED register
         [] i.op = "fence" ->
                /\ threads' = [threads EXCEPT ![p] = Fence(@, i.kind)]
                /\ GoesOn(p)
                /\ UNCHANGED <<memory, register>>
         [] i.op = "isFree" ->
                /\ IF register[i.r] % 2 = 0 THEN GoesOn(p) ELSE at' = [at EXCEPT ![p] = Stopped]
                /\ UNCHANGED <<memory, threads, register>>

(* A step that shows the other thread nothing it must see need not wait    *)
(* for its turn, so it is taken at once.                                   *)
IsQuiet(p) ==
    IsRunning(p) /\ (\/ Instruction(p).op \in {"fence", "isFree"}
                     \/ Instruction(p).op = "write" /\ Instruction(p).mode # "volatile")
Ended == \A p \in Both : ~IsRunning(p)
vars == <<memory, threads, at, register>>
Next ==
    \/ IF \E p \in Both : IsQuiet(p)
       THEN Step(CHOOSE p \in Both : IsQuiet(p))
       ELSE \E p \in Both : Step(p)
    \/ Ended /\ UNCHANGED vars
Init ==
    /\ memory = NewMemory
    /\ threads = [p \in Both |-> NewThread]
    /\ at = [p \in Both |-> 1]
    /\ register = [r \in Registers |-> Unread]
Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

Finished == \A p \in Both : at[p] = Length[p] + 1
Missed(r) == register[r] = 0
IsSection(first, second) == Defect = "SizeWithoutStamp" \/ register[first] = register[second]

(* One at least sees what the other did.  Of a race with a look before the *)
(* lock: both figures are of the stamp that the lock was taken by.  Of an  *)
(* array that grows: whoever meets the new one meets what is in it.        *)
NoneIsMissed ==
    Finished =>
        CASE Race \in {"destroys", "creates", "mixed"} -> ~(Missed("a") /\ Missed("b"))
          [] Race \in {"counts", "refusals"} ->
                ~(IsSection("s", "t") /\ IsSection("u", "v") /\ Missed("a") /\ Missed("b"))
          [] Race = "drain" -> ~(Missed("a") /\ IsSection("s", "t") /\ Missed("b"))
          [] Race = "growth" -> ~(register["a"] = 1 /\ Missed("b"))
          [] Race = "look" ->
                LET changed == IF Newest(memory, "lock1") = 3 THEN 1 ELSE 0 IN
                register["a"] = changed /\ register["b"] = changed

WritersAreOrdered ==
    \A p \in Both :
        IsRunning(p) /\ Instruction(p).op = "write" => ~IsRacy(memory, threads[p], Instruction(p).l)
===============================================================================
