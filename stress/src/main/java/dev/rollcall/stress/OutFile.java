package dev.rollcall.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The file that a command writes its results to, once it has them. */
public final class OutFile {
    private OutFile() {}

    /**
     * Finds out whether it can be written, before a run that would be for nothing. Makes its folders, and an empty
     * file if there is none.
     *
     * @param command the command with the option {@code --out}
     * @param file what the option says, or null
     * @throws ParameterException if it cannot be written
     */
    public static void check(CommandSpec command, Path file) {
        if (file == null) {
            return;
        }
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException cannot) {
            throw new ParameterException(
                    command.commandLine(), "--out " + file + " cannot be written: " + cannot, cannot);
        }
    }
}
