------------------------------ MODULE Visibility ------------------------------
(***************************************************************************)
(* What a thread may read when accesses are not all volatile: a machine    *)
(* for the access modes of JEP 193, after the model JAM21 of Liu, Bender   *)
(* and Palsberg (ECOOP 2022), without load buffering.                      *)
(*                                                                         *)
(* A location keeps every value that was ever written to it, in order.  A  *)
(* view says, for each location, how many of these values may no longer be *)
(* missed.  Each written value carries a view, for whoever acquires it.    *)
(* Values are appended, which is exact only if the writers of a location   *)
(* are ordered otherwise (WritersAreOrdered in Releasing.tla).             *)
(***************************************************************************)
EXTENDS Naturals, Sequences

CONSTANT Locations

Nothing == [l \in Locations |-> 1]
(* TLC evaluates what an operator is given at each use, but what a variable *)
(* is bound to only once; hence the sets of one element.                   *)
Join(v, w) ==
    CHOOSE j \in {[l \in Locations |-> IF a[l] >= b[l] THEN a[l] ELSE b[l]] : a \in {v}, b \in {w}} :
        TRUE
With(v, l, n) == IF v[l] >= n THEN v ELSE [v EXCEPT ![l] = n]

(* A thread: what binds its next read (sees), what its next release write  *)
(* takes along (knows), what an acquire fence would add to what it sees    *)
(* (loaded), what every later write takes along since a storeStore fence   *)
(* (fenced), what it wrote itself (wrote), and what all volatile accesses  *)
(* had shown by the time of its latest one (shown), which binds its next   *)
(* volatile read.                                                          *)
NewThread ==
    [sees |-> Nothing, knows |-> Nothing, acquired |-> Nothing, loaded |-> Nothing,
     fenced |-> Nothing, wrote |-> Nothing, shown |-> Nothing]
(* The memory: the values, and what all volatile accesses so far show.     *)
NewMemory == [values |-> [l \in Locations |-> <<[value |-> 0, view |-> Nothing]>>], shown |-> Nothing]

Count(m, l) == Len(m.values[l])
ValueAt(m, l, n) == m.values[l][n].value
Newest(m, l) == ValueAt(m, l, Count(m, l))

(* The numbers of the values that a read may return.                       *)
Readable(m, t, l, mode) ==
    LET bound == IF mode = "volatile" /\ t.shown[l] > t.sees[l] THEN t.shown[l] ELSE t.sees[l]
    IN bound .. Count(m, l)

(* Thread and memory after a read of value n.                              *)
Read(m, t, l, n, mode) ==
    LET came == With(m.values[l][n].view, l, n)
        plain == [t EXCEPT !.knows = Join(@, came), !.loaded = Join(@, came)]
        acquired == Join(Join(t.acquired, t.shown), came) IN
    CASE mode = "plain" -> <<m, plain>>
      [] mode = "acquire" ->
            <<m, [plain EXCEPT !.sees = Join(@, came), !.acquired = Join(@, came)]>>
      [] mode = "volatile" ->
            <<[m EXCEPT !.shown = Join(@, acquired)],
              [plain EXCEPT !.sees = Join(Join(@, t.shown), came),
                            !.acquired = acquired,
                            !.knows = Join(@, t.shown),
                            !.shown = Join(m.shown, acquired)]>>

(* After a write.                                                          *)
Write(m, t, l, value, mode) ==
    LET n == Count(m, l) + 1
        view == CASE mode = "plain" -> With(t.fenced, l, n)
                  [] mode = "release" -> With(t.knows, l, n)
                  [] mode = "volatile" -> With(Join(t.knows, t.shown), l, n)
        written == [m EXCEPT !.values[l] = Append(@, [value |-> value, view |-> view])]
        writer == [t EXCEPT !.sees = With(@, l, n), !.knows = With(@, l, n), !.wrote = Join(@, view)] IN
    IF mode = "volatile"
    THEN <<[written EXCEPT !.shown = Join(@, view)],
           [writer EXCEPT !.knows = Join(@, view), !.shown = Join(m.shown, view)]>>
    ELSE <<written, writer>>

(* After a compare-and-set that succeeds: reads the newest value and writes *)
(* right behind it.  By "acquire" only the reading has an order.           *)
Exchange(m, t, l, value, mode) ==
    LET bound == IF mode = "volatile"
                 THEN [t EXCEPT !.sees = Join(@, t.shown), !.acquired = Join(@, t.shown),
                                !.knows = Join(@, t.shown)]
                 ELSE t IN
    CHOOSE after \in
        {Write(read[1], read[2], l, value, IF mode = "volatile" THEN "volatile" ELSE "plain") :
            read \in {Read(m, bound, l, Count(m, l), "acquire")}} :
        TRUE

Fence(t, kind) ==
    CASE kind = "acquire" -> [t EXCEPT !.sees = Join(@, t.loaded), !.acquired = Join(@, t.loaded)]
      [] kind = "storeStore" -> [t EXCEPT !.fenced = Join(@, t.wrote)]

(* Another thread has written there what this one need not know of.        *)
IsRacy(m, t, l) == t.knows[l] < Count(m, l)
===============================================================================
