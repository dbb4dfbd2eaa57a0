package dev.rollcall.stress.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a mutant: the sources that it changes, against the classes on the class path. What comes
 * out belongs in front of core on a class path. Only classes of the changed sources are in it, nested
 * ones included; all others of core stay as they are. Several threads may use it.
 */
final class Compiler {
    private static final String RELEASE = "17";

    /** The compiler copies the values of such fields into other classes, which stay as they are. */
    private static final Pattern CONSTANT = Pattern.compile("static final (int|long|boolean|char|byte|String) ");

    private final JavaCompiler compiler;
    private final Path sources;

    /** What a manager has read of the class path serves the thread's next mutant. It is for one thread at a time. */
    private final ThreadLocal<StandardJavaFileManager> managers;

    /**
     * A compiler.
     *
     * @param sources the folder of core's sources
     */
    Compiler(Path sources) {
        this.compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
                .orElseThrow(() -> new IllegalStateException("there is no compiler: this needs a JDK"));
        this.sources = sources;
        this.managers = ThreadLocal.withInitial(() -> compiler.getStandardFileManager(null, null, null));
    }

    /**
     * Compiles.
     *
     * @param out an empty folder, or one that does not exist
     * @return the folder with the classes
     * @throws Mutant.InvalidException if the mutant does not apply or does not compile
     */
    Path compile(Mutant mutant, Path out) throws IOException {
        Path changed = out.resolve("sources");
        Path classes = Files.createDirectories(out.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (String file : mutant.files()) {
            Path original = sources.resolve(file);
            if (!Files.isRegularFile(original)) {
                throw new Mutant.InvalidException(mutant.name(), "does not apply, for there is no " + file);
            }
            String source = Files.readString(original);
            String mutated = mutant.applied(file, source);
            requireSameConstants(mutant, source, mutated);
            Path copy = changed.resolve(file);
            Files.createDirectories(copy.getParent());
            files.add(Files.writeString(copy, mutated));
        }
        compile(mutant, files, classes);
        return classes;
    }

    private static void requireSameConstants(Mutant mutant, String source, String mutated) {
        if (!constants(source).equals(constants(mutated))) {
            throw new Mutant.InvalidException(
                    mutant.name(), "changes a constant, whose value other classes have been compiled with");
        }
    }

    private static List<String> constants(String source) {
        return source.lines().filter(line -> CONSTANT.matcher(line).find()).toList();
    }

    private void compile(Mutant mutant, List<Path> files, Path classes) {
        StringWriter complaints = new StringWriter();
        StandardJavaFileManager manager = managers.get();
        List<String> options = List.of(
                "--release",
                RELEASE,
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-g",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        boolean isCompiled = compiler.getTask(
                        complaints, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                .call();
        if (!isCompiled) {
            throw new Mutant.InvalidException(mutant.name(), "does not compile\n" + complaints);
        }
    }

    /** The names of the compiled classes. */
    static List<String> names(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file).toString())
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .map(file -> file.replace(File.separatorChar, '.'))
                    .sorted()
                    .toList();
        }
    }
}
