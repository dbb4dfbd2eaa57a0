/**
 * The soak: a randomized run of everything at once, audited while it moves, with the history of
 * every session checked at the end. {@link dev.rollcall.stress.soak.SoakCommand} is the command.
 */
package dev.rollcall.stress.soak;
