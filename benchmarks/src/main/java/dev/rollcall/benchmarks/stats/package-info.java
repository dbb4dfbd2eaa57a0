/** From iterations to a fork's figure, from forks to an interval, from an interval to a verdict. */
package dev.rollcall.benchmarks.stats;
