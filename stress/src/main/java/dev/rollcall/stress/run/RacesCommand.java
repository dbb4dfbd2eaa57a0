package dev.rollcall.stress.run;

import picocli.CommandLine.Command;

/** The races as a subcommand; picocli allows none that its root extends. */
@Command(
        name = "races",
        header = "Runs the races and their controls on real threads (jcstress). Takes minutes, a few tests seconds.",
        sortOptions = false)
public final class RacesCommand extends Races {
    /** Made by the command line. */
    public RacesCommand() {}
}
