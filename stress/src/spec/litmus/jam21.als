// Java's access modes, written from the papers: J. Bender and J. Palsberg, "A Formalization of
// Java's Concurrent Access Modes", OOPSLA 2019 (JAM), as revised by S. Liu, J. Bender and
// J. Palsberg, "Compiling Volatile Correctly in Java", ECOOP 2022 (JAM21). Where this file departs
// from the papers it is weaker, so that what it forbids they forbid as well:
//   - load buffering is forbidden to opaque and stronger accesses only;
//   - a read orders a later write behind what it read from only if both are of one location, or the
//     modes order them;
//   - a compare-and-set is no fence between its own read and write.

// The order in which volatile accesses and full fences take effect, each with what follows it.
one sig Machine { turns : Event -> Event }
fun to : Event -> Event { Machine.turns }

// By release writes and acquire reads, which include volatile ones.
fun releaseAcquire : Event -> Event { (po :> (Release & Write)) + ((Acquire & Read) <: po) }

// By VarHandle.acquireFence, releaseFence, storeStoreFence.
fun fenced : Event -> Event {
    Read <: ((po :> AcquireFence).po)
        + ((po :> ReleaseFence).po) :> Write
        + (Write <: ((po :> StoreStoreFence).po)) :> Write
}

// Pairs that no other pair may come between: volatile accesses of a thread, or what a full fence
// is between.
fun push : Event -> Event { ((Volatile <: po) :> Volatile) - rmw + (po :> FullFence).po }

fun visible : Event -> Event { ^(releaseAcquire + fenced + push + rf + to.push) + po & same }

pred jam21 {
    let first = push.Event {
        to in first -> first
        to.to in to
        no to & iden
        all disj e, f : first | (e -> f in to or f -> e in to)
    }
    acyclic[to + (po + rf) & Ordered -> Ordered]
    // Coherence: no later write is before an earlier one, by what is visible where.
    ((Write <: visible) :> Write) & same in co
    (Write <: visible).(~rf) & same - iden in co
    ((Write <: visible).(po & same) :> Write) & same in co
    ((rf :> Ordered).po).(Ordered <: ~rf) & same - iden in co
}
