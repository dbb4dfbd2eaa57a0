package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.peers.Peer;
import java.util.SplittableRandom;

/** One thread's part of the live sessions: no other thread destroys them. */
final class Slice {
    private final Peer.Client client;
    private final int size;
    private final SplittableRandom random;

    /** With its sessions. */
    Slice(Peer.Client client, int size, int thread) {
        this.client = client;
        this.size = size;
        this.random = new SplittableRandom(thread);
        createAll();
    }

    Peer.Client client() {
        return client;
    }

    int size() {
        return size;
    }

    /** The seat of one of the slice's sessions. */
    int randomSeat() {
        return random.nextInt(size);
    }

    /** Destroys a random session of the slice and creates one in its place; returns its seat. */
    int replaceOne() {
        int victim = randomSeat();
        if (!client.destroy(victim)) {
            throw new IllegalStateException("a live session could not be destroyed");
        }
        client.create(victim);
        return victim;
    }

    /** Creates a session in every seat. */
    void createAll() {
        for (int seat = 0; seat < size; seat++) {
            client.create(seat);
        }
    }

    /** Keeps every session of the slice alive. */
    void keepAllAlive() {
        for (int seat = 0; seat < size; seat++) {
            keepAlive(seat);
        }
    }

    /** Keeps a random session of the slice alive; returns its seat. */
    int keepOneAlive() {
        int seat = randomSeat();
        keepAlive(seat);
        return seat;
    }

    private void keepAlive(int seat) {
        if (!client.keepAlive(seat)) {
            throw new IllegalStateException("a live session was not kept alive");
        }
    }
}
