--------------------------------- MODULE Blocks ---------------------------------
(***************************************************************************)
(* The timers of a shard (Shard, "Timers"): what is filed is a block of    *)
(* buckets, under the tick of the earliest deadline in it or an earlier    *)
(* one.  A session moves to another block when its bucket is split.        *)
(*                                                                         *)
(* A section of the lock is one step, but a create sees before it takes    *)
(* the lock whether its block is filed early enough, and files nothing if  *)
(* so and the lock's stamp is still the same.  A sweep looks at one        *)
(* session of a block after the other before it takes the lock.  If it     *)
(* found nothing due and the stamp is still the same, it files the block   *)
(* for the earliest deadline that it saw.                                  *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
    Hashes,      \* of the sessions, a subset of 0 .. 3
    Timeouts,    \* to choose from
    MaxTime,     \* the clock stops there
    Both,        \* whether a create and a sweep may look at the same time
    Defect

FirstBuckets == 2
LastBuckets == 4
PerBlock == 2
BlocksOf == 0 .. 1
Never == MaxTime + 1000

VARIABLES
    clock,    \* in ticks
    buckets,  \* how many there are
    deadline, \* of each session that is live, by its hash; Never for none
    due,      \* the tick under which each block is filed, or Never
    stamp,    \* how many sections there were
    creator,  \* a create between its look and its lock
    sweeper   \* a sweep that looks at a block

vars == <<clock, buckets, deadline, due, stamp, creator, sweeper>>

Min(a, b) == IF a < b THEN a ELSE b
Bucket(hash, n) == IF hash % 4 < n THEN hash % 4 ELSE hash % 2
Block(hash) == Bucket(hash, buckets) \div PerBlock
Idle == [hash |-> 0 - 1, block |-> 0, by |-> 0, filed |-> FALSE, seen |-> 0]
Away == [block |-> 0 - 1, left |-> {}, by |-> Never, seen |-> 0]
Live == {h \in Hashes : deadline[h] # Never}
Earliest(S) == CHOOSE d \in {deadline[h] : h \in S} : \A h \in S : d <= deadline[h]
Latest(S) == CHOOSE d \in {deadline[h] : h \in S} : \A h \in S : d >= deadline[h]
InBlock(b) == {h \in Live : Block(h) = b}
Section == stamp' = stamp + 1

Looks(h, timeout) ==
    LET by == clock + timeout IN
    /\ creator = Idle
    /\ Both \/ sweeper = Away
    /\ h \notin Live
    /\ creator' = [hash |-> h, block |-> Block(h), by |-> by, filed |-> due[Block(h)] <= by,
                   seen |-> stamp]
    /\ UNCHANGED <<clock, buckets, deadline, due, stamp, sweeper>>
(* The second look, with the lock held, is what files.                     *)
Creates ==
    LET h == creator.hash
        isValid == creator.seen = stamp \/ Defect = "LookNotValidated" IN
    /\ creator # Idle
    /\ creator' = Idle
    /\ IF h \in Live
       THEN UNCHANGED <<deadline, due>>
       ELSE /\ deadline' = [deadline EXCEPT ![h] = creator.by]
            /\ due' = IF isValid /\ creator.filed THEN due
                      ELSE [due EXCEPT ![Block(h)] = Min(@, creator.by)]
    /\ Section
    /\ UNCHANGED <<clock, buckets, sweeper>>
(* A create whose look was in vain.                                        *)
CreatesAnyhow(h, timeout) ==
    /\ h \notin Live
    /\ deadline' = [deadline EXCEPT ![h] = clock + timeout]
    /\ due' = [due EXCEPT ![Block(h)] = Min(@, clock + timeout)]
    /\ Section
    /\ UNCHANGED <<clock, buckets, creator, sweeper>>
(* Keepalive takes no lock and moves the deadline later only.              *)
KeepsAlive(h, timeout) ==
    /\ h \in Live
    /\ clock + timeout > deadline[h]
    /\ deadline' = [deadline EXCEPT ![h] = clock + timeout]
    /\ UNCHANGED <<clock, buckets, due, stamp, creator, sweeper>>
(* A loss, a claim or a change of its timeouts may move it earlier.        *)
Changes(h, timeout) ==
    /\ h \in Live
    /\ deadline' = [deadline EXCEPT ![h] = clock + timeout]
    /\ due' = IF Defect = "ChangeNotFiled" THEN due
              ELSE [due EXCEPT ![Block(h)] = Min(@, clock + timeout)]
    /\ Section
    /\ UNCHANGED <<clock, buckets, creator, sweeper>>
Ends(h) ==
    /\ h \in Live
    /\ deadline' = [deadline EXCEPT ![h] = Never]
    /\ Section
    /\ UNCHANGED <<clock, buckets, due, creator, sweeper>>
(* The block of the new bucket is to follow the one that it was split from. *)
Splits ==
    LET parent == (buckets - FirstBuckets) \div PerBlock
        made == buckets \div PerBlock IN
    /\ buckets < LastBuckets
    /\ buckets' = buckets + 1
    /\ due' = IF Defect = "NewBlockNotFiled" THEN due
              ELSE [due EXCEPT ![made] = Min(@, due[parent])]
    /\ Section
    /\ UNCHANGED <<clock, deadline, creator, sweeper>>
(* Ends what is due in a block and files it again for the others.          *)
Judges(b) ==
    LET rest == {h \in InBlock(b) : deadline[h] > clock} IN
    /\ deadline' = [h \in Hashes |-> IF h \in InBlock(b) \ rest THEN Never ELSE deadline[h]]
    /\ due' = [due EXCEPT ![b] =
            IF rest = {} \/ Defect = "BlockNotFiledAgain" THEN Never
            ELSE IF Defect = "FiledAtTheLatest" THEN Latest(rest)
            ELSE Earliest(rest)]
Sweeps(b) ==
    /\ due[b] <= clock
    /\ Judges(b)
    /\ Section
    /\ UNCHANGED <<clock, buckets, creator, sweeper>>
SweepComes(b) ==
    /\ sweeper = Away
    /\ Both \/ creator = Idle
    /\ due[b] <= clock
    /\ sweeper' = [block |-> b, left |-> Hashes, by |-> Never, seen |-> stamp]
    /\ UNCHANGED <<clock, buckets, deadline, due, stamp, creator>>
SweepLooks(h) ==
    /\ h \in sweeper.left
    /\ \A other \in sweeper.left : h <= other
    /\ sweeper' = [sweeper EXCEPT !.left = @ \ {h},
                                  !.by = IF h \in InBlock(sweeper.block) THEN Min(@, deadline[h]) ELSE @]
    /\ UNCHANGED <<clock, buckets, deadline, due, stamp, creator>>
(* Whether it need not judge.  If it must, nothing that it saw is used.    *)
SawNothingDue ==
    /\ sweeper.seen = stamp \/ Defect = "SweepNotValidated"
    /\ sweeper.by > clock
SweepLocks ==
    LET b == sweeper.block IN
    /\ sweeper # Away
    /\ sweeper.left = {} \/ ~SawNothingDue
    /\ IF SawNothingDue
       THEN due' = [due EXCEPT ![b] = sweeper.by] /\ UNCHANGED deadline
       ELSE Judges(b)
    /\ Section
    /\ sweeper' = Away
    /\ UNCHANGED <<clock, buckets, creator>>
Ticks ==
    /\ clock < MaxTime
    /\ clock' = clock + 1
    /\ UNCHANGED <<buckets, deadline, due, stamp, creator, sweeper>>

Next ==
    \/ Creates \/ Splits \/ Ticks \/ SweepLocks
    \/ \E b \in BlocksOf : Sweeps(b) \/ SweepComes(b)
    \/ \E h \in Hashes :
        \/ Ends(h) \/ SweepLooks(h)
        \/ \E timeout \in Timeouts :
            Looks(h, timeout) \/ CreatesAnyhow(h, timeout) \/ KeepsAlive(h, timeout) \/ Changes(h, timeout)
Init ==
    /\ clock = 0
    /\ buckets = FirstBuckets
    /\ deadline = [h \in Hashes |-> Never]
    /\ due = [b \in BlocksOf |-> Never]
    /\ stamp = 1
    /\ creator = Idle
    /\ sweeper = Away
Spec == Init /\ [][Next]_vars

(* Nobody learns more from a stamp than whether it is the one that it saw. *)
View ==
    <<clock, buckets, deadline, due,
      IF creator = Idle THEN creator ELSE [creator EXCEPT !.seen = IF @ = stamp THEN 1 ELSE 0],
      IF sweeper = Away THEN sweeper
      ELSE IF SawNothingDue THEN [sweeper EXCEPT !.seen = 1]
      ELSE [Away EXCEPT !.block = sweeper.block]>>

-----------------------------------------------------------------------------

(* S4 of Shard: the block of a session is filed by the session's deadline. *)
S4_BlockIsFiledInTime == \A h \in Live : due[Block(h)] <= deadline[h]
(* So once the sweep has nothing to do any more, nothing is overdue.       *)
NothingIsOverdue ==
    (\A b \in BlocksOf : due[b] > clock) => \A h \in Live : deadline[h] > clock
===============================================================================
