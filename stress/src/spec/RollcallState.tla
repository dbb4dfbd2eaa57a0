---------------------------- MODULE RollcallState ----------------------------
(***************************************************************************)
(* What the protocol of Rollcall.tla is about: constants, variables, the   *)
(* state word, the truth that answers are measured by, locks.              *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS
    FirstIds, SecondIds, \* session ids, by the shard that they hash to
    Incarnations,        \* how many sessions may be created with one id, one after the other
    Transports,
    SessionTimeouts,     \* to choose from at creation; 0 = never
    ReclaimTimeouts,     \* to choose from at creation; 0 = none
    MaxTime,             \* the clock stops there
    LastActivity,        \* then the application falls silent: nothing active, nothing lost
    Lag,                 \* how old a reading of the ticker may be when it is used
    Generations,         \* the modulus of the owner generation
    Limit,               \* maxSessions
    Operations,          \* what the application calls
    Keepalives,          \* threads in a keepalive
    Observers,           \* threads that only ask
    Tries,               \* how often counts() tries before it takes the read locks
    Defect,
    None

Shards == {1, 2}
Ids == FirstIds \cup SecondIds
Sessions == Ids \X (1 .. Incarnations)
ShardOf(s) == IF s[1] \in FirstIds THEN 1 ELSE 2
OfShard(k) == {s \in Sessions : ShardOf(s) = k}
Time == 0 .. MaxTime
Terms == [session : SessionTimeouts, reclaim : ReclaimTimeouts]
Causes == {"DESTROYED", "TIMED_OUT", "TRANSPORT_GONE", "RECLAIM_EXPIRED", "SHUTDOWN"}
Free == [op |-> "free"]
Idle == [pc |-> "idle"]
Returned == 3 \* after the last shard: where gone() and close() are when they have returned

Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b

VARIABLES
    now,      \* the ticker
    phase,    \* of the lifecycle
    closer,   \* close(): 0 = not called, then the shard to visit, then Returned
    gone,     \* of each transport
    walk,     \* gone() of each transport, as closer
    loss,     \* the instant of loss that gone() read
    word,     \* the state word of each session
    terms,    \* the timeouts of each session
    owner,    \* its owner
    table,    \* the session that the table holds for each id
    list,     \* the sessions in each transport's lists
    filed,    \* when the wheel hands out the block of each id at the latest
    tallies,  \* of each shard
    taken,    \* permits taken
    cs,       \* the critical section of each shard's lock, or Free
    ka,       \* keepalives between the read of a word and their compare-and-set
    obs,      \* observers
    passed,   \* defects only: checks that some thread has passed before it takes the lock
    acked,    \* history: the latest activity that a caller was told is on record
    lostAt,   \* history: the instant of the latest loss of each session
    wins      \* history: how many callers were told that they ended it

lifecycle == <<phase, closer>>
transports == <<gone, walk, loss>>
sessions == <<word, terms, owner>>
indexes == <<table, list, filed>>
figures == <<tallies, taken>>
history == <<acked, lostAt, wins>>
vars == <<now, lifecycle, transports, sessions, indexes, figures, cs, ka, obs, passed, history>>

-----------------------------------------------------------------------------
(* The state word and what is judged by it.                                *)

Unborn == [phase |-> "unborn", cause |-> "none", generation |-> 0, time |-> 0]
IsEnded(w) == w.phase = "ended"
IsLive(w) == w.phase \in {"attached", "detached"}
Attached(t) == [Unborn EXCEPT !.phase = "attached", !.time = t]
Active(w, t) == [w EXCEPT !.time = t]
(* In the code an ended word keeps time and generation.  Nobody reads them. *)
Ended(c) == [Unborn EXCEPT !.phase = "ended", !.cause = c]
Detached(w, t) ==
    [w EXCEPT !.phase = "detached",
              !.time = IF Defect = "GraceFromLastActivity" THEN @ ELSE Max(@, t)]
Claimed(w, t) ==
    [w EXCEPT !.phase = "attached",
              !.generation = (@ + 1) % Generations,
              !.time = Max(@, t)]

NoDeadline == MaxTime + 1000
Deadline(s, w) ==
    IF w.phase = "detached" /\ ~(Defect = "ZeroTimeoutSkipsSweep" /\ terms[s].session = 0)
    THEN w.time + terms[s].reclaim
    ELSE IF terms[s].session = 0 THEN NoDeadline ELSE w.time + terms[s].session

(* A session that a lookup by its id would return, and the truth by it.    *)
Born(s) == word[s].phase # "unborn"
Findable(s) == IsLive(word[s]) /\ table[s[1]] = s
IdFindable(i) == \E n \in 1 .. Incarnations : Findable(<<i, n>>)
Truth(S) ==
    [created |-> Cardinality({s \in S : Born(s)}),
     attached |-> Cardinality({s \in S : Findable(s) /\ word[s].phase = "attached"}),
     detached |-> Cardinality({s \in S : Findable(s) /\ word[s].phase = "detached"}),
     ended |-> [c \in Causes |-> Cardinality({s \in S : word[s].cause = c})]]

RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN f[x] + Sum(f, S \ {x})
Live(f) == f.attached + f.detached
Conserves(f) == f.created = Live(f) + Sum(f.ended, Causes)
Zero == [created |-> 0, attached |-> 0, detached |-> 0, ended |-> [c \in Causes |-> 0]]
Plus(f, g) ==
    [created |-> f.created + g.created,
     attached |-> f.attached + g.attached,
     detached |-> f.detached + g.detached,
     ended |-> [c \in Causes |-> f.ended[c] + g.ended[c]]]

-----------------------------------------------------------------------------
(* Locks.  Writers of a shard exclude each other and its read locks.  A    *)
(* stamp is what a reader can tell by it: whether the shard is locked, and *)
(* whether it was locked since the reader took the stamp (obs.changed).    *)

Locked(k) == cs[k] # Free
ReadLocked(k) == \E o \in Observers : obs[o].pc = "lock" /\ obs[o].shard > k
CanLock(k) == ~Locked(k) /\ ~ReadLocked(k)
===============================================================================
