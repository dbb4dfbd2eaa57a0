package dev.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README and of the user guide compile and run, and print what they say. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```\\s+It prints `([^`]+)`", Pattern.DOTALL);

    private static final Pattern TESTING = Pattern.compile("```java\\n(ManualTicker .*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void example_compiledAndRun_printsWhatTheReadmeSays() throws Exception {
        Matcher example = found(Path.of("..", "README.md"), EXAMPLE);
        compile(example.group(1));
        assertThat(run().trim()).isEqualTo(example.group(2));
    }

    /** It asserts by itself what it shows. */
    @Test
    void exampleOfATest_compiledAndRun_passes() throws Exception {
        compile(found(Path.of("GUIDE.md"), TESTING).group(1));
        assertThat(run()).isEmpty();
    }

    private static Matcher found(Path page, Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(page));
        assertThat(matcher.find()).as(page + " has the example").isTrue();
        return matcher;
    }

    private void compile(String body) throws IOException {
        Path source = Files.writeString(folder.resolve("Example.java"), """
                import static org.junit.jupiter.api.Assertions.assertEquals;

                import dev.rollcall.*;
                import java.time.Duration;

                public class Example {
                    public static void main(String[] args) {
                %s
                    }
                }
                """.formatted(body));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        errors,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    private String run() throws Exception {
        PrintStream standardOut = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ReadmeTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(standardOut);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
