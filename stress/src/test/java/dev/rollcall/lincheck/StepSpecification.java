package dev.rollcall.lincheck;

import java.util.List;

/**
 * A sequential specification whose operations may take several atomic steps.
 *
 * <p>Linearizability demands that each operation take effect at one instant. Some do not promise
 * that: a sweep ends what is due one session after the other, a transport's loss first refuses
 * newcomers and then detaches its sessions. What they do promise is a sequence of atomic steps
 * between call and return. A history is correct if its steps can be put in an order that respects
 * the operations' real-time order and explains every result. With one step per operation this is
 * linearizability.
 *
 * @param <S> the state. Immutable; two states are the same if their texts are
 */
public interface StepSpecification<S> {
    /**
     * The state that every scenario starts from.
     *
     * @return the state
     */
    S initial();

    /**
     * Where an operation stands that has been called and has not taken a step.
     *
     * @param call the operation
     * @return its position
     */
    Position<S> start(Call call);

    /**
     * One operation of a history.
     *
     * @param operation the name of the method
     * @param arguments what it was called with
     * @param result what it returned
     */
    record Call(String operation, List<Object> arguments, Object result) {
        int intArgument(int index) {
            return (Integer) arguments.get(index);
        }
    }

    /**
     * Where an operation stands. Two positions are the same if their texts are.
     *
     * @param <S> the state
     */
    @FunctionalInterface
    interface Position<S> {
        /**
         * All steps that the operation may take next, given the result that it will return.
         *
         * @param state the state before the step
         * @return none if it cannot go on from there
         */
        List<Step<S>> steps(S state);
    }

    /**
     * One step.
     *
     * @param state the state after it
     * @param position where the operation stands after it, or null if it returns
     * @param <S> the state
     */
    record Step<S>(S state, Position<S> position) {}
}
