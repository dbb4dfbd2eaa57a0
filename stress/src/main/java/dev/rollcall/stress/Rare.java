package dev.rollcall.stress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names acceptable outcomes of a sound variant that need not be seen in a run: they are right, but
 * too rare on some machine, in some JVM mode, to be asked of every short run. All other acceptable
 * outcomes must be seen, or the verdict is red.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Rare {
    /** The outcomes' ids, as the variant declares them. */
    String[] value();
}
