/**
 * How to embed a session manager: one file each, of less than sixty lines, to be copied. {@code
 * ExamplesTest} runs them all.
 */
@NullMarked
package dev.rollcall.examples;

import org.jspecify.annotations.NullMarked;
