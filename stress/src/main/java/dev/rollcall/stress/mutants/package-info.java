/**
 * Mutants of core, written by hand: each a small patch of core's own sources ({@code src/mutants})
 * that puts one real bug in. {@link dev.rollcall.stress.mutants.MutantsCommand} compiles each beside
 * core and has it run against the sound scenarios, model checks and tests that vouch for the
 * guarantee. Each of these must notice.
 *
 * <p>Not to be confused with {@code dev.rollcall.stress.mutation}, which judges the mutants that PIT
 * generates by the hundred, and that unit tests have to notice.
 */
package dev.rollcall.stress.mutants;
