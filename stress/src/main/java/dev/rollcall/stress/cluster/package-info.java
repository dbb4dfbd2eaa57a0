/**
 * Several gateways as one fleet: one figure, one limit, one directory. The engine is JGroups, which
 * tells who is there and carries messages. {@code stress/CLUSTER.md} says what is promised.
 *
 * <p>There is no total that is kept. A node tells what it holds, and whoever wants a total adds up:
 * {@link dev.rollcall.stress.cluster.Parts} for figures, {@link dev.rollcall.stress.cluster.Pool}
 * for permits, {@link dev.rollcall.stress.cluster.Directory} for ids. What a node held goes with
 * it. {@link dev.rollcall.stress.cluster.Cluster} ties them to the engine, on one thread.
 */
package dev.rollcall.stress.cluster;
