/**
 * The subjects that come with the suite, each written as its own users write it, and the list of them,
 * {@link dev.rollcall.stress.subjects.Shipped}.
 */
package dev.rollcall.stress.subjects;
