/** A benchmark run on file: JMH's own results, with the machine, JDK, commit and command. */
package dev.rollcall.benchmarks.results;
