package dev.rollcall.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Bits of markup. Every text from outside goes through {@link #escape}. */
final class Html {
    private static final char MINUS = '\u2212';

    private Html() {}

    static String escape(String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;");
    }

    static String section(String id, String title, String body) {
        return "<section id=\"" + id + "\">\n<h2>" + escape(title) + "</h2>\n" + body + "</section>\n";
    }

    static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>\n";
    }

    static String list(List<String> items) {
        return items.stream()
                .map(item -> "<li>" + escape(item) + "</li>")
                .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>\n"));
    }

    /** A verdict as a coloured word. */
    static String verdict(boolean good, String word) {
        return "<span class=\"" + (good ? "good" : "bad") + "\">" + escape(word) + "</span>";
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace('-', MINUS);
    }

    /** With its sign, unless it is zero. */
    static String drift(long number) {
        return number == 0 ? "0" : String.format(Locale.ROOT, "%+,d", number).replace('-', MINUS);
    }
}
