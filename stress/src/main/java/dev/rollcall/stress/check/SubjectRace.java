package dev.rollcall.stress.check;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a race that any subject can be put through, if it offers what the race needs. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SubjectRace {
    /** What it judges. */
    Promise[] proves();

    /** The optional parts of {@link SessionSubject} that it uses. */
    Class<?>[] needs() default {};

    /** Whether the line of a sample tells which of the two operations was first, whatever the adapter implements. */
    boolean tellsOrder() default false;

    /** Whether it changes its manager for good, so that it needs one of its own for each sample. */
    boolean needsOwnManager() default false;
}
