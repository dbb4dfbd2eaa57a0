package dev.rollcall.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What Surefire wrote about some test classes.
 *
 * @param tests how many tests ran
 * @param bad those that failed, by name
 * @param seconds their times, added up
 * @param controls what those tests that are about a defect say that it is, and whether they passed
 * @param scenarios scenarios that were model-checked
 * @param interleavings at most, of all scenarios
 * @param finished when the last of the files was written, null if there is none
 */
record JunitFiles(
        int tests,
        List<String> bad,
        double seconds,
        List<Evidence.Control> controls,
        long scenarios,
        long interleavings,
        Instant finished) {
    /** What tests print for this. */
    private static final Pattern CONTROL = Pattern.compile("(?m)^control: (\\S+)$");

    private static final Pattern CHECKED =
            Pattern.compile("(?m)^model checking: (\\d+) scenarios of at most (\\d+) interleavings$");

    /** Reads those of a folder; one that is broken is a failure. */
    static JunitFiles read(Path folder, Predicate<String> classes, List<String> failures) throws IOException {
        JunitFiles sum = new JunitFiles(0, List.of(), 0, List.of(), 0, 0, null);
        if (!Files.isDirectory(folder)) {
            return sum;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> testClass(file) != null && classes.test(testClass(file)))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            try {
                sum = sum.plus(parse(file));
            } catch (SAXException | NumberFormatException e) {
                failures.add(file.getFileName() + " is broken: " + e.getMessage());
            }
        }
        return sum;
    }

    JunitFiles plus(JunitFiles other) {
        return new JunitFiles(
                tests + other.tests,
                joined(bad, other.bad),
                seconds + other.seconds,
                joined(controls, other.controls),
                scenarios + other.scenarios,
                interleavings + other.interleavings,
                finished == null || (other.finished != null && other.finished.isAfter(finished))
                        ? other.finished
                        : finished);
    }

    /** Everything that makes the report red. */
    List<String> reasons(String kind) {
        return bad.stream().map(test -> kind + ": " + test + " failed").toList();
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The class that a file is about, null if the file is no report. */
    private static String testClass(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-") && name.endsWith(".xml")
                ? name.substring("TEST-".length(), name.length() - ".xml".length())
                : null;
    }

    private static JunitFiles parse(Path file) throws IOException, SAXException {
        NodeList cases = root(file).getElementsByTagName("testcase");
        int tests = 0;
        double seconds = 0;
        long scenarios = 0;
        long interleavings = 0;
        List<String> bad = new ArrayList<>();
        List<Evidence.Control> controls = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            if (has(test, "skipped")) {
                continue;
            }
            tests++;
            seconds += Double.parseDouble(test.getAttribute("time").replace(",", ""));
            boolean isBad = has(test, "failure") || has(test, "error");
            if (isBad) {
                bad.add(test.getAttribute("classname") + '.' + test.getAttribute("name"));
            }
            String printed = printed(test);
            Matcher control = CONTROL.matcher(printed);
            while (control.find()) {
                controls.add(new Evidence.Control(control.group(1), !isBad, ""));
            }
            Matcher checked = CHECKED.matcher(printed);
            while (checked.find()) {
                long some = Long.parseLong(checked.group(1));
                scenarios += some;
                interleavings += some * Long.parseLong(checked.group(2));
            }
        }
        Instant finished = Files.getLastModifiedTime(file).toInstant();
        return new JunitFiles(tests, bad, seconds, controls, scenarios, interleavings, finished);
    }

    private static boolean has(Element test, String tag) {
        return test.getElementsByTagName(tag).getLength() > 0;
    }

    private static String printed(Element test) {
        NodeList output = test.getElementsByTagName("system-out");
        return output.getLength() == 0 ? "" : output.item(0).getTextContent().replace("\r", "");
    }

    private static Element root(Path file) throws IOException, SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Throws, where the parser's own would print as well.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(file.toFile()).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
