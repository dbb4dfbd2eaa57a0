------------------------------- MODULE Rollcall -------------------------------
(***************************************************************************)
(* The lifecycle protocol of the session manager: what happens in which    *)
(* order under the lock of a shard, and what keepalive does beside it      *)
(* without a lock.  What is only asked without a lock is in Answers.tla.   *)
(*                                                                         *)
(* A shard's critical section is a record that its steps move along, so    *)
(* any number of threads create, end, claim and sweep: a thread that waits *)
(* for a lock has no state of its own but readings of the ticker, and      *)
(* those may be old (Readings).  README.md maps actions and variables to   *)
(* the code.  Defect switches on one deliberate mistake at a time; with    *)
(* Defect = "none" every line that mentions it is void.                    *)
(***************************************************************************)
EXTENDS Answers

-----------------------------------------------------------------------------
(* What is confined to the lock changes in one step of its section: lists, *)
(* wheel and filing, which nobody reads without the lock, and the tallies, *)
(* whose readers discard what they read beside a section.  So does an      *)
(* owner that is taken away: transport() no longer asks for it by then.    *)
Goto(k, at) == cs' = [cs EXCEPT ![k].at = at]
In(k, op, at) == cs[k] # Free /\ cs[k].op = op /\ cs[k].at = at

Readings == {t \in Time : t <= Min(now, LastActivity) /\ now - t <= Lag}

(* Defects: a check made before the lock is taken may be outdated when its *)
(* result is used; passed holds every check that anyone has passed.        *)
PassesEarly(check) ==
    /\ check \notin passed
    /\ passed' = passed \cup {check}
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, cs, ka, history>>
ChecksEarly ==
    \/ /\ Defect = "GoneCheckedOutside"
       /\ \E t \in Transports : ~gone[t] /\ PassesEarly(<<"open", t>>)
    \/ /\ Defect = "PermitCheckedOutside"
       /\ taken < Limit /\ PassesEarly(<<"permit">>)
    \/ /\ Defect = "DuplicateCheckedOutside"
       /\ \E i \in Ids : table[i] = None /\ PassesEarly(<<"absent", i>>)
    \/ /\ Defect = "PhaseCheckedOutside"
       /\ phase = "OPEN" /\ PassesEarly(<<"phase">>)
    \/ /\ Defect = "GoneListsOutside"
       /\ \E t \in Transports, s \in Sessions :
            gone[t] /\ s \in list[t] /\ PassesEarly(<<"owned", s, t>>)
SeesOpen(t) ==
    IF Defect = "GoneCheckedOutside" THEN <<"open", t>> \in passed ELSE ~gone[t]
SeesPermit ==
    IF Defect = "PermitCheckedOutside" THEN <<"permit">> \in passed ELSE taken < Limit
SeesAbsent(i) ==
    IF Defect = "DuplicateCheckedOutside" THEN <<"absent", i>> \in passed ELSE table[i] = None
SeesNotClosed ==
    IF Defect = "PhaseCheckedOutside" THEN <<"phase">> \in passed ELSE phase = "OPEN"

(* The wheel is asked to hand a block out by a deadline; earlier is as     *)
(* good.  An id stands for its block here (see Blocks.tla), which is left  *)
(* filed when the session ends.                                            *)
FiledBy(s) == [filed EXCEPT ![s[1]] = Min(@, Deadline(s, word[s]))]

(* A section that refuses or loses changes nothing and goes to its unlock. *)
(* What is on record about a session that has ended is history no more.    *)
Unlock(k) ==
    LET s == cs[k].s IN
    /\ cs[k] # Free /\ cs[k].at = "unlock"
    /\ cs' = [cs EXCEPT ![k] = Free]
    /\ IF cs[k].won
       THEN /\ wins' = [wins EXCEPT ![s] = @ + 1]
            /\ acked' = [acked EXCEPT ![s] = 0]
            /\ lostAt' = [lostAt EXCEPT ![s] = 0]
       ELSE UNCHANGED history
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed>>

-----------------------------------------------------------------------------
(* Create.  Taking the lock and the first read in it are one step.         *)

NextOf(i) == <<i, 1 + Cardinality({n \in 1 .. Incarnations : Born(<<i, n>>)})>>
CreateLock(i, t, reading, its) ==
    LET k == IF i \in FirstIds THEN 1 ELSE 2 IN
    /\ "create" \in Operations
    /\ CanLock(k)
    /\ SeesNotClosed
    /\ NextOf(i) \in Sessions
    /\ cs' = [cs EXCEPT ![k] = [op |-> "create", at |-> "gone", s |-> NextOf(i), to |-> t,
                                time |-> reading, terms |-> its, won |-> FALSE]]
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed, history>>
CreateChecksGone(k) ==
    /\ In(k, "create", "gone")
    /\ Goto(k, IF SeesOpen(cs[k].to) THEN "admit" ELSE "unlock")
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed, history>>
CreateAdmits(k) ==
    LET admits == SeesAbsent(cs[k].s[1]) /\ SeesPermit IN
    /\ In(k, "create", "admit")
    /\ Goto(k, IF admits THEN "publish" ELSE "unlock")
    /\ taken' = IF admits THEN taken + 1 ELSE taken
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, tallies, ka, passed, history>>
Publish(k) ==
    LET s == cs[k].s IN
    /\ In(k, "create", "publish")
    /\ word' = [word EXCEPT ![s] = Attached(cs[k].time)]
    /\ terms' = [terms EXCEPT ![s] = cs[k].terms]
    /\ owner' = [owner EXCEPT ![s] = cs[k].to]
    /\ table' = [table EXCEPT ![s[1]] = s]
    /\ acked' = [acked EXCEPT ![s] = cs[k].time]
    /\ Goto(k, "enter")
    /\ UNCHANGED <<now, lifecycle, transports, list, filed, figures, ka, passed, lostAt, wins>>
Enter(k) ==
    LET s == cs[k].s IN
    /\ In(k, "create", "enter")
    /\ list' = [list EXCEPT ![cs[k].to] = @ \cup {s}]
    /\ filed' = FiledBy(s)
    /\ tallies' = [tallies EXCEPT ![k].created = @ + 1, ![k].attached = @ + 1]
    /\ Goto(k, "unlock")
    /\ UNCHANGED <<now, lifecycle, transports, sessions, table, taken, ka, passed, history>>

-----------------------------------------------------------------------------
(* End: by destroy, by close(), by gone() without grace, by the sweep.     *)

Ending(op, at, s, cause, w) ==
    [op |-> op, at |-> at, s |-> s, cause |-> cause, judged |-> w, was |-> "none", won |-> FALSE]
DestroyLock(s) ==
    /\ "destroy" \in Operations
    /\ Born(s)
    /\ CanLock(ShardOf(s))
    /\ cs' = [cs EXCEPT ![ShardOf(s)] = Ending("end", "word", s, "DESTROYED", Unborn)]
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed, history>>

(* Defect: the state word ends before the lock is taken.                   *)
EndOutside(s) ==
    /\ Defect = "WordBeforeLock"
    /\ IsLive(word[s])
    /\ word' = [word EXCEPT ![s] = Ended("DESTROYED")]
    /\ passed' = passed \cup {<<"ended", s, word[s].phase>>}
    /\ UNCHANGED <<now, lifecycle, transports, terms, owner, indexes, figures, cs, ka, history>>
EndAfterOutside(k) ==
    /\ In(k, "end", "word")
    /\ \E was \in {"attached", "detached"} :
        /\ <<"ended", cs[k].s, was>> \in passed
        /\ passed' = passed \ {<<"ended", cs[k].s, was>>}
        /\ cs' = [cs EXCEPT ![k].at = "unlink", ![k].was = was, ![k].won = TRUE]
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, history>>

EndWord(k) ==
    LET s == cs[k].s IN
    /\ In(k, "end", "word")
    /\ IF IsEnded(word[s])
       THEN /\ Goto(k, IF Defect = "DecrementWithoutWinning" THEN "leave"
                       ELSE IF Defect = "RemoveById" THEN "unlink"
                       ELSE "unlock")
            /\ UNCHANGED word
       ELSE /\ Defect # "WordBeforeLock" \/ cs[k].cause # "DESTROYED"
            /\ word' = [word EXCEPT ![s] = Ended(cs[k].cause)]
            /\ cs' = [cs EXCEPT ![k].at = "unlink", ![k].was = word[s].phase, ![k].won = TRUE]
    /\ UNCHANGED <<now, lifecycle, transports, terms, owner, indexes, figures, ka, passed, history>>
Unlink(k) ==
    LET s == cs[k].s IN
    /\ In(k, "end", "unlink")
    /\ table' = [table EXCEPT ![s[1]] = IF @ = s \/ Defect = "RemoveById" THEN None ELSE @]
    /\ Goto(k, IF cs[k].won THEN "leave" ELSE "unlock")
    /\ UNCHANGED <<now, lifecycle, transports, sessions, list, filed, figures, ka, passed, history>>
Leave(k) ==
    LET s == cs[k].s
        cause == cs[k].cause
        forgotten == \/ Defect = "TimeoutForgets" /\ cause \in {"TIMED_OUT", "RECLAIM_EXPIRED"}
                     \/ Defect = "GoneForgets" /\ cause = "TRANSPORT_GONE" IN
    /\ In(k, "end", "leave")
    /\ list' = [t \in Transports |-> list[t] \ {s}]
    /\ owner' = [owner EXCEPT ![s] = None]
    /\ tallies' =
        IF forgotten THEN tallies
        ELSE [tallies EXCEPT ![k].attached = IF cs[k].was = "detached" THEN @ ELSE @ - 1,
                             ![k].detached = IF cs[k].was = "detached" THEN @ - 1 ELSE @,
                             ![k].ended[cause] = @ + 1]
    /\ taken' = taken - 1
    /\ Goto(k, "unlock")
    /\ UNCHANGED <<now, lifecycle, transports, word, terms, table, filed, ka, passed, history>>

-----------------------------------------------------------------------------
(* Sweep: hands out what is filed under a tick that has come, judges it by *)
(* the word and ends it from exactly that word, or files it again.  A      *)
(* reading older than now hands out less and changes nothing else, so now  *)
(* stands for all readings.                                                *)

SweepLock(i) ==
    LET k == ShardOf(<<i, 1>>)
        s == table[i] IN
    /\ CanLock(k)
    /\ filed[i] <= now
    /\ filed' = [filed EXCEPT ![i] = NoDeadline]
    /\ cs' = [cs EXCEPT ![k] =
                IF s = None THEN Ending("sweep", "unlock", <<i, 1>>, "none", Unborn)
                ELSE Ending("sweep", IF Deadline(s, word[s]) <= now THEN "word" ELSE "file", s,
                            IF word[s].phase = "attached" THEN "TIMED_OUT" ELSE "RECLAIM_EXPIRED",
                            word[s])]
    /\ UNCHANGED <<now, lifecycle, transports, sessions, table, list, figures, ka, passed, history>>
SweepEnds(k) ==
    LET s == cs[k].s
        w == cs[k].judged IN
    /\ In(k, "sweep", "word")
    /\ IF word[s] = w \/ Defect = "PlainWriteAfterJudging"
       THEN /\ word' = [word EXCEPT ![s] = Ended(cs[k].cause)]
            /\ cs' = [cs EXCEPT ![k].op = "end", ![k].at = "unlink", ![k].was = w.phase,
                                ![k].won = TRUE]
       ELSE Goto(k, "file") /\ UNCHANGED word
    /\ UNCHANGED <<now, lifecycle, transports, terms, owner, indexes, figures, ka, passed, history>>
SweepFiles(k) ==
    /\ In(k, "sweep", "file")
    /\ filed' = FiledBy(cs[k].s)
    /\ Goto(k, "unlock")
    /\ UNCHANGED <<now, lifecycle, transports, sessions, table, list, figures, ka, passed, history>>

-----------------------------------------------------------------------------
(* Transport gone.  The ticker is read before the flag is set.             *)

Gone(t, reading) ==
    /\ "gone" \in Operations
    /\ ~gone[t]
    /\ gone' = [gone EXCEPT ![t] = TRUE]
    /\ loss' = [loss EXCEPT ![t] = reading]
    /\ walk' = [walk EXCEPT ![t] = 1]
    /\ UNCHANGED <<now, lifecycle, sessions, indexes, figures, cs, ka, passed, history>>
LosesHere(t, s) ==
    IF Defect = "GoneListsOutside" THEN <<"owned", s, t>> \in passed /\ word[s].phase = "attached"
    ELSE s \in list[t]
LoseLock(t, s) ==
    /\ walk[t] = ShardOf(s)
    /\ CanLock(ShardOf(s))
    /\ LosesHere(t, s)
    /\ cs' = [cs EXCEPT ![ShardOf(s)] =
                IF terms[s].reclaim = 0
                THEN Ending("end", "word", s, "TRANSPORT_GONE", Unborn)
                ELSE [op |-> "lose", at |-> "word", s |-> s, from |-> t, won |-> FALSE]]
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed, history>>
LosePasses(t) ==
    /\ walk[t] \in Shards
    /\ ~Locked(walk[t])
    /\ \A s \in OfShard(walk[t]) : ~LosesHere(t, s)
    /\ walk' = [walk EXCEPT ![t] = @ + 1]
    /\ UNCHANGED <<now, lifecycle, gone, loss, sessions, indexes, figures, cs, ka, passed, history>>
LoseWord(k) ==
    LET s == cs[k].s IN
    /\ In(k, "lose", "word")
    /\ word' = [word EXCEPT ![s] = Detached(@, loss[cs[k].from])]
    /\ lostAt' = [lostAt EXCEPT ![s] = loss[cs[k].from]]
    /\ Goto(k, "detach")
    /\ UNCHANGED <<now, lifecycle, transports, terms, owner, indexes, figures, ka, passed,
                   acked, wins>>
Detach(k) ==
    LET s == cs[k].s IN
    /\ In(k, "lose", "detach")
    /\ list' = [t \in Transports |-> list[t] \ {s}]
    /\ owner' = [owner EXCEPT ![s] = None]
    /\ filed' = IF Defect = "DetachKeepsTimer" THEN filed ELSE FiledBy(s)
    /\ tallies' = [tallies EXCEPT ![k].attached = @ - 1, ![k].detached = @ + 1]
    /\ Goto(k, "unlock")
    /\ UNCHANGED <<now, lifecycle, transports, word, terms, table, taken, ka, passed, history>>

-----------------------------------------------------------------------------
(* Claim, and a change of terms.                                           *)

ClaimLock(s, t, reading) ==
    /\ "claim" \in Operations
    /\ CanLock(ShardOf(s))
    /\ IsLive(word[s])
    /\ SeesNotClosed
    /\ cs' = [cs EXCEPT ![ShardOf(s)] = [op |-> "claim", at |-> "gone", s |-> s, to |-> t,
                                         time |-> reading, was |-> "none", won |-> FALSE]]
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed, history>>
ClaimChecksGone(k) ==
    /\ In(k, "claim", "gone")
    /\ Goto(k, IF ~SeesOpen(cs[k].to) THEN "unlock"
               ELSE IF Defect = "OwnerAfterWord" THEN "word" ELSE "owner")
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed, history>>
ClaimOwner(k) ==
    /\ In(k, "claim", "owner")
    /\ owner' = [owner EXCEPT ![cs[k].s] = cs[k].to]
    /\ Goto(k, IF Defect = "OwnerAfterWord" THEN "move" ELSE "word")
    /\ UNCHANGED <<now, lifecycle, transports, word, terms, indexes, figures, ka, passed, history>>
ClaimWord(k) ==
    LET s == cs[k].s IN
    /\ In(k, "claim", "word")
    /\ word' = [word EXCEPT ![s] = Claimed(@, cs[k].time)]
    /\ acked' = [acked EXCEPT ![s] = Max(@, cs[k].time)]
    /\ cs' = [cs EXCEPT ![k].at = IF Defect = "OwnerAfterWord" THEN "owner" ELSE "move",
                        ![k].was = word[s].phase]
    /\ UNCHANGED <<now, lifecycle, transports, terms, owner, indexes, figures, ka, passed,
                   lostAt, wins>>
Move(k) ==
    LET s == cs[k].s
        to == cs[k].to IN
    /\ In(k, "claim", "move")
    /\ list' = [t \in Transports |-> IF t = to THEN list[t] \cup {s} ELSE list[t] \ {s}]
    /\ filed' = FiledBy(s)
    /\ tallies' = IF cs[k].was = "attached" THEN tallies
                  ELSE [tallies EXCEPT ![k].detached = @ - 1, ![k].attached = @ + 1]
    /\ Goto(k, "unlock")
    /\ UNCHANGED <<now, lifecycle, transports, sessions, table, taken, ka, passed, history>>

SetTermsLock(s, its) ==
    /\ "setTerms" \in Operations
    /\ CanLock(ShardOf(s))
    /\ IsLive(word[s])
    /\ its # terms[s]
    /\ terms' = [terms EXCEPT ![s] = its]
    /\ cs' = [cs EXCEPT ![ShardOf(s)] = Ending("sweep", "file", s, "none", Unborn)]
    /\ UNCHANGED <<now, lifecycle, transports, word, owner, indexes, figures, ka, passed, history>>

-----------------------------------------------------------------------------
(* Close: no creates and claims from now on, then every shard is emptied.  *)

Close ==
    /\ "close" \in Operations
    /\ phase = "OPEN"
    /\ phase' = "CLOSED"
    /\ closer' = 1
    /\ UNCHANGED <<now, transports, sessions, indexes, figures, cs, ka, passed, history>>
CloseLock(s) ==
    /\ closer = ShardOf(s)
    /\ CanLock(closer)
    /\ IsLive(word[s])
    /\ cs' = [cs EXCEPT ![closer] = Ending("end", "word", s, "SHUTDOWN", Unborn)]
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, ka, passed, history>>
ClosePasses ==
    /\ closer \in Shards
    /\ CanLock(closer)
    /\ \A s \in OfShard(closer) : ~IsLive(word[s])
    /\ closer' = closer + 1
    /\ UNCHANGED <<now, phase, transports, sessions, indexes, figures, cs, ka, passed, history>>

-----------------------------------------------------------------------------
(* Keepalive: read the word, then compare-and-set it, without the lock.    *)

Judge(a, s, w, reading) ==
    IF w.phase # "attached" \/ w.time >= reading
    THEN /\ ka' = [ka EXCEPT ![a] = Idle]
         /\ acked' = IF w.phase = "attached" THEN [acked EXCEPT ![s] = Max(@, reading)] ELSE acked
    ELSE /\ ka' = [ka EXCEPT ![a] = [pc |-> "cas", s |-> s, w |-> w, time |-> reading]]
         /\ UNCHANGED acked
KeepAliveReads(a, s, reading) ==
    /\ ka[a] = Idle
    /\ Born(s)
    /\ Judge(a, s, word[s], reading)
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, cs, passed,
                   lostAt, wins>>
KeepAliveWrites(a) ==
    LET s == ka[a].s IN
    /\ ka[a] # Idle
    /\ IF word[s] = ka[a].w \/ Defect = "KeepalivePlainWrite"
       THEN /\ word' = [word EXCEPT ![s] = Active(ka[a].w, ka[a].time)]
            /\ acked' = [acked EXCEPT ![s] = Max(@, ka[a].time)]
            /\ ka' = [ka EXCEPT ![a] = Idle]
       ELSE UNCHANGED word /\ Judge(a, s, word[s], ka[a].time)
    /\ UNCHANGED <<now, lifecycle, transports, terms, owner, indexes, figures, cs, passed,
                   lostAt, wins>>

-----------------------------------------------------------------------------

Tick ==
    /\ now < MaxTime
    /\ now' = now + 1
    /\ UNCHANGED <<lifecycle, transports, sessions, indexes, figures, cs, ka, passed, history>>

Section(k) ==
    \/ CreateChecksGone(k) \/ CreateAdmits(k) \/ Publish(k) \/ Enter(k)
    \/ EndWord(k) \/ EndAfterOutside(k) \/ Unlink(k) \/ Leave(k)
    \/ SweepEnds(k) \/ SweepFiles(k)
    \/ LoseWord(k) \/ Detach(k)
    \/ ClaimChecksGone(k) \/ ClaimOwner(k) \/ ClaimWord(k) \/ Move(k)
    \/ Unlock(k)

Acts ==
    \/ Tick
    \/ ChecksEarly
    \/ \E k \in Shards : Section(k)
    \/ \E i \in Ids, t \in Transports, reading \in Readings, its \in Terms :
        CreateLock(i, t, reading, its)
    \/ \E i \in Ids : SweepLock(i)
    \/ \E s \in Sessions :
        \/ DestroyLock(s) \/ EndOutside(s) \/ CloseLock(s)
        \/ \E its \in Terms : SetTermsLock(s, its)
        \/ \E t \in Transports :
            LoseLock(t, s) \/ \E reading \in Readings : ClaimLock(s, t, reading)
        \/ \E a \in Keepalives, reading \in Readings : KeepAliveReads(a, s, reading)
    \/ \E a \in Keepalives : KeepAliveWrites(a)
    \/ \E t \in Transports : LosePasses(t) \/ \E reading \in Readings : Gone(t, reading)
    \/ Close \/ ClosePasses

(* Nothing under way: the one kind of state in which nothing need follow.  *)
Rest ==
    /\ cs = [k \in Shards |-> Free]
    /\ \A t \in Transports : walk[t] \in {0, Returned}
    /\ closer \in {0, Returned}
    /\ \A a \in Keepalives : ka[a] = Idle
    /\ \A o \in Observers : obs[o] = Idle
    /\ UNCHANGED vars

Next ==
    \/ Acts /\ obs' = [o \in Observers |-> Watches(o)]
    \/ \E o \in Observers : Observes(o)
    \/ Rest

Init ==
    /\ now = 0
    /\ phase = "OPEN"
    /\ closer = 0
    /\ gone = [t \in Transports |-> FALSE]
    /\ walk = [t \in Transports |-> 0]
    /\ loss = [t \in Transports |-> 0]
    /\ word = [s \in Sessions |-> Unborn]
    /\ terms = [s \in Sessions |-> CHOOSE its \in Terms : TRUE]
    /\ owner = [s \in Sessions |-> None]
    /\ table = [i \in Ids |-> None]
    /\ list = [t \in Transports |-> {}]
    /\ filed = [i \in Ids |-> NoDeadline]
    /\ tallies = [k \in Shards |-> Zero]
    /\ taken = 0
    /\ cs = [k \in Shards |-> Free]
    /\ ka = [a \in Keepalives |-> Idle]
    /\ obs = [o \in Observers |-> Idle]
    /\ passed = {}
    /\ acked = [s \in Sessions |-> 0]
    /\ lostAt = [s \in Sessions |-> 0]
    /\ wins = [s \in Sessions |-> 0]

Spec == Init /\ [][Next]_vars
===============================================================================
