// The memory model of AArch64, written from C. Pulte, S. Flur, W. Deacon, J. French, S. Sarkar and
// P. Sewell, "Simplifying ARM Concurrency", POPL 2018, and the Arm Architecture Reference Manual,
// B2.3; with each access as HotSpot compiles it there, JDK 17 to 25 (aarch64.ad, c1_LIRGenerator):
//
//                         C2                               C1 and the interpreter
//     volatile read       ldar                             dmb ish; ldr; dmb ishld
//     acquire read        ldar                             as volatile
//     volatile write      stlr                             dmb ishst; dmb ishld; str; dmb ish
//     release write       dmb ishst; dmb ishld; str        as volatile
//     compare-and-set     ldaxr; stlxr, or casal           the same; dmb ish
//     by release or less  ldxr; stlxr, or casl             as volatile
//     one that fails      ldaxr                            ldaxr
//     monitor, entering   ldaxr; stxr                      the same
//     monitor, leaving    as a release write               as a release write
//     plain, opaque       ldr, str                         the same
//     acquireFence        dmb ishld                        dmb ishld
//     releaseFence        dmb ishst; dmb ishld             the same
//     storeStoreFence     dmb ishst                        the same
//     fullFence           dmb ish                          dmb ish
//
// Where JDK 17 has dmb ish, JDK 25 may have dmb ishst; dmb ishld, which is weaker. ldaxr; stlxr is
// weaker than casal. Which compiler each access comes from is left open, so all mixtures are checked.

one sig Compiled { c1 : set Event } // by C1 or the interpreter
fun barriers : set Event { Compiled.c1 }

fun updating : set Event { rmw.Write + Read.rmw + Refused }
// ldar, ldaxr; stlr, stlxr.
fun A : set Event { Read & Acquire & (Event - barriers + updating) }
fun L : set Event { Write & ((Volatile - barriers) + updating - Entering) }

// Fences that an access brings along.
fun fullBefore : set Event { Acquire & Read & barriers - updating }
fun loadsAfter : set Event { Acquire & Read & barriers - updating }
fun releasing : set Event { Release & Write - L }
fun fullAfter : set Event { Release & Write & barriers }

fun fenceBefore [s : set Event] : Event -> Event { (po :> s).*po }
fun fenceAfter [s : set Event] : Event -> Event { (*po :> s).po }
fun fenceAt [f : set Event] : Event -> Event { (po :> f).po }

fun fenced64 : Event -> Event {
    fenceBefore[fullBefore] + fenceAfter[fullAfter] + fenceAt[FullFence]
        + Read <: (fenceAfter[loadsAfter] + fenceBefore[releasing] + fenceAt[AcquireFence + ReleaseFence])
        + (Write <: (fenceBefore[releasing] + fenceAt[ReleaseFence + StoreStoreFence])) :> Write
}
fun barrierOrdered : Event -> Event { A <: po + po :> L + (L <: po) :> A + fenced64 }
fun atomicOrdered : Event -> Event { rmw + ((Read.rmw <: (rf & po)) :> A) }
fun dependencyOrdered : Event -> Event { address + (address.po) :> Write }
fun observed : Event -> Event { (rf + co + fr) - po - ~po }

pred aarch64 {
    Initial & barriers in none
    // Internal visibility.
    acyclic[po & same + rf + co + fr]
    // External visibility.
    acyclic[observed + barrierOrdered + atomicOrdered + dependencyOrdered]
}
