-------------------------------- MODULE Replay --------------------------------
(***************************************************************************)
(* Runs of the real classes, replayed: each was recorded as a sequence of  *)
(* calls and returns of a few clients, and is explained if Rollcall.tla    *)
(* has a behaviour with the same calls and returns in the same order.      *)
(* Between its call and its return a client takes the steps of its         *)
(* operation, at whatever moments; what it is told must be what the real   *)
(* classes told.  Every run that is explained is printed.                  *)
(*                                                                         *)
(* A call already knows what it will return, so a behaviour that comes to  *)
(* another result is given up at once.  Calls and returns are taken as     *)
(* soon as they come next: neither hinders any step.                       *)
(***************************************************************************)
EXTENDS Guarantees, Sequences

CONSTANT
    Runs \* each a sequence of [kind |-> "call", by, op, id, to, result] and [kind |-> "return", by]

VARIABLES
    run,    \* which one
    rest,   \* its events that are still to come
    client, \* what each client is doing
    holder  \* the client in the critical section of each shard

Waiting ==
    [at |-> "idle", op |-> "none", id |-> "none", to |-> "none", since |-> 0, expected |-> None,
     s |-> None, left |-> {}, told |-> None]
Event == Head(rest)
HasNext == rest # <<>>
At(c, place) == client[c].at = place
Does(c, op) == client[c].op = op
Goes(c, place) == client' = [client EXCEPT ![c].at = place]
Is(c, result) == client[c].expected = result /\ Goes(c, "done")
Still == UNCHANGED vars
Unseen == UNCHANGED <<now, lifecycle, transports, sessions, indexes, figures, cs, ka, passed, history>>
(* The ticker, whenever it was read since the call.                        *)
ReadingsOf(c) == client[c].since .. now
Its == CHOOSE its \in Terms : TRUE

(* What a step of another client means to counts(): which shards have been *)
(* locked since.  What was true meanwhile nobody asks here.                *)
Beside(A) ==
    A /\ obs' = [o \in Observers |->
            IF obs[o] = Idle THEN Idle
            ELSE [obs[o] EXCEPT !.changed = @ \cup {k \in Shards : Taken(k)}]]

Calls ==
    /\ Event.kind = "call"
    /\ client' = [client EXCEPT ![Event.by] =
            [Waiting EXCEPT !.at = "called", !.op = Event.op, !.id = Event.id, !.to = Event.to,
                            !.since = now, !.expected = Event.result]]
    /\ rest' = Tail(rest)
    /\ UNCHANGED <<run, holder>>
    /\ Still
Returns ==
    /\ Event.kind = "return"
    /\ At(Event.by, "done")
    /\ client' = [client EXCEPT ![Event.by] = Waiting]
    /\ rest' = Tail(rest)
    /\ UNCHANGED <<run, holder>>
    /\ Still

-----------------------------------------------------------------------------
(* Critical sections.  A client enters one by the lock's action of         *)
(* Rollcall.tla and comes out of it where its operation goes on.           *)

Enters(c, k) == holder' = [holder EXCEPT ![k] = c] /\ Goes(c, "inside")
Refusal(c, k) ==
    CASE cs'[k].at # "unlock" \/ cs[k].at \notin {"gone", "admit"} -> client[c].told
      [] cs[k].at = "gone" -> "TRANSPORT_GONE"
      [] table[client[c].id] # None -> "DUPLICATE_ID"
      [] OTHER -> "LIMIT_REACHED"
Leaves(c, k) ==
    LET over == cs[k]
        Says(isDone) == IF isDone THEN "true" ELSE IF client[c].told = None THEN "false" ELSE client[c].told
    IN
    CASE Does(c, "create") -> Is(c, Says(Born(over.s)))
      [] Does(c, "destroy") -> Is(c, Says(over.won))
      [] Does(c, "claim") -> Is(c, Says(over.was # "none"))
      [] Does(c, "sweep") ->
            client' = [client EXCEPT ![c].at = "walking", ![c].told = @ + IF over.won THEN 1 ELSE 0]
      [] Does(c, "gone") -> Goes(c, "losing")
      [] Does(c, "close") -> Goes(c, "walking")
Inside(c) ==
    \E k \in Shards :
        /\ holder[k] = c
        /\ Beside(Section(k))
        /\ IF cs'[k] = Free
           THEN holder' = [holder EXCEPT ![k] = None] /\ Leaves(c, k)
           ELSE UNCHANGED holder /\ client' = [client EXCEPT ![c].told = Refusal(c, k)]

-----------------------------------------------------------------------------
(* Operations, each from its call on.                                      *)

FirstShard(c) == ShardOf(<<client[c].id, 1>>)
Creates(c) ==
    LET k == FirstShard(c) IN
    /\ Does(c, "create") /\ At(c, "called")
    /\ CanLock(k)
    /\ IF phase = "CLOSED"
       THEN Is(c, "CLOSED") /\ UNCHANGED holder /\ Still
       ELSE /\ \E reading \in ReadingsOf(c) : Beside(CreateLock(client[c].id, client[c].to, reading, Its))
            /\ Enters(c, k)

Finds(c) ==
    LET s == table[client[c].id]
        isThere == s # None /\ IsLive(word[s]) IN
    /\ client[c].op \in {"find", "destroy", "keepAlive", "claim"} /\ At(c, "called")
    /\ IF ~isThere THEN Is(c, "false")
       ELSE IF Does(c, "find") THEN Is(c, "true")
       ELSE client' = [client EXCEPT ![c].at = "found", ![c].s = s]
    /\ UNCHANGED holder
    /\ Still
Destroys(c) ==
    /\ Does(c, "destroy") /\ At(c, "found")
    /\ Beside(DestroyLock(client[c].s))
    /\ Enters(c, FirstShard(c))
Claims(c) ==
    LET s == client[c].s IN
    /\ Does(c, "claim") /\ At(c, "found")
    /\ CanLock(FirstShard(c))
    /\ IF ~IsLive(word[s]) THEN Is(c, "false") /\ UNCHANGED holder /\ Still
       ELSE IF phase = "CLOSED" THEN Is(c, "CLOSED") /\ UNCHANGED holder /\ Still
       ELSE /\ \E reading \in ReadingsOf(c) : Beside(ClaimLock(s, client[c].to, reading))
            /\ Enters(c, FirstShard(c))
(* What it is told is what the latest reading of the word says.            *)
KeepsAlive(c) ==
    LET s == client[c].s IN
    /\ Does(c, "keepAlive") /\ client[c].at \in {"found", "keeping"}
    /\ IF At(c, "found")
       THEN \E reading \in ReadingsOf(c) : Beside(KeepAliveReads(c, s, reading))
       ELSE Beside(KeepAliveWrites(c))
    /\ IF ka'[c] = Idle
       THEN Is(c, IF word[s].phase = "attached" THEN "true" ELSE "false")
       ELSE Goes(c, "keeping")
    /\ UNCHANGED holder

(* Time passes, then a sweep: one client does both, so the sweep's reading *)
(* is the latest.  An id with nothing due is passed over.                  *)
Sweeps(c) ==
    /\ Does(c, "sweep")
    /\ \/ /\ At(c, "called")
          /\ Beside(Tick)
          /\ client' = [client EXCEPT ![c].at = "walking", ![c].left = Ids, ![c].told = 0]
          /\ UNCHANGED holder
       \/ /\ At(c, "walking")
          /\ client[c].left = {}
          /\ Is(c, client[c].told) /\ UNCHANGED holder /\ Still
       \/ /\ At(c, "walking")
          /\ \E i \in client[c].left :
                LET k == ShardOf(<<i, 1>>)
                    passes == [client EXCEPT ![c].left = @ \ {i}] IN
                IF filed[i] > now
                THEN client' = passes /\ UNCHANGED holder /\ Still
                ELSE /\ Beside(SweepLock(i))
                     /\ holder' = [holder EXCEPT ![k] = c]
                     /\ client' = [passes EXCEPT ![c].at = "inside"]

(* A transport's shards are visited in whatever order.                     *)
Loses(c) ==
    LET t == client[c].to
        k == walk[t] IN
    /\ Does(c, "gone")
    /\ \/ /\ At(c, "called")
          /\ \E reading \in ReadingsOf(c) : Beside(Gone(t, reading))
          /\ client' = [client EXCEPT ![c].at = "walking", ![c].left = Shards]
          /\ UNCHANGED holder
       \/ /\ At(c, "walking")
          /\ \E shard \in client[c].left :
                /\ walk' = [walk EXCEPT ![t] = shard]
                /\ client' = [client EXCEPT ![c].at = "losing", ![c].left = @ \ {shard}]
          /\ UNCHANGED <<now, lifecycle, gone, loss, sessions, indexes, figures, cs, ka, obs, passed, history>>
          /\ UNCHANGED holder
       \/ /\ At(c, "losing")
          /\ \E s \in list[t] : Beside(LoseLock(t, s))
          /\ Enters(c, k)
       \/ /\ At(c, "losing")
          /\ Beside(LosePasses(t))
          /\ IF client[c].left = {} THEN Is(c, "true") ELSE Goes(c, "walking")
          /\ UNCHANGED holder

Closes(c) ==
    /\ Does(c, "close")
    /\ \/ /\ At(c, "called")
          /\ Beside(Close)
          /\ Goes(c, "walking") /\ UNCHANGED holder
       \/ /\ At(c, "walking")
          /\ \E s \in Sessions : Beside(CloseLock(s))
          /\ Enters(c, closer)
       \/ /\ At(c, "walking")
          /\ Beside(ClosePasses)
          /\ IF closer' = Returned THEN Is(c, "true") ELSE UNCHANGED client
          /\ UNCHANGED holder

(* counts(), as of an observer that has not looked anything up.            *)
Counts(c) ==
    /\ Does(c, "counts")
    /\ \/ /\ At(c, "called")
          /\ obs' = [obs EXCEPT ![c] =
                [pc |-> "stamp", shard |-> 1, tries |-> 1, sum |-> Zero, changed |-> {}, seen |-> {},
                 fact |-> "none", s |-> None]]
          /\ Goes(c, "asking")
       \/ /\ At(c, "asking")
          /\ CountsStamps(c) \/ CountsReads(c) \/ CountsValidates(c) \/ CountsLocks(c)
          /\ UNCHANGED client
       \/ /\ At(c, "asking") /\ obs[c].pc = "done"
          /\ Is(c, obs[c].sum)
          /\ obs' = [obs EXCEPT ![c] = Idle]
    /\ UNCHANGED holder
    /\ Unseen

-----------------------------------------------------------------------------

ActsFor(c) ==
    \/ Inside(c) \/ Creates(c) \/ Finds(c) \/ Destroys(c) \/ Claims(c) \/ KeepsAlive(c)
    \/ Sweeps(c) \/ Loses(c) \/ Closes(c) \/ Counts(c)
ReplayNext ==
    /\ HasNext
    /\ IF Event.kind = "call" THEN Calls
       ELSE IF At(Event.by, "done") THEN Returns
       ELSE \E c \in Observers : ActsFor(c) /\ UNCHANGED <<run, rest>>
ReplayInit ==
    /\ Init
    /\ run \in 1 .. Len(Runs)
    /\ rest = Runs[run]
    /\ client = [c \in Observers |-> Waiting]
    /\ holder = [k \in Shards |-> None]
ReplaySpec == ReplayInit /\ [][ReplayNext]_<<vars, run, rest, client, holder>>

(* Never violated.                                                         *)
Explained == HasNext \/ PrintT(<<"explained", run>>)
===============================================================================
