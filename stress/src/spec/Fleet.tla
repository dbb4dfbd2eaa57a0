---------------------------------- MODULE Fleet ----------------------------------
(***************************************************************************)
(* Several gateways with one limit and one figure (stress/CLUSTER.md).     *)
(* Each permit is held by a node, is in the pool of a view's coordinator,  *)
(* or is in a message.  Pools are not kept from one view to the next: a    *)
(* coordinator fills its pool once, by counting.                           *)
(*                                                                         *)
(* Nothing is assumed of views.  Any process forms one at any time, of any *)
(* processes, dead ones and those that cannot hear it included, and those  *)
(* install it when they like, in any order, or never.  So a process that   *)
(* is stopped for a while, and a partition, are behaviours of this module. *)
(* There is no time.  The one thing that is assumed: a seat is found       *)
(* vacant only if there is no live process at it.                          *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
    Seats,   \* addresses that processes may have
    Lives,   \* how many processes are ever started
    Views,   \* how many views are ever formed
    Limit,   \* how many permits there are
    Tells,   \* whether figures are modelled, and permits are not
    Defect

Processes == 1..Lives
NoView == 0

VARIABLES
    state,     \* of each process: "unborn", "alive" or "dead"
    seat,      \* of each process that was born
    formed,    \* how many views there are
    members,   \* of each view
    leader,    \* of each view: its coordinator
    view,      \* of each process: the one it is in
    former,    \* of each process: those it has left
    held,      \* of each process: its permits
    pool,      \* of each process: permits that nobody holds, if it is a coordinator
    phase,     \* of each process: "member", "counting" or "open"
    reported,  \* of a coordinator: those who have said what they hold
    counted,   \* of a coordinator: how much that is
    vacant,    \* of a coordinator: seats found vacant after that
    said,      \* of each process: whether it has said in its view what it holds
    grants,    \* by view and process: permits on their way to it
    backs,     \* by view: permits on their way to its coordinator
    parts      \* of each process: those whose figures it adds up

vars == <<state, seat, formed, members, leader, view, former, held, pool, phase, reported, counted, vacant, said,
          grants, backs, parts>>

processVars == <<state, seat>>
viewVars == <<formed, members, leader, view, former>>
countVars == <<reported, counted, vacant, said>>
messageVars == <<grants, backs>>

Alive(p) == state[p] = "alive"
Occupied(s) == \E p \in Processes : Alive(p) /\ seat[p] = s
IsLeader(p) == view[p] # NoView /\ leader[view[p]] = p

Init ==
    /\ state = [p \in Processes |-> "unborn"]
    /\ seat = [p \in Processes |-> CHOOSE s \in Seats : TRUE]
    /\ formed = 0
    /\ members = [v \in 1..Views |-> {}]
    /\ leader = [v \in 1..Views |-> 0]
    /\ view = [p \in Processes |-> NoView]
    /\ former = [p \in Processes |-> {}]
    /\ held = [p \in Processes |-> 0]
    /\ pool = [p \in Processes |-> 0]
    /\ phase = [p \in Processes |-> "member"]
    /\ reported = [p \in Processes |-> {}]
    /\ counted = [p \in Processes |-> 0]
    /\ vacant = [p \in Processes |-> {}]
    /\ said = [p \in Processes |-> FALSE]
    /\ grants = [v \in 1..Views |-> [p \in Processes |-> 0]]
    /\ backs = [v \in 1..Views |-> 0]
    /\ parts = [p \in Processes |-> {}]

(* Seat.bind; the processes are started in the order of their numbers. *)
Start(p, s) ==
    /\ state[p] = "unborn"
    /\ \A q \in Processes : q < p => state[q] # "unborn"
    /\ ~Occupied(s)
    /\ state' = [state EXCEPT ![p] = "alive"]
    /\ seat' = [seat EXCEPT ![p] = s]
    /\ UNCHANGED <<viewVars, held, pool, phase, countVars, messageVars, parts>>

(* kill -9, at any step. What it held and had in its pool is gone with it. *)
Kill(p) ==
    /\ Alive(p)
    /\ state' = [state EXCEPT ![p] = "dead"]
    /\ held' = [held EXCEPT ![p] = 0]
    /\ pool' = [pool EXCEPT ![p] = 0]
    /\ phase' = [phase EXCEPT ![p] = "member"]
    /\ view' = [view EXCEPT ![p] = NoView]
    /\ former' = [former EXCEPT ![p] = {}]
    /\ reported' = [reported EXCEPT ![p] = {}]
    /\ counted' = [counted EXCEPT ![p] = 0]
    /\ vacant' = [vacant EXCEPT ![p] = {}]
    /\ said' = [said EXCEPT ![p] = FALSE]
    /\ parts' = [parts EXCEPT ![p] = {}]
    /\ UNCHANGED <<seat, formed, members, leader, messageVars>>

(* Cluster.viewed *)
Enter(p, v, isLeader, of) ==
    /\ view' = [view EXCEPT ![p] = v]
    /\ former' = [former EXCEPT ![p] = (@ \cup {view[p]}) \ {NoView}]
    /\ pool' = [pool EXCEPT ![p] = 0]
    /\ phase' = [phase EXCEPT ![p] = IF isLeader THEN "counting" ELSE "member"]
    /\ reported' = [reported EXCEPT ![p] = {}]
    /\ counted' = [counted EXCEPT ![p] = 0]
    /\ vacant' = [vacant EXCEPT ![p] = {}]
    /\ said' = [said EXCEPT ![p] = FALSE]
    /\ parts' = [parts EXCEPT ![p] = IF Defect = "keeps_parts" THEN @ ELSE @ \cap of]
    /\ UNCHANGED <<processVars, held, messageVars>>

Form(p, of) ==
    /\ Alive(p) /\ p \in of /\ formed < Views
    /\ \A q \in of : state[q] # "unborn"
    /\ formed' = formed + 1
    /\ members' = [members EXCEPT ![formed + 1] = of]
    /\ leader' = [leader EXCEPT ![formed + 1] = p]
    /\ Enter(p, formed + 1, TRUE, of)

Install(p, v) ==
    /\ Alive(p) /\ v <= formed /\ p \in members[v]
    /\ v # view[p] /\ v \notin former[p] /\ leader[v] # p
    /\ Enter(p, v, FALSE, members[v])
    /\ UNCHANGED <<formed, members, leader>>

(* Cluster.report, Pool.report *)
Report(p, l) ==
    /\ ~Tells /\ Alive(p) /\ Alive(l) /\ IsLeader(l) /\ view[p] = view[l]
    /\ phase[l] = "counting" /\ p \notin reported[l]
    /\ reported' = [reported EXCEPT ![l] = @ \cup {p}]
    /\ counted' = [counted EXCEPT ![l] = @ + held[p]]
    /\ said' = [said EXCEPT ![p] = TRUE]
    /\ UNCHANGED <<processVars, viewVars, held, pool, phase, vacant, messageVars, parts>>

HasAll(l) == members[view[l]] \subseteq reported[l]

(* Seats.probe: connections are refused *)
Probe(l, s) ==
    /\ Alive(l) /\ phase[l] = "counting" /\ HasAll(l)
    /\ s \notin vacant[l] /\ ~Occupied(s)
    /\ vacant' = [vacant EXCEPT ![l] = @ \cup {s}]
    /\ UNCHANGED <<processVars, viewVars, held, pool, phase, reported, counted, said, messageVars, parts>>

(* Pool.open *)
Open(l) ==
    /\ Alive(l) /\ phase[l] = "counting" /\ HasAll(l)
    /\ \/ Seats = vacant[l] \cup {seat[p] : p \in members[view[l]]}
       \/ Defect = "returned_with_the_view"
    /\ phase' = [phase EXCEPT ![l] = "open"]
    /\ pool' = [pool EXCEPT ![l] = Limit - counted[l]]
    /\ reported' = [reported EXCEPT ![l] = {}]
    /\ counted' = [counted EXCEPT ![l] = 0]
    /\ vacant' = [vacant EXCEPT ![l] = {}]
    /\ UNCHANGED <<processVars, viewVars, held, said, messageVars, parts>>

(* Pool.grant *)
Grant(l, p) ==
    /\ Alive(l) /\ phase[l] = "open" /\ pool[l] > 0 /\ p \in members[view[l]]
    /\ pool' = [pool EXCEPT ![l] = @ - 1]
    /\ grants' = [grants EXCEPT ![view[l]][p] = @ + 1]
    /\ UNCHANGED <<processVars, viewVars, held, phase, countVars, backs, parts>>

(* Cluster.granted, Lease.granted. One of a former view is dropped. *)
Take(p, v) ==
    /\ Alive(p) /\ grants[v][p] > 0
    /\ grants' = [grants EXCEPT ![v][p] = @ - 1]
    /\ held' = [held EXCEPT ![p] = IF view[p] = v \/ Defect = "takes_former_grants" THEN @ + 1 ELSE @]
    /\ UNCHANGED <<processVars, viewVars, pool, phase, countVars, backs, parts>>

(* Lease.keep: not held any more once it is sent.  What is given back before  *)
(* a node has said what it holds is not reported as held, and must not be     *)
(* added once more: Notice.Back has the round, and the pool ignores it.       *)
GiveBack(p) ==
    /\ Alive(p) /\ held[p] > 0 /\ view[p] # NoView
    /\ held' = [held EXCEPT ![p] = @ - 1]
    /\ backs' = [backs EXCEPT ![view[p]] = IF said[p] \/ Defect = "takes_early_backs" THEN @ + 1 ELSE @]
    /\ UNCHANGED <<processVars, viewVars, pool, phase, countVars, grants, parts>>

(* Pool.back *)
TakeBack(l) ==
    /\ Alive(l) /\ phase[l] = "open" /\ backs[view[l]] > 0
    /\ backs' = [backs EXCEPT ![view[l]] = @ - 1]
    /\ pool' = [pool EXCEPT ![l] = @ + 1]
    /\ UNCHANGED <<processVars, viewVars, held, phase, countVars, grants, parts>>

(* Cluster.tellPart, Parts.received *)
Tell(p, q) ==
    /\ Tells /\ Alive(p) /\ Alive(q) /\ p # q /\ view[p] = view[q] /\ view[p] # NoView
    /\ parts' = [parts EXCEPT ![q] = @ \cup {p}]
    /\ UNCHANGED <<processVars, viewVars, held, pool, phase, countVars, messageVars>>

(* Nothing has to happen. *)
Rest == UNCHANGED vars

Next ==
    \/ Rest
    \/ \E p \in Processes :
            \/ \E s \in Seats : Start(p, s)
            \/ Kill(p)
            \/ \E of \in SUBSET Processes : Form(p, of)
            \/ \E v \in 1..Views : Install(p, v) \/ Take(p, v)
            \/ \E q \in Processes : Report(p, q) \/ Grant(p, q) \/ Tell(p, q)
            \/ \E s \in Seats : Probe(p, s)
            \/ Open(p)
            \/ GiveBack(p)
            \/ TakeBack(p)

Spec == Init /\ [][Next]_vars

RECURSIVE Sum(_, _)
Sum(f, of) == IF of = {} THEN 0 ELSE LET p == CHOOSE q \in of : TRUE IN f[p] + Sum(f, of \ {p})

(* Sessions are never more than permits held: that is G9 of the node's manager. *)
LimitHolds == Sum(held, {p \in Processes : Alive(p)}) <= Limit

(* What is added up is told by those who are in the view: in their present lives. *)
PartsAreOfTheView == \A p \in Processes : view[p] # NoView => parts[p] \subseteq members[view[p]]

=================================================================================
