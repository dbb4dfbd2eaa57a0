/**
 * The smallest programs that show what a session manager breaks. Each runs alone, needs that project and nothing of this
 * one, and ends when it has seen it, or after a minute. Each says with which versions it was seen. With the jars of another
 * version in a folder {@code lib}, the compiler is not needed: {@code java -cp "lib/*" TomcatLimit.java}.
 */
package dev.rollcall.stress.subjects.programs;
