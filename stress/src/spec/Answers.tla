-------------------------------- MODULE Answers -------------------------------
(***************************************************************************)
(* What is asked without a lock beside the sections of Rollcall.tla, step  *)
(* by step: lookups, counts(), Session.transport().                        *)
(***************************************************************************)
EXTENDS RollcallState

-----------------------------------------------------------------------------
(* An observer looks an id up, remembers the answer, then calls counts().  *)
(* absent: the id was without a findable session at an instant of the      *)
(* lookup.  seen: every truth since counts() was called.                   *)

LookupReads(o, i) ==
    /\ "counts" \in Operations
    /\ obs[o].pc \in {"idle", "known"}
    /\ obs' = [obs EXCEPT ![o] =
                [pc |-> "word", id |-> i, got |-> table[i], absent |-> ~IdFindable(i)]]
LookupAnswers(o) ==
    LET got == obs[o].got
        hit == got # None /\ IsLive(word[got]) IN
    /\ obs[o].pc = "word"
    /\ obs' = [obs EXCEPT ![o] =
                [pc |-> "known", fact |-> IF hit THEN "found" ELSE "gone", s |-> got,
                 true |-> IF hit THEN Findable(got) ELSE obs[o].absent]]

Restarted(o, pc) ==
    [obs[o] EXCEPT !.pc = pc, !.shard = 1, !.tries = @ + 1, !.sum = Zero, !.changed = {}]
CountsBegins(o) ==
    /\ obs[o].pc = "known"
    /\ obs' = [obs EXCEPT ![o] =
                [pc |-> "stamp", shard |-> 1, tries |-> 1, sum |-> Zero, changed |-> {},
                 seen |-> {Truth(Sessions)}, fact |-> obs[o].fact, s |-> obs[o].s]]
CountsFails(o) ==
    obs' = [obs EXCEPT ![o] = Restarted(o, IF obs[o].tries < Tries THEN "stamp" ELSE "lock")]
CountsStamps(o) ==
    LET k == obs[o].shard IN
    /\ obs[o].pc = "stamp"
    /\ IF Locked(k) /\ Defect # "NoValidation"
       THEN CountsFails(o)
       ELSE obs' = [obs EXCEPT ![o].pc = "figures", ![o].changed = @ \ {k}]
CountsReads(o) ==
    LET k == obs[o].shard
        sum == Plus(obs[o].sum, tallies[k]) IN
    /\ obs[o].pc = "figures"
    /\ IF Defect = "ValidatesShardByShard" /\ k \in obs[o].changed
       THEN CountsFails(o)
       ELSE obs' = [obs EXCEPT ![o].sum = sum,
                               ![o].pc = IF k = 2 THEN "validate" ELSE "stamp",
                               ![o].shard = IF k = 2 THEN 1 ELSE 2]
CountsValidates(o) ==
    LET k == obs[o].shard IN
    /\ obs[o].pc = "validate"
    /\ IF k \in obs[o].changed /\ Defect \notin {"NoValidation", "ValidatesShardByShard"}
       THEN CountsFails(o)
       ELSE obs' = [obs EXCEPT ![o].pc = IF k = 2 THEN "done" ELSE "validate",
                               ![o].shard = 2]
CountsLocks(o) ==
    LET k == obs[o].shard IN
    /\ obs[o].pc = "lock"
    /\ IF k \in Shards
       THEN ~Locked(k) /\ obs' = [obs EXCEPT ![o].shard = @ + 1]
       ELSE obs' = [obs EXCEPT ![o].pc = "done", ![o].shard = 2,
                               ![o].sum = Plus(tallies[1], tallies[2])]
CountsReturns(o) ==
    /\ obs[o].pc = "done"
    /\ obs' = [obs EXCEPT ![o] = Idle]

-----------------------------------------------------------------------------
(* Session.transport(): the word, the owner, the word again until both are *)
(* of one phase and owner generation.  seen: every truth since it was      *)
(* called.                                                                 *)

Ownership(w) == <<w.phase, w.generation>>
(* What may be answered now.  An attached session that has no owner yet is *)
(* an answer to nothing: neither "none" nor a transport is true of it.     *)
Owned(s) == IF word[s].phase = "attached" THEN {owner[s]} \ {None} ELSE {None}
OwnerBegins(o, s) ==
    /\ "transport" \in Operations
    /\ obs[o] = Idle
    /\ Born(s)
    /\ obs' = [obs EXCEPT ![o] = [pc |-> "state", s |-> s, seen |-> Owned(s)]]
Told(o, t) == [pc |-> "told", s |-> obs[o].s, got |-> t, seen |-> obs[o].seen]
OwnerReadsWord(o) ==
    LET w == word[obs[o].s] IN
    /\ obs[o].pc = "state"
    /\ obs' = [obs EXCEPT ![o] =
                IF w.phase # "attached" THEN Told(o, None)
                ELSE [pc |-> "owner", s |-> obs[o].s, seen |-> obs[o].seen,
                      ownership |-> Ownership(w)]]
OwnerReads(o) ==
    LET got == owner[obs[o].s] IN
    /\ obs[o].pc = "owner"
    /\ obs' = [obs EXCEPT ![o] =
                [pc |-> "again", s |-> obs[o].s, seen |-> obs[o].seen,
                 ownership |-> obs[o].ownership, got |-> got]]
OwnerChecks(o) ==
    LET same == Ownership(word[obs[o].s]) = obs[o].ownership IN
    /\ obs[o].pc = "again"
    /\ obs' = [obs EXCEPT ![o] =
                IF same \/ Defect = "OwnerUnchecked" THEN Told(o, obs[o].got)
                ELSE [pc |-> "state", s |-> obs[o].s, seen |-> obs[o].seen]]
OwnerReturns(o) ==
    /\ obs[o].pc = "told"
    /\ obs' = [obs EXCEPT ![o] = Idle]

-----------------------------------------------------------------------------

Observes(o) ==
    /\ \/ \E i \in Ids : LookupReads(o, i)
       \/ LookupAnswers(o) \/ CountsBegins(o) \/ CountsStamps(o) \/ CountsReads(o)
       \/ CountsValidates(o) \/ CountsLocks(o) \/ CountsReturns(o)
       \/ \E s \in Sessions : OwnerBegins(o, s)
       \/ OwnerReadsWord(o) \/ OwnerReads(o) \/ OwnerChecks(o) \/ OwnerReturns(o)
    /\ UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, cs, ka, passed, history>>

(* What every step of the others means to an observer.                     *)
Taken(k) == cs[k] = Free /\ cs'[k] # Free
Watches(o) ==
    CASE obs[o].pc = "word" ->
            [obs[o] EXCEPT !.absent = @ \/ \E i \in {obs[o].id} : ~IdFindable(i)']
      [] obs[o].pc \in {"state", "owner", "again"} ->
            [obs[o] EXCEPT !.seen = @ \cup UNION {Owned(s)' : s \in {obs[o].s}}]
      [] obs[o].pc \in {"idle", "known", "done", "told"} -> obs[o]
      [] OTHER -> [obs[o] EXCEPT !.seen = @ \cup {Truth(Sessions)'},
                                 !.changed = @ \cup {k \in Shards : Taken(k)}]
===============================================================================
