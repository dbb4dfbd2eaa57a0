/**
 * The counters behind two of the {@linkplain dev.rollcall.CounterStrategy counter strategies}: a
 * number that is kept beside the table. The other strategies ask the shards and need no counter.
 *
 * <p>Not exported: a counter cannot be plugged in.
 */
@NullMarked
package dev.rollcall.count;

import org.jspecify.annotations.NullMarked;
