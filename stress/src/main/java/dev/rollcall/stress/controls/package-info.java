/**
 * Deliberately defective implementations, each named after the real bug that it reproduces. A check
 * that lets one of them pass proves nothing, so the verdict demands that every control is caught.
 *
 * <p>They are models, written from the public reports: a few lines that keep the shape of the
 * original defect and nothing else.
 */
package dev.rollcall.stress.controls;
