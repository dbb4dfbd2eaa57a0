/**
 * Anyone's session manager under the races of the suite. {@link dev.rollcall.stress.check.SessionSubject} is what an
 * adapter implements; {@link dev.rollcall.stress.check.CheckCommand} is the command.
 */
package dev.rollcall.stress.check;
