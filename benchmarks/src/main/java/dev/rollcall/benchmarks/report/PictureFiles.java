package dev.rollcall.benchmarks.report;

import dev.rollcall.benchmarks.peers.Subject;
import dev.rollcall.benchmarks.report.PriceTables.Condition;
import dev.rollcall.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The README's picture, for light pages and for dark ones. */
public final class PictureFiles {
    private PictureFiles() {}

    /**
     * Draws create + destroy, Rollcall and all others.
     *
     * @param folder where to, as performance-light.png and performance-dark.png
     */
    public static void write(ResultsFile file, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Condition> conditions = PriceTables.conditions(file, PriceTables.REPLACE);
        for (Palette palette : Palette.values()) {
            byte[] png = Picture.png(
                    Charts.throughput(palette, file, PriceTables.REPLACE, conditions, PictureFiles::isShown));
            String name = "performance-" + palette.name().toLowerCase(Locale.ROOT) + ".png";
            Files.write(folder.resolve(name), png);
        }
    }

    private static boolean isShown(Subject subject) {
        return subject == Subject.EXACT || subject == Subject.BARE_MAP || subject.isRival();
    }
}
