package dev.rollcall.stress.storm;

import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;

/** What a client does. */
enum Act {
    CREATE_FIN((stage, random) -> Closing.createAndClose(stage, random, 1, false), 12),
    CREATE_RST((stage, random) -> Closing.createAndClose(stage, random, 1, true), 12),
    CREATE_100_FIN((stage, random) -> Closing.createAndClose(stage, random, 100, false), 4),
    CREATE_100_RST((stage, random) -> Closing.createAndClose(stage, random, 100, true), 4),
    CLAIM_AND_CLOSE(Closing::claimAndClose, 8),
    SAME_ID(Closing::sameId, 3),
    RECONNECT(Closing::reconnect, 4),
    MALFORMED(Messages::malformed, 2),
    BROKEN_FRAMES(Messages::brokenFrames, 2),
    FRAGMENTED(Messages::fragmented, 3),
    OVERSIZED(Messages::oversized, 2),
    PIPELINED(Messages::pipelined, 3),
    HTTP(Messages::http, 3),
    SILENT(Waiting::silent, 1),
    KEEPALIVE_AT_DEADLINE(Waiting::keepaliveAtDeadline, 1),
    /** These take as long as the gateway is patient, so a few clients begin with them. */
    HALF_OPEN(Waiting::halfOpen, 0),
    SLOW_READER(Waiting::slowReader, 0);

    private final Play play;
    private final int weight;

    Act(Play play, int weight) {
        this.play = play;
        this.weight = weight;
    }

    /** What happens in it. */
    @FunctionalInterface
    interface Play {
        void play(Stage stage, SplittableRandom random) throws IOException;
    }

    void play(Stage stage, SplittableRandom random) throws IOException {
        stage.tally().happened(name(), 1);
        play.play(stage, random);
    }

    /** One of these by weight; if none has any, all are alike. */
    static Act any(Set<Act> acts, SplittableRandom random) {
        int sum = acts.stream().mapToInt(act -> act.weight).sum();
        int left = random.nextInt(sum == 0 ? acts.size() : sum);
        for (Act act : acts) {
            left -= sum == 0 ? 1 : act.weight;
            if (left < 0) {
                return act;
            }
        }
        throw new AssertionError(left);
    }
}
