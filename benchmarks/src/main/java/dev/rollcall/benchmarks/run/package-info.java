/** Running benchmarks: which, for how long, in what order. */
package dev.rollcall.benchmarks.run;
