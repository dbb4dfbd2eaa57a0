package dev.rollcall.stress.check;

import dev.rollcall.stress.check.CheckResult.Cell;
import dev.rollcall.stress.check.CheckResult.Status;
import dev.rollcall.stress.check.CheckResult.Subject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The result for the terminal: a row for each promise of one subject, or a row for each of several subjects. */
final class CheckTable {
    private CheckTable() {}

    static void print(PrintWriter out, List<Subject> subjects) {
        subjects.forEach(subject -> print(out, subject));
        if (subjects.size() > 1) {
            out.printf("%n%-38s %-10s %s%n", "subject", "held", "broken");
            subjects.forEach(subject -> out.printf(
                    "%-38s %-10s %s%n",
                    subject.title(),
                    count(subject, Status.HELD) + " of "
                            + (subject.cells().size() - count(subject, Status.NOT_OFFERED)),
                    brokenOnes(subject)));
        }
    }

    private static void print(PrintWriter out, Subject subject) {
        out.printf("%n%s %s (%s)%n", subject.title(), subject.version(), subject.adapter());
        for (Cell cell : subject.cells()) {
            out.printf("  %-18s %s%n", cell.promise().label(), said(cell));
        }
        subject.unexpected().forEach(what -> out.println("  NOT AS EXPECTED: " + what));
    }

    private static String said(Cell cell) {
        return switch (cell.status()) {
            case HELD -> String.format(Locale.ROOT, "held         in %,d samples", cell.samples()) + rareOrder(cell);
            case BROKEN ->
                String.format(
                        Locale.ROOT,
                        "BROKEN       in %s of %,d samples of %s: %s",
                        share(cell),
                        cell.samples(),
                        cell.race(),
                        cell.order());
            case NOT_OFFERED -> "not offered  " + cell.order();
            case NOT_JUDGED -> "RED          " + cell.race() + (cell.race().isEmpty() ? "" : ": ") + cell.order();
        };
    }

    /** What weakens the evidence that a promise held, after a semicolon. */
    static String rareOrder(Cell cell) {
        return cell.order().isEmpty() ? "" : "; " + cell.order();
    }

    /** In percent, or as a number if it is rare. */
    static String share(Cell cell) {
        return cell.percent() < 0.1
                ? String.format(Locale.ROOT, "%,d", cell.broken())
                : String.format(Locale.ROOT, cell.percent() < 10 ? "%.1f %%" : "%.0f %%", cell.percent());
    }

    private static long count(Subject subject, Status status) {
        return subject.cells().stream().filter(cell -> cell.status() == status).count();
    }

    private static String brokenOnes(Subject subject) {
        return String.join(
                ", ",
                subject.cells().stream()
                        .filter(cell -> cell.status() == Status.BROKEN || cell.status() == Status.NOT_JUDGED)
                        .map(cell -> cell.promise().label()
                                + (cell.status() == Status.BROKEN ? " (" + share(cell) + ")" : " (red)"))
                        .toList());
    }
}
