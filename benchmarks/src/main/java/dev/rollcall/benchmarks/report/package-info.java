/**
 * The report: one page that opens offline, from the drift replay, the stress verdict and the
 * benchmark results. {@link dev.rollcall.benchmarks.report.Report} puts it together.
 */
package dev.rollcall.benchmarks.report;
