/**
 * The judgement over mutation testing: which mutants of the library the unit tests may let live, and
 * why.
 */
package dev.rollcall.stress.mutation;
