/**
 * The formal specification's place in the build: {@link dev.rollcall.stress.spec.SpecCheck} lets TLC
 * check every model of {@code src/spec} and demands that the sound ones hold and that each variant
 * is refuted by the property that it is there to break.
 */
package dev.rollcall.stress.spec;
