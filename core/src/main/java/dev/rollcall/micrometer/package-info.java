/**
 * A manager's figures for <a href="https://micrometer.io">Micrometer</a>: {@link
 * dev.rollcall.micrometer.SessionMetrics} for the counts, {@link
 * dev.rollcall.micrometer.SessionTimers} for how long sessions live and how fast they are claimed.
 *
 * <p>Micrometer is an optional dependency: an application that uses this package brings {@code
 * io.micrometer:micrometer-core} along, as module {@code micrometer.core} if it has modules. What
 * each meter means and what to alarm on is in {@code OPERATIONS.md}.
 */
@NullMarked
package dev.rollcall.micrometer;

import org.jspecify.annotations.NullMarked;
