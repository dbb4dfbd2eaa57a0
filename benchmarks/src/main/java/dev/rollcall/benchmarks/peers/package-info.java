/**
 * What is measured, each behind one small adapter and written as its own users would write it.
 *
 * <p>A new peer is a class that implements {@link dev.rollcall.benchmarks.peers.Peer} and a
 * constant of {@link dev.rollcall.benchmarks.peers.Subject}.
 *
 * <p>The stress module's {@code check} has adapters of some of the same managers. {@link
 * dev.rollcall.benchmarks.peers.CheckedPeer} measures every one of them as it is raced; the wheel is one class for both.
 * Caffeine, Tomcat, Jetty and Vert.x have a peer each besides, because it differs in what is measured: ids are numbers where
 * the manager takes numbers, there is no listener that remembers ends, a create is one call and not a request, timeouts are
 * those of the question, and handles can be kept. What is alike is how such a manager is started, some ten lines each.
 */
package dev.rollcall.benchmarks.peers;
