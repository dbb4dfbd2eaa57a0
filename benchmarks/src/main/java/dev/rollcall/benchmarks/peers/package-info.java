/**
 * What is measured, each behind one small adapter and written as its own users would write it.
 *
 * <p>A new peer is a class that implements {@link dev.rollcall.benchmarks.peers.Peer} and a
 * constant of {@link dev.rollcall.benchmarks.peers.Subject}.
 */
package dev.rollcall.benchmarks.peers;
