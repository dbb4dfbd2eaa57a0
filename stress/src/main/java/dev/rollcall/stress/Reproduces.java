package dev.rollcall.stress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a control, a test of a deliberately defective implementation: which real bug it shows. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Reproduces {
    /** The class of the bug. */
    Mechanism mechanism();

    /** The bug's public reports. */
    String source();
}
