------------------------------ MODULE SplitTable ------------------------------
(***************************************************************************)
(* A shard's hash table (SessionTable): chains in split order, one writer  *)
(* at a time, find without a lock.  What matters is that find never misses *)
(* a session that was in the table throughout the call, whatever splits,   *)
(* inserts and removals happen around it.  Every shared write of a writer  *)
(* and every shared read of a find is a step of its own.                   *)
(*                                                                         *)
(* A session is <<hash, n>>: the n-th one created with the id that has     *)
(* this hash.  Ids and hashes are one thing here, for the hash is a        *)
(* bijection.                                                              *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Hashes,       \* that occur, a subset of 0 .. 7
    Incarnations, \* how many sessions may be created with one id, one after the other
    LastBuckets,  \* the table grows from 2 buckets to this many, at most 8
    Finds,        \* threads in find
    Defect,
    None

Sessions == Hashes \X (1 .. Incarnations)
Buckets == 0 .. (LastBuckets - 1)
FirstBuckets == 2

VARIABLES
    head,     \* of each bucket's chain
    next,     \* of each session
    count,    \* the bucket count that find reads
    state,    \* of each session: unborn, live, ended
    linked,   \* the sessions in chains, as the writer has it
    writer,   \* the writer's section and the values it holds
    find      \* what each find holds

vars == <<head, next, count, state, linked, writer, find>>

-----------------------------------------------------------------------------
(* Arithmetic of SessionTable: bucket() and before().                      *)

Mask(n) == IF n <= 2 THEN 1 ELSE IF n <= 4 THEN 3 ELSE 7
Bucket(hash, n) ==
    LET low == hash % (Mask(n) + 1) IN
    IF low < n THEN low ELSE low % ((Mask(n) + 1) \div 2)
Bit(hash, i) == (hash \div (2 ^ i)) % 2
HighestBit(n) == IF n < 4 THEN 2 ELSE 4
(* Split order: of two hashes the one with 0 in the lowest bit in which    *)
(* they differ comes first.                                                *)
Before(h, g) ==
    \E i \in 0 .. 2 :
        /\ Bit(h, i) < Bit(g, i)
        /\ \A j \in 0 .. (i - 1) : Bit(h, j) = Bit(g, j)

RECURSIVE Chain(_, _)
Chain(s, limit) ==
    IF s = None \/ limit = 0 THEN <<>> ELSE <<s>> \o Chain(next[s], limit - 1)
ChainOf(b) == Chain(head[b], Cardinality(Sessions) + 1)
LiveIn(b) == {ChainOf(b)[i] : i \in 1 .. Len(ChainOf(b))}

(* The session of a chain before which a hash belongs, and the one after.  *)
Precedes(s, hash) == Defect # "Unordered" /\ Before(s[1], hash)
Smaller(b, hash) == SelectSeq(ChainOf(b), LAMBDA s : Precedes(s, hash))
Prev(b, hash) ==
    LET smaller == Smaller(b, hash) IN IF smaller = <<>> THEN None ELSE smaller[Len(smaller)]
After(b, prev) == IF prev = None THEN head[b] ELSE next[prev]

-----------------------------------------------------------------------------
(* The writer, in its shard's lock: one section at a time.                 *)

Idle == [pc |-> "idle"]
WriterIdle == writer = Idle
(* A link is the head of a bucket or the next of a session.                *)
SetLink(b, prev, s) ==
    IF prev = None
    THEN head' = [head EXCEPT ![b] = s] /\ UNCHANGED next
    ELSE next' = [next EXCEPT ![prev] = s] /\ UNCHANGED head

InsertPrepares(s) ==
    LET b == Bucket(s[1], count)
        prev == Prev(b, s[1]) IN
    /\ WriterIdle
    /\ state[s] = "unborn"
    /\ \A n \in 1 .. (s[2] - 1) : state[<<s[1], n>>] = "ended"
    /\ next' = [next EXCEPT ![s] = After(b, prev)]
    /\ writer' = [pc |-> "insert", s |-> s, bucket |-> b, prev |-> prev]
    /\ UNCHANGED <<head, count, state, linked>>
InsertPublishes ==
    LET s == writer.s IN
    /\ writer.pc = "insert"
    /\ SetLink(writer.bucket, writer.prev, s)
    /\ state' = [state EXCEPT ![s] = "live"]
    /\ linked' = linked \cup {s}
    /\ writer' = Idle
    /\ UNCHANGED <<count>>

(* End: the state word first, then the link; next stays (T3).              *)
Ends(s) ==
    /\ WriterIdle
    /\ state[s] = "live"
    /\ state' = [state EXCEPT ![s] = "ended"]
    /\ writer' = [pc |-> "unlink", s |-> s]
    /\ UNCHANGED <<head, next, count, linked>>
PrevOf(b, s) ==
    IF head[b] = s THEN None ELSE CHOOSE p \in LiveIn(b) : next[p] = s
Unlinks ==
    LET s == writer.s
        b == Bucket(s[1], count) IN
    /\ writer.pc = "unlink"
    /\ SetLink(b, PrevOf(b, s), next[s])
    /\ linked' = linked \ {s}
    /\ writer' = IF Defect = "UnlinkClearsNext" THEN [pc |-> "clear", s |-> s] ELSE Idle
    /\ UNCHANGED <<count, state>>
Clears ==
    /\ writer.pc = "clear"
    /\ next' = [next EXCEPT ![writer.s] = None]
    /\ writer' = Idle
    /\ UNCHANGED <<head, count, state, linked>>

(* Split: head of the new bucket, bucket count, cut, in this order.        *)
NextStep(pc) ==
    CASE Defect = "CutBeforeCount" -> [head |-> "cut", cut |-> "count", count |-> "idle"][pc]
      [] Defect = "CountBeforeHead" -> [count |-> "head", head |-> "cut", cut |-> "idle"][pc]
      [] OTHER -> [head |-> "count", count |-> "cut", cut |-> "idle"][pc]
SplitGoesOn ==
    writer' = LET pc == NextStep(writer.pc) IN
              IF pc = "idle" THEN Idle ELSE [writer EXCEPT !.pc = pc]
Splits ==
    LET from == count % HighestBit(count)
        chain == ChainOf(from)
        moves == {i \in 1 .. Len(chain) : Bit(chain[i][1], IF count < 4 THEN 1 ELSE 2) = 1}
        first == IF moves = {} THEN Len(chain) + 1
                 ELSE CHOOSE i \in moves : \A j \in moves : i <= j
        last == IF first = 1 THEN None ELSE chain[first - 1] IN
    /\ WriterIdle
    /\ count < LastBuckets
    /\ writer' = [pc |-> IF Defect = "CountBeforeHead" THEN "count" ELSE "head",
                  made |-> count, from |-> from, last |-> last, first |-> After(from, last)]
    /\ UNCHANGED <<head, next, count, state, linked>>
SplitSetsHead ==
    /\ writer.pc = "head"
    /\ head' = [head EXCEPT ![writer.made] = writer.first]
    /\ SplitGoesOn
    /\ UNCHANGED <<next, count, state, linked>>
SplitCounts ==
    /\ writer.pc = "count"
    /\ count' = writer.made + 1
    /\ SplitGoesOn
    /\ UNCHANGED <<head, next, state, linked>>
SplitCuts ==
    /\ writer.pc = "cut"
    /\ SetLink(writer.from, writer.last, None)
    /\ SplitGoesOn
    /\ UNCHANGED <<count, state, linked>>

-----------------------------------------------------------------------------
(* find, without a lock.  absent: the id was without a live session at an  *)
(* instant since the call began.                                           *)

Absent(hash) == \A n \in 1 .. Incarnations : state[<<hash, n>>] # "live"
FindBegins(f, hash) ==
    /\ find[f].pc \in {"idle", "answered"}
    /\ find' = [find EXCEPT ![f] =
                [pc |-> "head", hash |-> hash, bucket |-> Bucket(hash, count),
                 at |-> None, absent |-> Absent(hash)]]
FindReadsHead(f) ==
    /\ find[f].pc = "head"
    /\ find' = [find EXCEPT ![f].pc = "walk", ![f].at = head[find[f].bucket]]
(* One session of the walk: its id is final; its state or its next is read. *)
FindWalks(f) ==
    LET s == find[f].at
        isHit == s # None /\ s[1] = find[f].hash IN
    /\ find[f].pc = "walk"
    /\ find' =
        IF isHit
        THEN [find EXCEPT ![f] =
                [pc |-> "answered", hash |-> s[1],
                 right |-> state[s] = "live" \/ find[f].absent]]
        ELSE IF s # None
        THEN [find EXCEPT ![f].at = next[s]]
        ELSE [find EXCEPT ![f].pc = "recheck"]
FindRechecks(f) ==
    LET hash == find[f].hash
        bucket == Bucket(hash, count) IN
    /\ find[f].pc = "recheck"
    /\ find' =
        IF bucket = find[f].bucket \/ Defect = "NoRecheck"
        THEN [find EXCEPT ![f] =
                [pc |-> "answered", hash |-> hash, right |-> find[f].absent]]
        ELSE [find EXCEPT ![f].pc = "head", ![f].bucket = bucket]
Watches(f) ==
    IF find[f].pc \in {"idle", "answered"} THEN find[f]
    ELSE [find[f] EXCEPT !.absent = @ \/ \E hash \in {find[f].hash} : Absent(hash)']

-----------------------------------------------------------------------------

Writes ==
    \/ \E s \in Sessions : InsertPrepares(s) \/ Ends(s)
    \/ InsertPublishes \/ Unlinks \/ Clears
    \/ Splits \/ SplitSetsHead \/ SplitCounts \/ SplitCuts
FindSteps(f) ==
    /\ (\E hash \in Hashes : FindBegins(f, hash))
        \/ FindReadsHead(f) \/ FindWalks(f) \/ FindRechecks(f)
    /\ UNCHANGED <<head, next, count, state, linked, writer>>
Next ==
    \/ Writes /\ find' = [f \in Finds |-> Watches(f)]
    \/ \E f \in Finds : FindSteps(f)
Init ==
    /\ head = [b \in Buckets |-> None]
    /\ next = [s \in Sessions |-> None]
    /\ count = FirstBuckets
    /\ state = [s \in Sessions |-> "unborn"]
    /\ linked = {}
    /\ writer = Idle
    /\ find = [f \in Finds |-> Idle]
Spec == Init /\ [][Next]_vars
FairSpec ==
    Spec /\ \A f \in Finds :
        WF_vars(/\ FindReadsHead(f) \/ FindWalks(f) \/ FindRechecks(f)
                /\ UNCHANGED <<head, next, count, state, linked, writer>>)

-----------------------------------------------------------------------------

TypeOK ==
    /\ head \in [Buckets -> Sessions \cup {None}]
    /\ next \in [Sessions -> Sessions \cup {None}]
    /\ count \in FirstBuckets .. LastBuckets
    /\ state \in [Sessions -> {"unborn", "live", "ended"}]

(* Every live session is in the chain of its bucket, once, and no other.   *)
T1_InItsChain ==
    WriterIdle =>
        /\ linked = {s \in Sessions : state[s] = "live"}
        /\ \A b \in 0 .. (count - 1) :
            LET chain == ChainOf(b) IN
            /\ LiveIn(b) = {s \in linked : Bucket(s[1], count) = b}
            /\ Len(chain) = Cardinality(LiveIn(b))
T2_SplitOrder ==
    WriterIdle =>
        \A b \in 0 .. (count - 1) :
            LET chain == ChainOf(b) IN
            \A i, j \in 1 .. Len(chain) : i < j => Before(chain[i][1], chain[j][1])

(* An answer "absent" is true of an instant of the call: a session that    *)
(* was in the table throughout is never missed.  A hit was live when read. *)
FindIsRight == \A f \in Finds : find[f].pc = "answered" => find[f].right

(* find repeats for growth only, and growth ends.                          *)
FindAnswers == \A f \in Finds : find[f].pc = "head" ~> find[f].pc = "answered"
===============================================================================
