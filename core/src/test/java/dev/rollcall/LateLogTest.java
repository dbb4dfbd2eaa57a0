package dev.rollcall;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input, design section 9: logging that is not up yet when the library first has something to
 * report. In a JVM of its own, see {@link LateLog}.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // longer than ChildJvm waits, which says where it hangs
class LateLogTest {
    @Test
    void failure_logIsFoundAtTheSecondLookup_isLoggedFromThenOn(@TempDir Path services) throws Exception {
        Path directory = Files.createDirectories(services.resolve("META-INF").resolve("services"));
        Files.writeString(directory.resolve(System.LoggerFinder.class.getName()), LateLog.class.getName());
        ChildJvm.java(List.of(
                "-cp", services + File.pathSeparator + System.getProperty("java.class.path"), LateLog.class.getName()));
    }
}
