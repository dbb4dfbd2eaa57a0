------------------------------ MODULE LookThenLock ------------------------------
(***************************************************************************)
(* How a create or an end takes its shard's lock (Shard, "Looking before   *)
(* locking"): it reads the lock's stamp, looks for the place in the chain, *)
(* and takes the lock on the condition that the stamp is still the same.   *)
(* Otherwise it takes the lock anyhow and looks again.  What matters is    *)
(* that a place is relied on only if it is still the place.                *)
(*                                                                         *)
(* Each worker does one thing: it creates a session with some id, ends a   *)
(* session, or splits the one bucket in two.  The session that a worker    *)
(* creates has the worker's name.                                          *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Workers,
    First,   \* a session that is there from the beginning, with id 2
    Defect,
    None

Ids == 1 .. 3
Moving == {3} \* the ids that a split moves, the last ones in the order of a chain
Sessions == Workers \cup {First}

VARIABLES
    stamp,   \* how many writers have held the lock before
    holder,  \* the worker that holds it, or None
    first,   \* the first session of each of two chains
    follows, \* what follows each session in its chain
    split,   \* whether there are two buckets
    known,   \* the id of each session
    phase,   \* of each session: unborn, live, ended
    worker   \* what each worker holds

vars == <<stamp, holder, first, follows, split, known, phase, worker>>
chains == <<first, follows, split, known, phase>>

BucketOf(id) == IF split /\ id \in Moving THEN 2 ELSE 1
RECURSIVE ChainFrom(_, _)
ChainFrom(s, limit) ==
    IF s = None \/ limit = 0 THEN <<>> ELSE <<s>> \o ChainFrom(follows[s], limit - 1)
Chain(b) == ChainFrom(first[b], Cardinality(Sessions) + 1)
(* SessionTable.before: the last session in front of the place of an id.   *)
Place(id) ==
    LET bucket == BucketOf(id)
        smaller == SelectSeq(Chain(bucket), LAMBDA s : known[s] < id) IN
    [bucket |-> bucket,
     prev |-> IF smaller = <<>> THEN None ELSE smaller[Len(smaller)]]
After(place) == IF place.prev = None THEN first[place.bucket] ELSE follows[place.prev]
SetAfter(place, s) ==
    IF place.prev = None
    THEN first' = [first EXCEPT ![place.bucket] = s] /\ UNCHANGED follows
    ELSE follows' = [follows EXCEPT ![place.prev] = s] /\ UNCHANGED first

-----------------------------------------------------------------------------

Goto(p, pc) == worker' = [worker EXCEPT ![p].pc = pc]
In(p, pc) == worker[p].pc = pc
Begins(p, does, id, s) ==
    /\ In(p, "idle")
    /\ worker' = [worker EXCEPT ![p] =
            [@ EXCEPT !.pc = IF does = "split" THEN "wait"
                             ELSE IF Defect = "StampAfterLook" THEN "look" ELSE "stamp",
                      !.does = does, !.id = id, !.s = s]]
    /\ UNCHANGED <<stamp, holder, chains>>
ReadsStamp(p) ==
    /\ In(p, "stamp")
    /\ worker' = [worker EXCEPT ![p] =
            [@ EXCEPT !.pc = IF Defect = "StampAfterLook" THEN "lock" ELSE "look",
                      !.seen = IF holder = None THEN stamp ELSE 0]]
    /\ UNCHANGED <<stamp, holder, chains>>
Looks(p) ==
    /\ In(p, "look")
    /\ worker' = [worker EXCEPT ![p] =
            [@ EXCEPT !.pc = IF Defect = "StampAfterLook" THEN "stamp" ELSE "lock",
                      !.place = Place(worker[p].id)]]
    /\ UNCHANGED <<stamp, holder, chains>>
LocksIfUnchanged(p) ==
    LET unchanged == holder = None /\ stamp = worker[p].seen IN
    /\ In(p, "lock")
    /\ IF unchanged \/ (Defect = "StampNotCompared" /\ holder = None)
       THEN holder' = p /\ Goto(p, "change")
       ELSE UNCHANGED holder /\ Goto(p, "wait")
    /\ UNCHANGED <<stamp, chains>>
Locks(p) ==
    /\ In(p, "wait")
    /\ holder = None
    /\ holder' = p
    /\ worker' = [worker EXCEPT ![p] =
            [@ EXCEPT !.pc = IF worker[p].does = "split" THEN "split" ELSE "change",
                      !.place = IF worker[p].does = "split" THEN @ ELSE Place(worker[p].id)]]
    /\ UNCHANGED <<stamp, chains>>
Unlocks(p) ==
    /\ In(p, "unlock")
    /\ holder' = None
    /\ stamp' = stamp + 1
    /\ Goto(p, "done")
    /\ UNCHANGED chains

(* A create is refused if its id is taken; an end, if it is not the first. *)
Prepares(p) ==
    LET next == After(worker[p].place)
        taken == next # None /\ known[next] = worker[p].id IN
    /\ In(p, "change") /\ worker[p].does = "create"
    /\ IF taken
       THEN Goto(p, "unlock") /\ UNCHANGED <<follows, known>>
       ELSE /\ follows' = [follows EXCEPT ![p] = next]
            /\ known' = [known EXCEPT ![p] = worker[p].id]
            /\ Goto(p, "link")
    /\ UNCHANGED <<stamp, holder, first, split, phase>>
Links(p) ==
    /\ In(p, "link")
    /\ SetAfter(worker[p].place, p)
    /\ phase' = [phase EXCEPT ![p] = "live"]
    /\ Goto(p, "unlock")
    /\ UNCHANGED <<stamp, holder, split, known>>
Ends(p) ==
    LET s == worker[p].s IN
    /\ In(p, "change") /\ worker[p].does = "end"
    /\ IF phase[s] = "live"
       THEN phase' = [phase EXCEPT ![s] = "ended"] /\ Goto(p, "unlink")
       ELSE UNCHANGED phase /\ Goto(p, "unlock")
    /\ UNCHANGED <<stamp, holder, first, follows, split, known>>
Unlinks(p) ==
    /\ In(p, "unlink")
    /\ SetAfter(worker[p].place, follows[worker[p].s])
    /\ Goto(p, "unlock")
    /\ UNCHANGED <<stamp, holder, split, known, phase>>
Splits(p) ==
    LET stay == SelectSeq(Chain(1), LAMBDA s : known[s] \notin Moving)
        move == SelectSeq(Chain(1), LAMBDA s : known[s] \in Moving) IN
    /\ In(p, "split")
    /\ split' = TRUE
    /\ first' = [b \in 1 .. 2 |->
            IF b = 2 THEN IF move = <<>> THEN None ELSE move[1]
            ELSE IF stay = <<>> THEN None ELSE first[1]]
    /\ follows' = IF stay = <<>> THEN follows ELSE [follows EXCEPT ![stay[Len(stay)]] = None]
    /\ Goto(p, "unlock")
    /\ UNCHANGED <<stamp, holder, known, phase>>

Next ==
    \/ \E p \in Workers :
        \/ \E id \in Ids : Begins(p, "create", id, None)
        \/ \E s \in Sessions : phase[s] # "unborn" /\ Begins(p, "end", known[s], s)
        \/ ~split /\ (\A q \in Workers : worker[q].does # "split") /\ Begins(p, "split", 0, None)
        \/ ReadsStamp(p) \/ Looks(p) \/ LocksIfUnchanged(p) \/ Locks(p) \/ Unlocks(p)
        \/ Prepares(p) \/ Links(p) \/ Ends(p) \/ Unlinks(p) \/ Splits(p)
    \/ (\A p \in Workers : In(p, "done")) /\ UNCHANGED vars
Init ==
    /\ stamp = 1
    /\ holder = None
    /\ first = [b \in 1 .. 2 |-> IF b = 1 THEN First ELSE None]
    /\ follows = [s \in Sessions |-> None]
    /\ split = FALSE
    /\ known = [s \in Sessions |-> IF s = First THEN 2 ELSE 0]
    /\ phase = [s \in Sessions |-> IF s = First THEN "live" ELSE "unborn"]
    /\ worker = [p \in Workers |->
            [pc |-> "idle", does |-> "none", id |-> 0, s |-> None, seen |-> 0,
             place |-> [bucket |-> 1, prev |-> None]]]
Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

(* With the lock free, a chain has the live sessions of its bucket, each    *)
(* once and in order, so no two with one id, and no others.                *)
ChainsAreRight ==
    holder = None =>
        \A b \in 1 .. 2 :
            LET chain == Chain(b) IN
            /\ {chain[i] : i \in 1 .. Len(chain)}
                = {s \in Sessions : phase[s] = "live" /\ BucketOf(known[s]) = b}
            /\ \A i \in 2 .. Len(chain) : known[chain[i - 1]] < known[chain[i]]
===============================================================================
