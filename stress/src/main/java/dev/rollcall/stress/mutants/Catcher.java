package dev.rollcall.stress.mutants;

import java.io.IOException;
import java.nio.file.Path;

/** A check of the suite that runs on the sound core in every build, and here on a mutant. */
sealed interface Catcher permits RaceCatcher, TestCatcher {
    /** How mutants name it. */
    String name();

    /**
     * Whether it passed on the sound core in this build: how many samples it took, 1 for a test. Zero if
     * the build has left no result of it that is newer than the sound classes.
     */
    long soundSamples() throws IOException;

    /**
     * Runs it.
     *
     * @param classes goes in front of the class path; null for the sound core
     * @param work a folder for whatever it leaves behind
     * @param samples how many samples to take at least of the sound core
     */
    Finding run(Path classes, Path work, long samples) throws IOException, InterruptedException;

    /** Whether it needs the machine alone. */
    boolean isAlone();
}
