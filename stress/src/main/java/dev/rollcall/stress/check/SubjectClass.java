package dev.rollcall.stress.check;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/**
 * The class of an adapter, found by name on the class path.
 *
 * @param type the class
 */
public record SubjectClass(Class<? extends SessionSubject> type) {
    /** Tells the virtual machine that runs the races which class it is. */
    static final String PROPERTY = "rollcall.subject";

    /**
     * Finds it.
     *
     * @throws AdapterFailure if there is no such class, or it is no adapter
     */
    public static SubjectClass named(String className) {
        Class<?> found;
        try {
            found = Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new AdapterFailure(
                    "there is no class " + className + " on the class path; call java -cp your.jar:rollcall-stress.jar "
                            + "dev.rollcall.stress.StressMain check");
        } catch (LinkageError e) {
            throw new AdapterFailure(
                    className + " cannot be loaded: " + e + (e.getCause() == null ? "" : ": " + e.getCause()));
        }
        if (!SessionSubject.class.isAssignableFrom(found)) {
            throw new AdapterFailure(className + " does not implement " + SessionSubject.class.getName());
        }
        return new SubjectClass(found.asSubclass(SessionSubject.class));
    }

    /** A manager without sessions. */
    public SessionSubject open() {
        try {
            Constructor<? extends SessionSubject> constructor = type.getConstructor();
            return constructor.newInstance();
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AdapterFailure(type.getName() + " is not public, or has no public constructor without arguments");
        } catch (InstantiationException e) {
            throw new AdapterFailure(type.getName() + " is abstract");
        } catch (InvocationTargetException e) {
            throw AdapterFailure.thrown(type, "<init>", e.getCause());
        } catch (LinkageError e) {
            throw AdapterFailure.thrown(type, "<init>", e);
        }
    }

    /** Whether it implements an optional part. */
    boolean offers(Class<?> part) {
        return part.isAssignableFrom(type);
    }

    /** Whether all samples share one manager. */
    boolean isShared() {
        return offers(SessionSubject.Shared.class);
    }
}
