/** Numbers that a benchmark finds besides its time, handed to JMH as secondary results. */
package dev.rollcall.benchmarks.figures;
