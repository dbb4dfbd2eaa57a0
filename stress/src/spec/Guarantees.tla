------------------------------ MODULE Guarantees ------------------------------
(***************************************************************************)
(* What the protocol of Rollcall.tla promises: the guarantees G1 to G10 of *)
(* SessionManager as far as they are about order, the invariants of Shard, *)
(* and liveness.                                                           *)
(***************************************************************************)
EXTENDS Rollcall

(* SYMMETRY.  Not with liveness. *)
Interchangeable == Permutations(Transports) \cup Permutations(FirstIds)

-----------------------------------------------------------------------------
(* Shard's invariants.                                                     *)

Words ==
    [phase : {"unborn", "attached", "detached", "ended"}, cause : Causes \cup {"none"},
     generation : 0 .. (Generations - 1), time : Time]
IsFigures(f) ==
    /\ {f.created, f.attached, f.detached} \subseteq Nat
    /\ \A c \in Causes : f.ended[c] \in Nat
TypeOK ==
    /\ now \in Time
    /\ phase \in {"OPEN", "CLOSED"}
    /\ closer \in 0 .. Returned
    /\ gone \in [Transports -> BOOLEAN]
    /\ walk \in [Transports -> 0 .. Returned]
    /\ loss \in [Transports -> Time]
    /\ word \in [Sessions -> Words]
    /\ \A s \in Sessions : (word[s].cause = "none") # IsEnded(word[s])
    /\ terms \in [Sessions -> Terms]
    /\ owner \in [Sessions -> Transports \cup {None}]
    /\ \A i \in Ids : table[i] = None \/ (table[i] \in Sessions /\ table[i][1] = i)
    /\ list \in [Transports -> SUBSET Sessions]
    /\ \A i \in Ids : filed[i] \in Nat
    /\ \A k \in Shards : IsFigures(tallies[k])
    /\ taken \in Nat
    /\ \A k \in Shards : cs[k] = Free \/ ShardOf(cs[k].s) = k

(* S1 and S2: between critical sections the tallies are the truth.         *)
S1_TalliesAreTheTruth == \A k \in Shards : Locked(k) \/ tallies[k] = Truth(OfShard(k))
S2_Conservation == \A k \in Shards : Locked(k) \/ Conserves(tallies[k])
S3_IndexesAgree ==
    \A s \in Sessions : Locked(ShardOf(s)) \/
        /\ (table[s[1]] = s) <=> IsLive(word[s])
        /\ (owner[s] # None) <=> (word[s].phase = "attached")
        /\ \A t \in Transports : (s \in list[t]) <=> (owner[s] = t)
(* Why a sweep is late by no more than the wheel's rounding.               *)
S4_FiledInTime ==
    \A s \in Sessions : Locked(ShardOf(s)) \/
        (IsLive(word[s]) => filed[s[1]] <= Deadline(s, word[s]))
S6_PermitsAreSessions ==
    (\A k \in Shards : ~Locked(k)) => taken = Cardinality({s \in Sessions : IsLive(word[s])})

-----------------------------------------------------------------------------
(* G1: what counts() returned was the truth at an instant of the call, and *)
(* fits what the same thread was told by the lookup before it.             *)

Result(o) == obs[o].pc = "done"
G1_ExactCount == \A o \in Observers : Result(o) => obs[o].sum \in obs[o].seen
G1_Conservation == \A o \in Observers : Result(o) => Conserves(obs[o].sum)
G1_NeverNegative == \A o \in Observers : Result(o) => IsFigures(obs[o].sum)
G1_FoundIsCounted ==
    \A o \in Observers :
        Result(o) /\ obs[o].fact = "found" /\ Findable(obs[o].s) => Live(obs[o].sum) >= 1
G1_GoneIsNotCounted ==
    \A o \in Observers :
        Result(o) /\ obs[o].fact = "gone" /\ obs[o].s # None
            => Live(obs[o].sum) <= Cardinality({s \in Sessions : Born(s)} \ {obs[o].s})
(* A hit was findable when its word was read, a miss at an instant was not.*)
G1_LookupIsExact == \A o \in Observers : obs[o].pc = "known" => obs[o].true

(* G2: ended is for good, and one caller is told.                          *)
G2_OneWinner ==
    \A s \in Sessions :
        /\ wins[s] <= 1
        /\ ~Locked(ShardOf(s)) => (wins[s] = 1 <=> IsEnded(word[s]))
G2_EndedForGood == [][\A s \in Sessions : IsEnded(word[s]) => word'[s] = word[s]]_vars

(* G3: a timeout comes no sooner than the session timeout after the last   *)
(* activity that a caller was told is on record.                           *)
Ends(s, cause) == word[s].cause # cause /\ word'[s].cause = cause
G3_NoLostKeepalive ==
    [][\A s \in Sessions :
        Ends(s, "TIMED_OUT") => terms[s].session # 0 /\ now >= acked[s] + terms[s].session]_vars
TimeNeverMovesBack == [][\A s \in Sessions : IsLive(word'[s]) => word'[s].time >= word[s].time]_vars

(* G4: what a loss takes belongs to the transport that was lost.           *)
IsLost(s) ==
    \/ Ends(s, "TRANSPORT_GONE")
    \/ word[s].phase = "attached" /\ word'[s].phase = "detached"
G4_WholeClaims ==
    [][\A s \in Sessions : IsLost(s) => owner[s] # None /\ gone[owner[s]]]_vars

(* What transport() returned was the owner at an instant of the call.      *)
G4_OwnerIsExact == \A o \in Observers : obs[o].pc = "told" => obs[o].got \in obs[o].seen

(* G5: once gone() returned, nothing is attached to the transport.         *)
G5_NoOrphans ==
    \A s \in Sessions, t \in Transports :
        walk[t] = Returned /\ word[s].phase = "attached" => owner[s] # t /\ s \notin list[t]

(* G6: the reclaim timeout runs from the instant of the latest loss.       *)
G6_FullGrace ==
    [][\A s \in Sessions :
        Ends(s, "RECLAIM_EXPIRED") => now >= lostAt[s] + terms[s].reclaim]_vars

(* G7: a live session is what its id stands for, so there is one per id.   *)
G7_OwnIdentity == \A s \in Sessions : IsLive(word[s]) => table[s[1]] = s

G9_HardLimit ==
    /\ taken <= Limit
    /\ Cardinality({s \in Sessions : IsLive(word[s])}) <= Limit

G10_CleanClose == closer = Returned => \A s \in Sessions : ~IsLive(word[s])

-----------------------------------------------------------------------------
(* Liveness.  Critical sections end, time passes, the sweeper sweeps; who  *)
(* waits for a lock that is free again and again gets it in the end.       *)

Watched(A) == A /\ obs' = [o \in Observers |-> Watches(o)]
LoseStep(t) == LosePasses(t) \/ \E s \in Sessions : LoseLock(t, s)
CloseStep == ClosePasses \/ \E s \in Sessions : CloseLock(s)
Fairness ==
    /\ WF_vars(Watched(Tick))
    /\ \A k \in Shards : WF_vars(Watched(Section(k)))
    /\ \A i \in Ids : SF_vars(Watched(SweepLock(i)))
    /\ \A t \in Transports : SF_vars(Watched(LoseStep(t)))
    /\ "close" \in Operations => SF_vars(Watched(CloseStep))
    /\ \A a \in Keepalives : WF_vars(Watched(KeepAliveWrites(a)))
    /\ \A o \in Observers : WF_vars(Observes(o)) /\ SF_vars(CountsLocks(o) /\ Observes(o))
FairSpec == Spec /\ Fairness

(* Transports are interchangeable: one stands for all.                     *)
Some == CHOOSE t \in Transports : TRUE
Lost(s) == gone[Some] /\ owner[s] = Some /\ IsLive(word[s])
LostSessionsEndOrAreClaimed ==
    \A s \in Sessions : Lost(s) ~> IsEnded(word[s]) \/ owner[s] \notin {Some, None}
GoneReturns == gone[Some] ~> walk[Some] = Returned
CloseReturns == closer = 1 ~> closer = Returned
CountsReturn ==
    \A o \in Observers : obs[o].pc = "stamp" ~> obs[o].pc = "done"
===============================================================================
