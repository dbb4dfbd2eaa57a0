package dev.rollcall.stress.run;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bugs that a text cites. Its parts are separated by semicolons. {@code janus-gateway #1850 and
 * PR #3643} cites two, and what follows a colon explains; a part that gives no number cites itself.
 */
final class Citations {
    private static final Pattern NUMBERED = Pattern.compile("(?:([A-Za-z][\\w./-]*) )?(?:PR )?#(\\d+)|UNDERTOW-(\\d+)");
    private static final Set<String> NO_PROJECTS = Set.of("and", "PR");

    private Citations() {}

    static Set<String> of(String text) {
        Set<String> cited = new LinkedHashSet<>();
        for (String part : text.split("; ", -1)) {
            // A fix is another thing than the bug that it was made for.
            if (part.startsWith("fix of ") || !NUMBERED.matcher(part).find()) {
                cited.add(part);
            } else {
                addNumbered(part, cited);
            }
        }
        return cited;
    }

    /** Whether it names a public report, or Janus as it was measured: not a mere explanation. */
    static boolean isOfTheField(String citation) {
        return NUMBERED.matcher(citation).find() || citation.startsWith("Janus: ");
    }

    private static void addNumbered(String part, Set<String> cited) {
        Matcher numbered = NUMBERED.matcher(part);
        String project = "";
        while (numbered.find()) {
            if (numbered.group(3) != null) {
                cited.add("UNDERTOW-" + numbered.group(3));
            } else {
                String named = numbered.group(1);
                project = named == null || NO_PROJECTS.contains(named) ? project : named;
                cited.add(project + " #" + numbered.group(2));
            }
        }
    }
}
