/**
 * A manager for JMX consoles: {@link dev.rollcall.jmx.ManagementBean} registers it. Needs the
 * module {@code java.management}, which an application that has no JMX may leave out.
 */
@NullMarked
package dev.rollcall.jmx;

import org.jspecify.annotations.NullMarked;
