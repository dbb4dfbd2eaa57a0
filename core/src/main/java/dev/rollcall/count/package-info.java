/**
 * The counter strategies: ways to answer "how many sessions are live", each with what it promises
 * against the table. {@link dev.rollcall.count.CounterStrategy} is what a user chooses from.
 */
package dev.rollcall.count;
