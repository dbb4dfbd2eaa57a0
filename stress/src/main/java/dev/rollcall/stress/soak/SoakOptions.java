package dev.rollcall.stress.soak;

import java.time.Duration;

/**
 * What a soak is told.
 *
 * @param length how long the work goes on
 * @param seed of all choices
 * @param workers threads that perform operations, besides the clock's and the auditor's
 * @param defect the control, or NONE
 */
record SoakOptions(Duration length, long seed, int workers, Defect defect) {}
