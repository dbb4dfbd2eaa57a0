package dev.rollcall.stress.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What races say of adapters that pass the probe. */
class RacesTest {
    private static final int LONGEST_MILLIS = 128_000;

    @TempDir
    private Path folder;

    private List<String> seen(SubjectClass subject, String race, int millis) throws IOException {
        return new CheckRun(subject, Pattern.compile(race), folder, done -> {})
                .run(millis).stream()
                        .flatMap(result -> result.lines().stream())
                        .map(CheckResult.Line::text)
                        .toList();
    }

    /** For longer and longer, until it is seen: on a busy machine two threads seldom meet. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BadCreates$RefusalEndsOthers | CreateVsCreate$ | BROKEN IDENTITY: create(id) succeeds -> create(id) refused, which takes the session of the first away",
                "BadCreates$RefusalEndsOthers | CreateVsCreateAtLimit | BROKEN LIMIT: create succeeds -> create refused, which takes the session of the first away",
                "BadCreates$RefusalEndsOthers | CreateVsDestroyAtLimit | BROKEN LIMIT: destroy -> create succeeds; a lookup does not find its session",
                "BadCreates$WritesBack | CreateVsCreateOfAnother | BROKEN ONE_END: create -> create; one of the two sessions is gone, though nobody ended it",
                "BadTransports$LossKeepsWhatIsDue | TimeoutVsTransportGone | BROKEN ONE_END: timeout -> gone; a lookup still finds it, and nothing will end it",
                "BadTransports$LossLeavesAttached | TimeoutVsTransportGone | BROKEN ORPHANS: timeout -> gone; the session is attached to the transport that is gone",
                "BadTransports$CreateOutlivesLoss | CreateVsTransportGone | BROKEN ORPHANS: gone ends what it finds -> create leaves a session that no loss will end",
                "BadTransports$SweepsClaimed | ClaimVsReclaimTimeout | BROKEN GRACE: the sweep finds the grace over -> claim succeeds -> the sweep ends the session",
                "BadTransports$SweepsServed | ClaimVsReclaimTimeout | BROKEN GRACE: the sweep finds the grace over -> claim succeeds -> the sweep ends the session",
                "BadTransports$SweepsUnserved | ClaimVsReclaimTimeout | claim -> timeout; GRACE is not judged, for the answer is UNTOLD",
                "BadTransports$RefusesBothClaims | ClaimVsClaim | BROKEN CLAIM: claim by B -> claim by C; neither moves the session",
            })
    void race_badAdapter_saysWhatIsBrokenOrUntold(String adapter, String race, String line) throws Exception {
        SubjectClass subject = SubjectClass.named("dev.rollcall.stress.check." + adapter);
        Probe.ask(subject);
        List<String> seen = List.of();
        for (int millis = 1_000; !seen.contains(line) && millis <= LONGEST_MILLIS; millis *= 2) {
            seen = seen(subject, race, millis);
        }

        assertThat(seen).contains(line);
    }

    /** A claimed session that is idle may time out, and one that is detached may be found. */
    @Test
    void races_claimIsNoActivity_breakNothing() throws Exception {
        SubjectClass subject = new SubjectClass(BadTransports.ClaimIsNoActivity.class);
        Probe.ask(subject);

        assertThat(seen(subject, "Claim|Gone", 5_000)).isNotEmpty().noneMatch(Promise::isBroken);
    }
}
