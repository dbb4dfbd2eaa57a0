package dev.rollcall.stress.storm;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps alive, once a second, what is to outlive the storm. */
final class Keeper {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    Keeper(Stage stage, Held held, Crowd crowd) {
        thread = new Thread(() -> keep(stage, held, crowd), "storm-keeper");
        thread.setDaemon(true);
        thread.start();
    }

    private void keep(Stage stage, Held held, Crowd crowd) {
        try {
            do {
                held.keepAlive();
                crowd.stayConnected();
            } while (!stop.await(1, TimeUnit.SECONDS));
        } catch (IOException lost) {
            stage.tally().violation(Check.HELD, "a held socket failed: " + lost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once this has returned, nobody keeps anything alive. */
    void stop() throws InterruptedException {
        stop.countDown();
        thread.join();
    }
}
