/**
 * What exactness costs. One class per question, named after its noun; the program is {@link
 * dev.rollcall.benchmarks.BenchmarksMain}.
 */
package dev.rollcall.benchmarks;
