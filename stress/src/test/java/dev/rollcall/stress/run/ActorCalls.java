package dev.rollcall.stress.run;

import static org.objectweb.asm.Opcodes.ASM9;

import dev.rollcall.CounterStrategy;
import dev.rollcall.stress.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.openjdk.jcstress.annotations.Actor;

/**
 * What the actors of a variant call, from its byte code: which operations of the manager, directly or
 * by way of this module's helpers, and which counter strategy the manager has.
 */
final class ActorCalls {
    private static final String HELPERS = "dev/rollcall/stress/";
    private static final String STRATEGY = Type.getInternalName(CounterStrategy.class);

    /** What a method of the library does, by class and name. The others observe or configure. */
    private static final Map<String, Operation> OPERATIONS = new HashMap<>();

    static {
        String manager = "dev/rollcall/SessionManager.";
        String session = "dev/rollcall/Session.";
        String transport = "dev/rollcall/Transport.";
        OPERATIONS.put(manager + "create", Operation.CREATE);
        OPERATIONS.put("java/util/function/LongSupplier.getAsLong", Operation.CREATE);
        OPERATIONS.put(manager + "find", Operation.LOOKUP);
        OPERATIONS.put(session + "isLive", Operation.LOOKUP);
        OPERATIONS.put(session + "transport", Operation.LOOKUP);
        OPERATIONS.put(session + "phase", Operation.LOOKUP);
        OPERATIONS.put(manager + "keepAlive", Operation.KEEPALIVE);
        OPERATIONS.put(session + "keepAlive", Operation.KEEPALIVE);
        OPERATIONS.put(session + "setSessionTimeout", Operation.SET_TERMS);
        OPERATIONS.put(session + "setReclaimTimeout", Operation.SET_TERMS);
        OPERATIONS.put(session + "setClaimSecret", Operation.SET_TERMS);
        OPERATIONS.put(manager + "claim", Operation.CLAIM);
        OPERATIONS.put(session + "claim", Operation.CLAIM);
        OPERATIONS.put(manager + "destroy", Operation.DESTROY);
        OPERATIONS.put(session + "destroy", Operation.DESTROY);
        OPERATIONS.put(manager + "destroyByAdmin", Operation.DESTROY);
        OPERATIONS.put(session + "destroyByAdmin", Operation.DESTROY);
        OPERATIONS.put(manager + "sweep", Operation.TIMEOUT);
        OPERATIONS.put(transport + "gone", Operation.TRANSPORT_GONE);
        OPERATIONS.put(transport + "close", Operation.TRANSPORT_GONE);
        OPERATIONS.put(manager + "setMaxSessions", Operation.SET_LIMIT);
        OPERATIONS.put(manager + "drain", Operation.DRAIN);
        OPERATIONS.put(manager + "close", Operation.SHUTDOWN);
        OPERATIONS.put(manager + "count", Operation.COUNT);
        OPERATIONS.put(manager + "counts", Operation.COUNT);
        OPERATIONS.put(transport + "count", Operation.COUNT);
        OPERATIONS.put(manager + "forEach", Operation.LISTING);
        OPERATIONS.put(manager + "sessions", Operation.LISTING);
        OPERATIONS.put(manager + "sessionInfos", Operation.LISTING);
        OPERATIONS.put(transport + "sessions", Operation.LISTING);
        OPERATIONS.put(session + "info", Operation.LISTING);
        OPERATIONS.put(manager + "audit", Operation.AUDIT);
    }

    /** A method of a helper class. */
    private record Method(String owner, String name, String descriptor) {}

    /** What one method does itself, and which helpers it calls. */
    private static final class Body {
        private final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        private final Set<Method> calls = new HashSet<>();
        private final Set<String> strategies = new HashSet<>();
        private boolean isActor;
    }

    private static final Map<String, Map<Method, Body>> CLASSES = new HashMap<>();

    /** The operations of each actor and of the listeners that it calls; a companion is one more, without a name. */
    private final Map<String, Set<Operation>> actors = new TreeMap<>();

    private final Set<String> strategies = new HashSet<>();

    private ActorCalls() {}

    static ActorCalls of(Class<?> variant) {
        ActorCalls found = new ActorCalls();
        Set<Operation> beside = EnumSet.noneOf(Operation.class);
        bodies(Type.getInternalName(variant)).forEach((method, body) -> {
            if (body.isActor) {
                found.actors.put(method.name(), reached(method, new HashSet<>()));
            } else if (method.name().equals("<init>") || method.name().equals("<clinit>")) {
                found.strategies.addAll(strategiesOf(method, new HashSet<>()));
            } else if (method.name().startsWith("lambda$new") || method.name().startsWith("lambda$static")) {
                beside.addAll(reached(method, new HashSet<>()));
            }
        });
        beside.addAll(ofCompanion(variant));
        if (!beside.isEmpty()) {
            found.actors.put("", beside);
        }
        for (Class<?> listener : variant.getDeclaredClasses()) {
            bodies(Type.getInternalName(listener)).keySet().stream()
                    .map(method -> reached(method, new HashSet<>()))
                    .forEach(called -> found.actors.values().forEach(actor -> actor.addAll(called)));
        }
        return found;
    }

    /** Methods that a companion, which is a constant, repeats. */
    private static Set<Operation> ofCompanion(Class<?> variant) {
        Set<Operation> beside = EnumSet.noneOf(Operation.class);
        Map<Method, Body> own = bodies(Type.getInternalName(variant));
        own.forEach((method, body) -> {
            if (method.name().equals("<clinit>")) {
                body.calls.stream()
                        .filter(call -> call.owner().equals(method.owner())
                                && !call.name().equals("<init>"))
                        .forEach(call -> beside.addAll(reached(call, new HashSet<>())));
            }
        });
        return beside;
    }

    Map<String, Set<Operation>> actors() {
        return actors;
    }

    /** All operations of all actors. */
    Set<Operation> operations() {
        Set<Operation> all = EnumSet.noneOf(Operation.class);
        actors.values().forEach(all::addAll);
        return all;
    }

    /** Whether two different actors may meet in these operations. */
    boolean races(Operation one, Operation other) {
        List<Set<Operation>> sets = new ArrayList<>(actors.values());
        for (int i = 0; i < sets.size(); i++) {
            for (int j = 0; j < sets.size(); j++) {
                if (i != j && sets.get(i).contains(one) && sets.get(j).contains(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The strategy that the variant sets, EXACT unless it sets one. */
    CounterStrategy strategy() {
        if (strategies.size() > 1) {
            throw new IllegalStateException("several strategies: " + strategies);
        }
        return strategies.isEmpty()
                ? CounterStrategy.EXACT
                : CounterStrategy.valueOf(strategies.iterator().next());
    }

    private static Set<Operation> reached(Method method, Set<Method> visited) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        Body body = bodies(method.owner()).get(method);
        if (body != null && visited.add(method)) {
            operations.addAll(body.operations);
            body.calls.forEach(call -> operations.addAll(reached(call, visited)));
        }
        return operations;
    }

    private static Set<String> strategiesOf(Method method, Set<Method> visited) {
        Set<String> strategies = new HashSet<>();
        Body body = bodies(method.owner()).get(method);
        if (body != null && visited.add(method)) {
            strategies.addAll(body.strategies);
            body.calls.forEach(call -> strategies.addAll(strategiesOf(call, visited)));
        }
        return strategies;
    }

    private static Map<Method, Body> bodies(String owner) {
        Map<Method, Body> bodies = CLASSES.get(owner);
        if (bodies == null) {
            bodies = read(owner);
            CLASSES.put(owner, bodies);
        }
        return bodies;
    }

    private static Map<Method, Body> read(String owner) {
        Map<Method, Body> bodies = new HashMap<>();
        try (InputStream bytes = ActorCalls.class.getResourceAsStream('/' + owner + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException("no class file of " + owner);
            }
            new ClassReader(bytes)
                    .accept(
                            new ClassVisitor(ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access,
                                        String name,
                                        String descriptor,
                                        String signature,
                                        String[] exceptions) {
                                    Body body = new Body();
                                    bodies.put(new Method(owner, name, descriptor), body);
                                    return new Calls(body);
                                }
                            },
                            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return bodies;
    }

    /** Notes what a method calls. */
    private static final class Calls extends MethodVisitor {
        private final Body body;

        Calls(Body body) {
            super(ASM9);
            this.body = body;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            body.isActor |= descriptor.equals(Type.getDescriptor(Actor.class));
            return null;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (owner.equals(STRATEGY)) {
                body.strategies.add(name);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            called(owner, name, descriptor);
        }

        /** A lambda's body, or the method that is referred to, counts as called here. */
        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    called(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void called(String owner, String name, String descriptor) {
            Operation operation = OPERATIONS.get(owner + '.' + name);
            if (operation != null) {
                body.operations.add(operation);
            } else if (owner.startsWith(HELPERS)) {
                body.calls.add(new Method(owner, name, descriptor));
            }
        }
    }
}
