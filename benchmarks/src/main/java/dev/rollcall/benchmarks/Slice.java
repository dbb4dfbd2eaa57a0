package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import java.util.SplittableRandom;

/** One thread's part of the live sessions: no other thread destroys them. */
final class Slice {
    private final Peer.Client client;
    private final long[] ids;
    private final SplittableRandom random;

    /** Creates the sessions. */
    Slice(Peer peer, int size, int thread) {
        this.client = peer.connect("benchmark-" + thread);
        this.ids = new long[size];
        this.random = new SplittableRandom(thread);
        for (int i = 0; i < size; i++) {
            ids[i] = client.create();
        }
    }

    Peer.Client client() {
        return client;
    }

    /** The id of one of the slice's sessions. */
    long randomId() {
        return ids[random.nextInt(ids.length)];
    }

    /** Destroys a random session of the slice and creates one in its place. */
    long replaceOne() {
        int victim = random.nextInt(ids.length);
        if (!client.destroy(ids[victim])) {
            throw new IllegalStateException("a live session could not be destroyed");
        }
        long created = client.create();
        ids[victim] = created;
        return created;
    }
}
