/**
 * The races that any subject can be put through, one a file, with verdicts that follow from the guarantees alone.
 *
 * <p>Two actors race on a {@link dev.rollcall.stress.check.Sample}; when both are done, the arbiter writes one line:
 * an order of the operations that explains what was seen ("destroy, then timeout"), or the guarantee that is broken and
 * an order that would break it ("G1: ..."). Which subject it is, a system property of the virtual machine tells.
 */
package dev.rollcall.stress.check.races;
