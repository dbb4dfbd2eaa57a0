/**
 * The smallest programs that show what a session manager breaks. Each runs alone, needs that project and nothing of this
 * one, and ends when it has seen it, or after a minute.
 */
package dev.rollcall.stress.subjects.programs;
