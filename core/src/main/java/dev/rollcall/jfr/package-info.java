/**
 * The events that the JDK's Flight Recorder is given. They are named {@code dev.rollcall.…} in a
 * recording, where each has its description. Only {@code dev.rollcall.FlightLog} uses these classes,
 * and only if the JDK has a Flight Recorder.
 *
 * <p>Not exported: what an application relies on are the names in the recording.
 */
@NullMarked
package dev.rollcall.jfr;

import org.jspecify.annotations.NullMarked;
