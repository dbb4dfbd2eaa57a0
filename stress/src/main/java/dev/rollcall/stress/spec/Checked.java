package dev.rollcall.stress.spec;

import java.util.Locale;

/**
 * A model and what came of checking it.
 *
 * @param model the model
 * @param outcome what TLC found
 * @param millis how long it took
 */
record Checked(Model model, Outcome outcome, long millis) {
    boolean passed() {
        return outcome.confirms(model);
    }

    double seconds() {
        return millis / 1000.0;
    }

    /** One line for the terminal. */
    String line() {
        String verdict = passed() ? "ok  " : "FAIL";
        String text = model.isSound() || !passed() ? outcome.found() : "refuted by " + outcome.found();
        String wanted = passed() ? "" : ", expected " + model.expected();
        String steps = outcome.steps() == 0 ? "" : ", counterexample of " + outcome.steps() + " states";
        return String.format(
                Locale.ROOT,
                "%s %-38s %,10d states %6.1f s  %s%s%s",
                verdict,
                model.name(),
                outcome.states(),
                seconds(),
                text,
                steps,
                wanted);
    }
}
