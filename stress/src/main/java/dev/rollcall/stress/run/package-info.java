/**
 * Runs the scenarios and judges the result. jcstress itself is green when a test was skipped or a
 * control was not caught; {@link dev.rollcall.stress.run.Verdict} is not.
 */
package dev.rollcall.stress.run;
