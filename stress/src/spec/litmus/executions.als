// What an execution of a litmus test is: reads, writes and fences, which write each read takes
// its value from, and in which order the writes of a location come. What is constant in a program
// (its events, program order, access modes) is appended to this file by dev.rollcall.stress.weak.

abstract sig Location {}
abstract sig Event {}
abstract sig Read, Write, Fence extends Event {}

// source (rf): the write that a read takes its value from.
// order (co): coherence, a total order of each location's writes.
one sig Execution { source : Write -> Read, order : Write -> Write }

fun rf : Write -> Read { Execution.source }
fun co : Write -> Write { Execution.order }
// From a read to the writes that come after the one that it read.
fun fr : Read -> Write { (~rf).co }
fun same : Event -> Event { at.~at }
pred acyclic [r : Event -> Event] { no ^r & iden }

pred wellFormed {
    rf in possible
    all r : Read | one rf.r
    co in same
    co.co in co
    no co & iden
    all disj v, w : Write | v -> w in same implies (v -> w in co or w -> v in co)
    all i : Initial, w : Write - Initial | i -> w in same implies i -> w in co
    // A compare-and-set that succeeds: nothing is written between its read and its write.
    no rmw & fr.co
}
