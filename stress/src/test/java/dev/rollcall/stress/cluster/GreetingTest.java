package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.stress.gateway.GatewayCommand;
import dev.rollcall.stress.storm.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GreetingTest {
    private final Seats seats = Seats.parse("127.0.0.1:7900");

    private int lengthBeyondTheName() {
        return Greeting.of("", 100, seats).text().length();
    }

    @Test
    void greeting_ofTheLongestName_isReadWhole() throws Exception {
        String name = "x".repeat(Greeting.MOST_BYTES - lengthBeyondTheName());
        Seats free = Seats.parse(FreeSeats.of(1));
        Greeting longest = Greeting.of(name, 100, seats);
        assertThat(longest.text().getBytes(StandardCharsets.UTF_8)).hasSize(Greeting.MOST_BYTES);
        try (Seat taken = free.take(longest.text())) {
            // It is silent for as long as its thread has not run.
            assertThat(Await.until(
                            Duration.ofSeconds(20),
                            () -> free.probe(taken.number(), name)
                                    .equals(new Seats.Answer(Seats.Finding.TAKEN, longest.text()))))
                    .isTrue();
        }
    }

    /** Of letters that take two bytes each. */
    @Test
    void command_nameTooLong_isRefused_andNamesTheOption() {
        String name = "é".repeat((Greeting.MOST_BYTES - lengthBeyondTheName()) / 2 + 1);
        StringWriter err = new StringWriter();

        int status = new CommandLine(new GatewayCommand())
                .setErr(new PrintWriter(err))
                .execute(
                        "--host=nosuch.invalid",
                        "--cluster",
                        name,
                        "--fleet-limit=100",
                        "--cluster-seats=127.0.0.1:7900");
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("--cluster must be shorter by ").contains(" bytes: " + name);
    }
}
