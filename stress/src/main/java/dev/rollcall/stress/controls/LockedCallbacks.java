package dev.rollcall.stress.controls;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Two shards whose listener is called with the shard's lock held and calls back into the other
 * shard: each thread waits for the other's lock (janus-gateway #2546, #1263 and #210). The callback
 * only tries the lock, and reports instead of hanging.
 */
public final class LockedCallbacks {
    private final ReentrantLock[] locks = {new ReentrantLock(), new ReentrantLock()};

    /** Ends a session of a shard; the listener looks into the other one. */
    public String end(int shard) {
        locks[shard].lock();
        try {
            ReentrantLock other = locks[1 - shard];
            if (!other.tryLock()) {
                return "would block";
            }
            other.unlock();
            return "told";
        } finally {
            locks[shard].unlock();
        }
    }
}
