package dev.rollcall.stress.run;

import dev.rollcall.stress.mutants.Mutant;
import java.util.Collections;
import java.util.List;

/**
 * Bugs of real session managers, caches, pools and gateways by which a count drifted or a session
 * ended wrongly. For each either controls or mutants of core cite it, or it cannot happen here for a reason.
 */
final class FieldBugs {
    /**
     * One bug, or several with one cause.
     *
     * @param reports where it was reported, as {@link Citations} reads it
     * @param story what went wrong
     * @param reason why it cannot happen here; empty if a control or a mutant shows it
     */
    record Bug(String reports, String story, String reason) {
        /** The controls that reproduce it. */
        List<StressTest> controls(List<StressTest> tests) {
            return tests.stream()
                    .filter(test -> test.kind() == Kind.CONTROL)
                    .filter(test -> isCitedBy(test.control().source()))
                    .toList();
        }

        /** The mutants of core with the same bug. */
        List<Mutant> mutants(List<Mutant> mutants) {
            return mutants.stream().filter(mutant -> isCitedBy(mutant.real())).toList();
        }

        private boolean isCitedBy(String text) {
            return !Collections.disjoint(Citations.of(text), Citations.of(reports));
        }
    }

    static final List<Bug> ALL = List.of(
            shown("janus-gateway #3526", "a timeout removes the session and forgets the number"),
            shown("janus-gateway #3532", "a lost transport removes the session and forgets the number"),
            shown("fix of janus-gateway #3526 and #3532", "every path decrements, whether or not it removed"),
            shown("janus-gateway #3533", "no event for a session that ends with its transport"),
            shown("janus-gateway #1850 and PR #3643", "the grace is measured from the last activity"),
            shown("janus-gateway PR #2143", "no session timeout, hence no sweep, for lost sessions neither"),
            shown("janus-gateway PR #1990", "the owner is read while a claim replaces it"),
            shown("janus-gateway #2546, #1263 and #210", "two locks in two orders, by way of a callback"),
            impossible(
                    "janus-gateway #1274 and #1282",
                    "the timeout of one session closes a transport that others use",
                    "an end takes the session off its transport's list; only `gone()` closes the transport"),
            shown("Janus: creates handled after the loss of their transport", "orphans, for ever without a timeout"),
            shown("Janus: claims handled after the loss of their transport", "the same by a claim"),
            shown("Janus: keepalive acknowledged against the watchdog", "alive, then timed out"),
            shown("Janus: a claim told success for a session that has just timed out", "false success"),
            shown("Janus: the watchdog scans all sessions every two seconds", "creates wait for its mutex meanwhile"),
            shown("Janus: two destroyed events", "destroy against timeout, both tell"),
            shown("Janus: destroyed before created", "each tells after its change, in no order"),
            impossible(
                    "Janus: attach of a handle against the clearing of handles",
                    "the number of handles stays one too high",
                    "sessions have no handles that would be counted"),
            impossible(
                    "Janus: shutdown",
                    "no events, and the number is not reset",
                    "`close()` ends each session by the path of every end, which counts and tells"),
            shown("Tomcat PR #713", "`++` on a plain number: more expired than created"),
            shown("OpenLiberty #16539", "invalidated within a request, decremented again after it"),
            shown("OpenLiberty #12158 and #9717", "a setting chooses: decrement twice, or never"),
            shown("OpenLiberty #35814 and PR #35815", "visible to the reaper before it has a deadline"),
            shown("jetty #6602", "closed while it is opened: the close is told first, then it is tracked for ever"),
            shown("jetty #14196", "entered while eviction takes it away"),
            shown("jetty #2427", "the timer of an expired session fires again"),
            impossible(
                    "jetty #3284 and PR #3296",
                    "a wall clock that jumps: the timer fires early",
                    "a sweep judges by the session's own deadline and a monotonic ticker, rounded against early ends"
                            + " (TimeoutTest)"),
            shown("jetty #415; apereo/cas PR #1589", "a long timeout overflows an `int`"),
            shown("UNDERTOW-2147", "an invalidated session is put back under its new id"),
            shown("UNDERTOW-1869 and UNDERTOW-1972", "two creates with one id both win"),
            shown("UNDERTOW-804", "figures that belong together are updated one by one"),
            shown("UNDERTOW-1331 and UNDERTOW-1343", "destroyed sessions stay in the queue that the limit goes by"),
            shown("spring-framework #29375 and #30998", "up in one transport's counter, down in another's"),
            shown(
                    "SignalR #3459; aspnet/SignalR #1292; mosca #118",
                    "the same after a fallback; disconnects unmatched"),
            shown("spring-framework #36742", "a save puts the former id back"),
            shown("spring-security #19338", "an index entry found empty is dropped with what was added meanwhile"),
            shown("spring-session #93", "an id left in an old expiry bucket: a live session is cleaned up"),
            shown("spring-session #1280", "a long request writes back an older last access"),
            shown("vertx-web #1748", "check of the version, then put"),
            impossible(
                    "vertx-web #1125",
                    "removed by an id that has changed, hence never",
                    "an id is final, and a session is unlinked as itself"),
            shown("vertx-web #2692", "a reaper that looks at every session, every second"),
            shown("cometd #970 and #971", "resume and suspend leave the wrong deadline"),
            shown("cometd #1716 and PR #1717", "a deadline left at zero: never swept"),
            shown("netty #14959", "a permit is given back on expiry and on cancel: the limit rises"),
            shown("netty #4020", "registered after the group was closed: stays open"),
            shown("HikariCP #128; dcache PR #1346", "shutdown and the owner both decrement"),
            shown("reactor-pool PR #147", "a figure below zero for a moment"),
            shown("commons-pool PR #385; hector #602", "returned twice, decremented twice"),
            shown("caffeine #412", "removal against expiry: the wrong cause, the wrong order"),
            shown("caffeine #859", "not told until the next activity, if there is one"),
            shown("infinispan PR #6256 (ISPN-9514)", "the expiry of an entry removes its equal successor"),
            shown("hazelcast PR #6310", "evicted and expired, both told"),
            shown("livekit #2649 and #2679", "left twice: the gauge goes negative"),
            shown("livekit #2333", "the gauge only ever rises"),
            shown("envoy #22390, #22127 and PR #46108", "a refused connection is decremented: 2^64, all refused"),
            shown("eclipse-hono #1856", "the same at authorization"),
            shown("eclipse-hono #248", "an unexpected disconnect decrements nothing"),
            shown("etcd #14758", "a lease is kept alive while it is being revoked"),
            shown("emqx #18442", "the difference of two tables is negative during takeover"),
            shown("interactsh #1379", "counted before a check that may fail"),
            shown("agent-portal #1256; fluxmq PR #597", "a late disconnect removes the successor"),
            shown("Openfire PR #2085", "removed twice: another client's route goes"),
            shown("claude-threads PR #331; PrepPilot #372 and #1451", "limit checked, then inserted"));

    private FieldBugs() {}

    private static Bug shown(String reports, String story) {
        return new Bug(reports, story, "");
    }

    private static Bug impossible(String reports, String story, String reason) {
        return new Bug(reports, story, reason);
    }
}
