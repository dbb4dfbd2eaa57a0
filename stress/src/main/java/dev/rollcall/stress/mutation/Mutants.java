package dev.rollcall.stress.mutation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What PIT made of each mutant, from its {@code mutations.xml}.
 *
 * @param statuses how many mutants there are of each status
 * @param classes the mutated classes
 * @param survivors how many mutants survived at each place
 */
record Mutants(Map<String, Integer> statuses, Set<String> classes, Map<Place, Integer> survivors) {
    static final String PACKAGE = "dev.rollcall.";

    private static final Set<String> SURVIVED = Set.of("SURVIVED", "NO_COVERAGE");
    private static final Set<String> KILLED = Set.of("KILLED", "TIMED_OUT", "MEMORY_ERROR", "NON_VIABLE");

    /** The compiler numbers lambdas anew whenever one is added. */
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    /**
     * Where mutants were made. Lines are left out: they move.
     *
     * @param type the class, without {@link #PACKAGE}
     * @param method its method, that of a lambda the one around it
     * @param mutator PIT's mutator, by its shortest name
     */
    record Place(String type, String method, String mutator) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return type + " | " + method + " | " + mutator;
        }
    }

    /**
     * Reads PIT's report.
     *
     * @throws IOException if it cannot be read or is none
     */
    static Mutants read(Path file) throws IOException {
        Map<String, Integer> statuses = new TreeMap<>();
        Set<String> classes = new TreeSet<>();
        Map<Place, Integer> survivors = new TreeMap<>();
        NodeList mutations = root(file).getElementsByTagName("mutation");
        for (int i = 0; i < mutations.getLength(); i++) {
            Element mutation = (Element) mutations.item(i);
            String type = text(mutation, "mutatedClass").replaceFirst("^" + Pattern.quote(PACKAGE), "");
            String status = mutation.getAttribute("status");
            classes.add(type);
            statuses.merge(status, 1, Integer::sum);
            if (SURVIVED.contains(status)) {
                Place place =
                        new Place(type, method(text(mutation, "mutatedMethod")), mutator(text(mutation, "mutator")));
                survivors.merge(place, 1, Integer::sum);
            }
        }
        return new Mutants(statuses, classes, survivors);
    }

    int all() {
        return statuses.values().stream().mapToInt(Integer::intValue).sum();
    }

    int killed() {
        return sum(KILLED);
    }

    int survived() {
        return sum(SURVIVED);
    }

    /** Those that PIT could neither kill nor spare: it broke down or was stopped. */
    int undecided() {
        return all() - killed() - survived();
    }

    private int sum(Set<String> of) {
        return of.stream().mapToInt(status -> statuses.getOrDefault(status, 0)).sum();
    }

    private static Element root(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Throws, where the parser's own would print as well.
            builder.setErrorHandler(new DefaultHandler());
            Element root = builder.parse(file.toFile()).getDocumentElement();
            if (root.getTagName().equals("mutations")) {
                return root;
            }
            throw new IOException(file + " is no report of PIT's");
        } catch (SAXException e) {
            throw new IOException(file + " is broken: " + e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Element mutation, String tag) {
        return mutation.getElementsByTagName(tag).item(0).getTextContent();
    }

    private static String method(String name) {
        Matcher lambda = LAMBDA.matcher(name);
        if (!lambda.matches()) {
            return name;
        }
        return switch (lambda.group(1)) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> lambda.group(1);
        };
    }

    private static String mutator(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace("Mutator", "");
    }
}
