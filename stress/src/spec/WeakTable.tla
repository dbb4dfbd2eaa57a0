------------------------------- MODULE WeakTable -------------------------------
(***************************************************************************)
(* SplitTable.tla with weak memory: SessionTable.find beside one writer's  *)
(* inserts, removals and splits, the copying of the first segment and the  *)
(* growth of the directory, on the machine of Visibility.tla.  The writer  *)
(* holds the lock and reads the newest of everything; what matters is what *)
(* a find without the lock may read.                                       *)
(*                                                                         *)
(* A session is <<hash, n>>, the n-th one with the id of this hash.        *)
(* Segment S is the first one, for buckets 0 and 1; C is its copy of twice *)
(* the size, here up to bucket 2; T is the second one, from bucket 3 on,   *)
(* which only the larger directory E has and the smaller one D has not.    *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences, TLC

CONSTANTS
    Hashes,       \* that occur
    Prefilled,    \* those whose first session is there from the beginning
    Incarnations, \* how many sessions may be created with one id, one after the other
    LastBuckets,  \* the table grows from 2 buckets to this many, at most 5
    MaxFinds,     \* how many lookups there are, one after the other
    MaxEnds,      \* how many sessions may end
    Defect,       \* which access is plain instead
    None

(* The modes of the code, by field.                                        *)
Coded ==
    [countRead |-> "volatile", countReadAgain |-> "volatile", directoryRead |-> "acquire",
     segmentRead |-> "acquire", headRead |-> "volatile", nextRead |-> "volatile",
     stateRead |-> "volatile", contextRead |-> "volatile", countWrite |-> "volatile",
     directoryWrite |-> "release", segmentWrite |-> "release", linkWrite |-> "volatile",
     unlinkWrite |-> "release", cutWrite |-> "release", newHeadWrite |-> "release",
     ownNextWrite |-> "release", endWrite |-> "volatile"]
Weak ==
    CASE Defect = "none" -> "nothing"
      [] Defect = "DirectoryPlain" -> "directoryWrite"
      [] Defect = "DirectoryReadPlainly" -> "directoryRead"
      [] Defect = "SegmentPlain" -> "segmentWrite"
      [] Defect = "SegmentReadPlainly" -> "segmentRead"
      [] Defect = "CountPlain" -> "countWrite"
      [] Defect = "LinkPlain" -> "linkWrite"
      [] Defect = "NextReadPlainly" -> "nextRead"
Mode == [field \in DOMAIN Coded |-> IF field = Weak THEN "plain" ELSE Coded[field]]

Sessions == Hashes \X (1 .. Incarnations)
(* Only buckets that a hash may be in.                                     *)
Buckets == {b \in 0 .. (LastBuckets - 1) : \E h \in Hashes : h % 2 = b % 2}
Length(segment) == IF segment = "S" THEN 2 ELSE 3
Heads ==
    {<<"head", "S", b>> : b \in {x \in Buckets : x < 2}}
        \cup {<<"head", "C", b>> : b \in {x \in Buckets : x < 3}}
        \cup {<<"head", "T", b>> : b \in {x \in Buckets : x >= 3}}
Locations ==
    {<<"count">>, <<"directory">>, <<"segment", "D", 0>>, <<"segment", "E", 0>>, <<"segment", "E", 1>>}
        \cup Heads
        \cup {<<field, s>> : field \in {"next", "state", "context"}, s \in Sessions}

INSTANCE Visibility

VARIABLES
    memory,  \* of Visibility.tla
    thread,  \* the writer, likewise
    writer,  \* the step of the writer's section
    history, \* the sets of live sessions, since the beginning
    born,    \* when in the history each session was created, 0 if it was not
    find     \* the thread that looks up: its thread of Visibility.tla, and what it holds
vars == <<memory, thread, writer, history, born, find>>

-----------------------------------------------------------------------------
(* Arithmetic of SessionTable, as in SplitTable.tla.                       *)

Mask(n) == IF n <= 2 THEN 1 ELSE IF n <= 4 THEN 3 ELSE 7
Bucket(hash, n) ==
    LET low == hash % (Mask(n) + 1) IN
    IF low < n THEN low ELSE low % ((Mask(n) + 1) \div 2)
Bit(hash, i) == (hash \div (2 ^ i)) % 2
HighestBit(n) == IF n < 4 THEN 2 ELSE 4
Before(h, g) ==
    \E i \in 0 .. 2 : Bit(h, i) < Bit(g, i) /\ \A j \in 0 .. (i - 1) : Bit(h, j) = Bit(g, j)

-----------------------------------------------------------------------------
(* The writer.  Whatever does not bind what it writes is left out of its   *)
(* thread, and of the finder's what does not bind what it reads.           *)

New(l) == Newest(memory, l)
Directory == New(<<"directory">>)
First == New(<<"segment", Directory, 0>>)
HeadOf(b) == IF b >= 3 THEN <<"head", "T", b>> ELSE <<"head", First, b>>
BucketCount == New(<<"count">>)
RECURSIVE Chain(_)
Chain(s) == IF s = None THEN <<>> ELSE <<s>> \o Chain(New(<<"next", s>>))
ChainOf(b) == Chain(New(HeadOf(b)))
Live == history[Len(history)]

Written(after) ==
    [after EXCEPT !.sees = Nothing, !.acquired = Nothing, !.loaded = Nothing, !.wrote = Nothing, !.shown = Nothing]
Learnt(after) == [after EXCEPT !.knows = Nothing, !.loaded = Nothing]
Puts(pair) == memory' = pair[1] /\ thread' = Written(pair[2])
Link(b, prev) == IF prev = None THEN HeadOf(b) ELSE <<"next", prev>>
Idle == [pc |-> "idle"]

InsertPrepares(s) ==
    LET b == Bucket(s[1], BucketCount)
        smaller == SelectSeq(ChainOf(b), LAMBDA x : Before(x[1], s[1]))
        prev == IF smaller = <<>> THEN None ELSE smaller[Len(smaller)]
        context == Write(memory, thread, <<"context", s>>, "made", "plain")
        state == Write(context[1], context[2], <<"state", s>>, "live", "plain") IN
    /\ writer = Idle
    /\ born[s] = 0
    /\ \A n \in 1 .. (s[2] - 1) : born[<<s[1], n>>] > 0 /\ <<s[1], n>> \notin Live
    /\ Puts(Write(state[1], state[2], <<"next", s>>, New(Link(b, prev)), Mode.ownNextWrite))
    /\ writer' = [pc |-> "insert", s |-> s, link |-> Link(b, prev)]
    /\ UNCHANGED <<history, born>>
InsertPublishes ==
    /\ writer.pc = "insert"
    /\ Puts(Write(memory, thread, writer.link, writer.s, Mode.linkWrite))
    /\ writer' = Idle
    /\ history' = Append(history, Live \cup {writer.s})
    /\ born' = [born EXCEPT ![writer.s] = Len(history) + 1]
Ends(s) ==
    /\ writer = Idle
    /\ s \in Live
    /\ Cardinality({x \in Sessions : born[x] > 0}) - Cardinality(Live) < MaxEnds
    /\ Puts(Write(memory, thread, <<"state", s>>, "ended", Mode.endWrite))
    /\ writer' = [pc |-> "unlink", s |-> s]
    /\ history' = Append(history, Live \ {s})
    /\ UNCHANGED born
Unlinks ==
    LET s == writer.s
        b == Bucket(s[1], BucketCount)
        chain == ChainOf(b)
        i == CHOOSE k \in 1 .. Len(chain) : chain[k] = s IN
    /\ writer.pc = "unlink"
    /\ Puts(Write(memory, thread, Link(b, IF i = 1 THEN None ELSE chain[i - 1]), New(<<"next", s>>),
                  Mode.unlinkWrite))
    /\ writer' = Idle
    /\ UNCHANGED <<history, born>>
Splits ==
    LET made == BucketCount
        from == made % HighestBit(made)
        chain == ChainOf(from)
        moves == {i \in 1 .. Len(chain) : Bit(chain[i][1], IF made < 4 THEN 1 ELSE 2) = 1}
        first == IF moves = {} THEN Len(chain) + 1 ELSE CHOOSE i \in moves : \A j \in moves : i <= j
        last == IF first = 1 THEN None ELSE chain[first - 1]
        isCut == made \in Buckets /\ first <= Len(chain) IN
    /\ writer = Idle
    /\ made < LastBuckets
    (* reserve() came first. *)
    /\ made = 2 => First = "C"
    /\ made = 3 => Directory = "E"
    /\ IF made \in Buckets
       THEN Puts(Write(memory, thread, HeadOf(made), IF isCut THEN chain[first] ELSE None, Mode.newHeadWrite))
       ELSE UNCHANGED <<memory, thread>>
    /\ writer' = [pc |-> "count", made |-> made, isCut |-> isCut,
                  link |-> IF isCut THEN Link(from, last) ELSE <<>>]
    /\ UNCHANGED <<history, born>>
SplitCounts ==
    /\ writer.pc = "count"
    /\ Puts(Write(memory, thread, <<"count">>, writer.made + 1, Mode.countWrite))
    /\ writer' = IF writer.isCut THEN [writer EXCEPT !.pc = "cut"] ELSE Idle
    /\ UNCHANGED <<history, born>>
SplitCuts ==
    /\ writer.pc = "cut"
    /\ Puts(Write(memory, thread, writer.link, None, Mode.cutWrite))
    /\ writer' = Idle
    /\ UNCHANGED <<history, born>>
(* Arrays.copyOf: nobody sees the copy before it is published, so its      *)
(* writes and the publishing are one step.                                 *)
RECURSIVE Copied(_, _)
Copied(pair, bs) ==
    IF bs = {} THEN pair
    ELSE LET b == CHOOSE x \in bs : TRUE IN
         Copied(Write(pair[1], pair[2], <<"head", "C", b>>, New(<<"head", "S", b>>), "plain"), bs \ {b})
CopiesSegment ==
    LET copied == Copied(<<memory, thread>>, {b \in Buckets : b < 2}) IN
    /\ writer = Idle
    /\ First = "S"
    /\ Puts(Write(copied[1], copied[2], <<"segment", Directory, 0>>, "C", Mode.segmentWrite))
    /\ UNCHANGED <<writer, history, born>>
GrowsDirectory ==
    LET one == Write(memory, thread, <<"segment", "E", 0>>, First, "plain")
        two == Write(one[1], one[2], <<"segment", "E", 1>>, "T", "plain") IN
    /\ writer = Idle
    /\ Directory = "D"
    /\ LastBuckets > 3
    /\ Puts(Write(two[1], two[2], <<"directory">>, "E", Mode.directoryWrite))
    /\ UNCHANGED <<writer, history, born>>
Writes ==
    /\ \/ \E s \in Sessions : InsertPrepares(s) \/ Ends(s)
       \/ InsertPublishes \/ Unlinks \/ Splits \/ SplitCounts \/ SplitCuts
       \/ CopiesSegment \/ GrowsDirectory
    /\ UNCHANGED find

-----------------------------------------------------------------------------
(* find, step by step.  known: how much of the history its thread has been *)
(* told, by what it found before, or in another way: then it also sees all *)
(* that was written until then.  An answer must be true of an instant from *)
(* there on.                                                               *)

Least(S) == CHOOSE x \in S : \A y \in S : x <= y
Greater(a, b) == IF a > b THEN a ELSE b
AbsentAt(hash) ==
    {k \in find.known .. Len(history) : \A n \in 1 .. Incarnations : <<hash, n>> \notin history[k]}
LiveAt(s) == {k \in find.known .. Len(history) : s \in history[k]}

FindBegins(hash, isTold) ==
    /\ find.pc = "idle" /\ find.left > 0
    /\ isTold => writer = Idle
    /\ find' = [find EXCEPT !.pc = "count", !.hash = hash, !.left = @ - 1,
                    !.known = IF isTold THEN Len(history) ELSE @,
                    !.thread = IF isTold THEN [@ EXCEPT !.sees = Join(@, thread.knows)] ELSE @]
    /\ UNCHANGED memory
Reads(l, mode, Then(_)) ==
    \E n \in Readable(memory, find.thread, l, mode) :
        \E after \in {Read(memory, find.thread, l, n, mode)} :
            /\ memory' = after[1]
            /\ find' = [Then(ValueAt(memory, l, n)) EXCEPT !.thread = Learnt(after[2])]
Answers(wrong, instants) ==
    [find EXCEPT !.pc = "idle", !.hash = 0, !.bucket = 0, !.at = None, !.wrong = wrong,
                 !.known = IF instants = {} THEN @ ELSE Greater(@, Least(instants))]
AnswersAbsent == Answers(IF AbsentAt(find.hash) = {} THEN "missed" ELSE "no", AbsentAt(find.hash))
ReadsCount ==
    find.pc = "count" /\ Reads(<<"count">>, Mode.countRead,
        LAMBDA v : [find EXCEPT !.pc = "directory", !.bucket = Bucket(find.hash, v)])
ReadsDirectory ==
    find.pc = "directory" /\ Reads(<<"directory">>, Mode.directoryRead,
        LAMBDA v : IF find.bucket >= 3 /\ v = "D" THEN Answers("out of bounds", {})
                   ELSE [find EXCEPT !.pc = "segment", !.at = v])
ReadsSegment ==
    find.pc = "segment" /\ Reads(<<"segment", find.at, IF find.bucket >= 3 THEN 1 ELSE 0>>, Mode.segmentRead,
        LAMBDA v : IF v = None THEN Answers("null", {})
                   ELSE IF v # "T" /\ find.bucket >= Length(v) THEN Answers("out of bounds", {})
                   ELSE [find EXCEPT !.pc = "head", !.at = v])
ReadsHead ==
    find.pc = "head" /\ Reads(<<"head", find.at, find.bucket>>, Mode.headRead,
        LAMBDA v : [find EXCEPT !.pc = "walk", !.at = v])
Walks ==
    /\ find.pc = "walk"
    /\ IF find.at = None THEN find' = [find EXCEPT !.pc = "again"] /\ UNCHANGED memory
       ELSE IF find.at[1] # find.hash
       THEN Reads(<<"next", find.at>>, Mode.nextRead, LAMBDA v : [find EXCEPT !.at = v])
       ELSE Reads(<<"state", find.at>>, Mode.stateRead,
                LAMBDA v : IF v = "ended" THEN AnswersAbsent
                           ELSE IF LiveAt(find.at) = {} THEN Answers("dead", {})
                           ELSE [find EXCEPT !.pc = "context"])
(* The caller uses what it found.                                          *)
ReadsContext ==
    find.pc = "context" /\ Reads(<<"context", find.at>>, Mode.contextRead,
        LAMBDA v : Answers(IF v = None THEN "unmade" ELSE "no", LiveAt(find.at)))
ReadsCountAgain ==
    find.pc = "again" /\ Reads(<<"count">>, Mode.countReadAgain,
        LAMBDA v : IF Bucket(find.hash, v) = find.bucket THEN AnswersAbsent
                   ELSE [find EXCEPT !.pc = "directory", !.bucket = Bucket(find.hash, v)])
Finds ==
    /\ \/ \E hash \in Hashes, isTold \in BOOLEAN : FindBegins(hash, isTold)
       \/ ReadsCount \/ ReadsDirectory \/ ReadsSegment \/ ReadsHead \/ Walks \/ ReadsContext
       \/ ReadsCountAgain
    /\ UNCHANGED <<thread, writer, history, born>>

(* After the last answer nothing more is learnt.                           *)
IsOver == find.wrong # "no" \/ (find.pc = "idle" /\ find.left = 0)
Next == IF IsOver THEN UNCHANGED vars ELSE Writes \/ Finds

RECURSIVE Sorted(_)
Sorted(hashes) ==
    IF hashes = {} THEN <<>>
    ELSE LET h == CHOOSE x \in hashes : \A y \in hashes \ {x} : Before(x, y) IN
         <<<<h, 1>>>> \o Sorted(hashes \ {h})
(* The prefilled sessions are in bucket 0.                                 *)
There == Sorted(Prefilled)
Position(s) == {i \in 1 .. Len(There) : There[i] = s}
ValueOf(l) ==
    CASE l = <<"count">> -> 2
      [] l = <<"directory">> -> "D"
      [] l = <<"segment", "D", 0>> -> "S"
      [] l[1] = "head" -> IF l[2] = "S" /\ l[3] = 0 /\ There # <<>> THEN There[1] ELSE None
      [] l[1] = "next" ->
            IF Position(l[2]) \in {{}, {Len(There)}} THEN None
            ELSE There[(CHOOSE i \in Position(l[2]) : TRUE) + 1]
      [] l[1] = "state" -> "live" \* an array of zeros is an attached word
      [] l[1] = "context" -> IF Position(l[2]) = {} THEN None ELSE "made"
      [] OTHER -> None
Init ==
    /\ memory = [NewMemory EXCEPT !.values = [l \in Locations |-> <<[value |-> ValueOf(l), view |-> Nothing]>>]]
    /\ thread = NewThread
    /\ writer = Idle
    /\ history = <<{There[i] : i \in 1 .. Len(There)}>>
    /\ born = [s \in Sessions |-> IF Position(s) = {} THEN 0 ELSE 1]
    /\ find = [pc |-> "idle", hash |-> 0, bucket |-> 0, at |-> None, thread |-> NewThread, known |-> 1,
               left |-> MaxFinds, wrong |-> "no"]
Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------

(* No session is missed that was there all the while, none is found that   *)
(* was not, no array is met without its elements, and no session without   *)
(* what its constructor wrote.                                             *)
FindIsRight == find.wrong = "no"
===============================================================================
