package dev.rollcall.stress.weak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * What the byte code of some classes has of accesses that order memory: those of volatile fields, of
 * VarHandles and of atomic numbers; fences, monitors, parking. Places are classes without their
 * package, and methods; what a lambda does is its method's.
 */
final class Accesses {
    /**
     * One access.
     *
     * @param place class and method
     * @param field what is accessed: a field, a constant that holds a VarHandle, or empty for a fence
     * @param access what and in which mode, as {@link Instruction#access} has it
     */
    record Access(String place, String field, String access) implements Comparable<Access> {
        @Override
        public int compareTo(Access other) {
            return line().compareTo(other.line());
        }

        String line() {
            return place + " | " + field + " | " + access;
        }
    }

    private static final String ATOMICS = "java/util/concurrent/atomic/";

    private final Map<String, ClassNode> classes = new TreeMap<>();
    private final Set<Access> found = new LinkedHashSet<>();
    private final Set<String> methods = new TreeSet<>();
    private final Set<String> handleCalls = new TreeSet<>();

    private Accesses() {}

    /** Those of all classes below a directory. */
    static Accesses read(Path directory) throws IOException {
        Accesses accesses = new Accesses();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(accesses::add);
        }
        accesses.classes.values().forEach(accesses::scan);
        return accesses;
    }

    /** Those of a method in the order in which each comes first in the byte code. */
    Set<Access> found() {
        return found;
    }

    /** All methods, as places. */
    Set<String> methods() {
        return methods;
    }

    /** The signature of each call of a VarHandle. */
    Set<String> handleCalls() {
        return handleCalls;
    }

    private void add(Path file) {
        try {
            ClassNode node = new ClassNode();
            new ClassReader(Files.readAllBytes(file)).accept(node, ClassReader.SKIP_DEBUG);
            classes.put(node.name, node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void scan(ClassNode owner) {
        for (MethodNode method : owner.methods) {
            String place = simple(owner.name) + '.' + source(method.name);
            methods.add(place);
            if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                found.add(new Access(place, "monitor", "update acquire"));
            }
            Frame<SourceValue>[] frames = frames(owner, method);
            for (int i = 0; i < frames.length; i++) {
                if (frames[i] != null) { // else it is never reached
                    scan(place, method.instructions.get(i), frames[i]);
                }
            }
        }
    }

    private static Frame<SourceValue>[] frames(ClassNode owner, MethodNode method) {
        try {
            return new Analyzer<>(new SourceInterpreter()).analyzeAndComputeMaxs(owner.name, method);
        } catch (AnalyzerException e) {
            throw new IllegalStateException(owner.name + '.' + method.name, e);
        }
    }

    private void scan(String place, AbstractInsnNode instruction, Frame<SourceValue> frame) {
        if (instruction instanceof FieldInsnNode access && isVolatile(access)) {
            boolean isRead = access.getOpcode() == Opcodes.GETFIELD || access.getOpcode() == Opcodes.GETSTATIC;
            found.add(new Access(place, name(access), isRead ? "read volatile" : "write volatile"));
        } else if (instruction instanceof InsnNode && instruction.getOpcode() == Opcodes.MONITORENTER) {
            found.add(new Access(place, "monitor", "update acquire"));
        } else if (instruction instanceof MethodInsnNode call) {
            scan(place, call, frame);
        }
    }

    private void scan(String place, MethodInsnNode call, Frame<SourceValue> frame) {
        if (call.owner.equals("java/lang/invoke/VarHandle") && call.getOpcode() == Opcodes.INVOKESTATIC) {
            found.add(new Access(place, "", "fence " + call.name.replace("Fence", "")));
        } else if (call.owner.equals("java/lang/invoke/VarHandle")) {
            found.add(new Access(place, receiver(place, call, frame), ofHandle(call.name)));
            handleCalls.add(call.name + call.desc);
        } else if (call.owner.startsWith(ATOMICS) && !call.name.equals("<init>")) {
            String access = call.owner.endsWith("Adder") ? ofAdder(call.name) : ofAtomic(call.name);
            found.add(new Access(place, receiver(place, call, frame), access));
        } else if (call.owner.equals("java/util/concurrent/locks/LockSupport")) {
            found.add(new Access(place, "permit", call.name.equals("unpark") ? "write release" : "update acquire"));
        } else if (call.owner.startsWith("java/util/concurrent/locks/")
                || call.owner.startsWith("java/util/concurrent/Concurrent")
                || call.owner.contains("/Unsafe")) {
            found.add(new Access(place, simple(call.owner), "unknown"));
        }
    }

    /** The field that the object of a call was read from. */
    private String receiver(String place, MethodInsnNode call, Frame<SourceValue> frame) {
        int arguments = Type.getArgumentTypes(call.desc).length;
        Set<AbstractInsnNode> sources = frame.getStack(frame.getStackSize() - 1 - arguments).insns;
        List<String> names = new ArrayList<>();
        for (AbstractInsnNode source : sources) {
            names.add(source instanceof FieldInsnNode field ? name(field) : "?");
        }
        if (names.size() != 1 || names.contains("?")) {
            throw new IllegalStateException(place + ": cannot tell whose " + call.name + " is called");
        }
        return names.get(0);
    }

    private static String ofHandle(String name) {
        return switch (name) {
            case "get" -> "read plain";
            case "set" -> "write plain";
            case "getOpaque" -> "read opaque";
            case "setOpaque" -> "write opaque";
            case "getAcquire" -> "read acquire";
            case "setRelease" -> "write release";
            case "getVolatile" -> "read volatile";
            case "setVolatile" -> "write volatile";
            default -> "update " + ofUpdate(name);
        };
    }

    private static String ofUpdate(String name) {
        if (name.endsWith("Acquire")) {
            return "acquire";
        }
        if (name.endsWith("Release")) {
            return "release";
        }
        return name.endsWith("Plain") ? "plain" : "volatile";
    }

    private static String ofAtomic(String name) {
        return switch (name) {
            case "get", "intValue", "longValue" -> "read volatile";
            case "set" -> "write volatile";
            case "lazySet" -> "write release";
            case "getPlain" -> "read plain";
            case "setPlain" -> "write plain";
            default -> ofHandle(name);
        };
    }

    /** What java.util.concurrent.atomic.Striped64 does. */
    private static String ofAdder(String name) {
        return name.startsWith("sum") || name.endsWith("Value") ? "read volatile" : "update release";
    }

    private boolean isVolatile(FieldInsnNode access) {
        FieldNode field = declared(access);
        return field != null && (field.access & Opcodes.ACC_VOLATILE) != 0;
    }

    private String name(FieldInsnNode access) {
        String owner = access.owner;
        while (classes.containsKey(owner) && field(classes.get(owner), access.name) == null) {
            owner = classes.get(owner).superName;
        }
        return simple(owner) + '.' + access.name;
    }

    private FieldNode declared(FieldInsnNode access) {
        String owner = access.owner;
        while (classes.containsKey(owner)) {
            FieldNode field = field(classes.get(owner), access.name);
            if (field != null) {
                return field;
            }
            owner = classes.get(owner).superName;
        }
        return null;
    }

    private static FieldNode field(ClassNode owner, String name) {
        return owner.fields.stream()
                .filter(field -> field.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }

    private static String source(String method) {
        return method.startsWith("lambda$") ? method.split("\\$", -1)[1] : method;
    }
}
