package dev.rollcall.lincheck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An operation of a program that is called before its threads start or after they have ended. Nothing can come in
 * between its accesses, so Lincheck has no use for following them, which costs it as much as those of the race. What
 * it returns is verified like any other result.
 *
 * @param operation a public method of the operations' class
 * @param arguments what it is called with
 */
public record AtRest(Method operation, List<Object> arguments) {
    /** Lincheck finds what it is to ignore by the name of a class, and for that the method has to be static. */
    static Object call(AtRest call, Object operations) throws Throwable {
        try {
            return call.operation.invoke(operations, call.arguments.toArray());
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** As Lincheck prints it. */
    @Override
    public String toString() {
        return operation.getName()
                + arguments.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
