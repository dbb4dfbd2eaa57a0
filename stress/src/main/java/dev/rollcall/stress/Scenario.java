package dev.rollcall.stress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a stress file, whose nested classes are the tests: what races, and what must hold. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Scenario {
    /** One operation against itself, or every two of several; with {@link #against} one side. */
    Operation[] race();

    /** The other side: each of these races each of {@link #race}, but not one another. */
    Operation[] against() default {};

    /** The guarantees that a forbidden outcome would break. */
    Guarantee[] proves();
}
