package dev.rollcall.stress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a stress file, whose nested classes are the tests: what races, and what must hold. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Scenario {
    /** The operations set against each other: every pair of two, or one against itself. */
    Operation[] race();

    /** The guarantees that a forbidden outcome would break. */
    Guarantee[] proves();
}
