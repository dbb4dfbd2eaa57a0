/** The project's goals of speed and size: what has to be measured for each, and what the answer is. */
package dev.rollcall.benchmarks.goals;
