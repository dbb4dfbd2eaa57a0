package dev.rollcall.stress.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.micrometer.SessionMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators are told. */
class FiguresTest {
    private final World world = new World();
    private final Figures figures = new Figures(world.sessions, world.terms, world.connections, Fleet.NONE);

    @Test
    void health_tellsWhatAnOperatorHasToKnow() {
        world.pass(Duration.ZERO);
        assertThat(figures.health()).isEqualTo("READY");
        world.ticker.advance(Duration.ofSeconds(2));
        assertThat(figures.health()).isEqualTo("LATE");
        world.sessions.sweep();
        world.sessions.drain();
        assertThat(figures.health()).isEqualTo("DRAINING");
        world.sessions.close();
        assertThat(figures.health()).isEqualTo("CLOSED");
    }

    @Test
    void history_holdsSamples_theLastFewMinutes() {
        world.session(5, world.peer);
        for (int i = 0; i < 310; i++) {
            figures.sample();
        }
        world.peer.transport().gone();
        figures.sample();

        JsonNode history = figures.json().path("history");
        assertThat(history).hasSize(300);
        assertThat(history.get(0).get(1).asInt()).isEqualTo(1);
        assertThat(history.get(299).get(1).asInt()).isZero();
        assertThat(history.get(299).get(2).asInt()).isEqualTo(1);
    }

    @Test
    void audit_isShownUntilTheNext() {
        assertThat(figures.json().path("audit").isNull()).isTrue();
        world.session(5, world.peer);
        figures.audit();
        assertThat(figures.json().path("audit").path("checked").asInt()).isEqualTo(1);
        assertThat(figures.json().path("audit").path("drift").asInt()).isZero();
    }

    @Test
    void audit_thatIsUnderWay_delaysNobody() {
        figures.audit(() -> {
            assertThat(figures.audit()).isNull();
            // Of another thread, for a lock would let this one in.
            assertThat(CompletableFuture.supplyAsync(figures::json)
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join()
                            .path("audit")
                            .isNull())
                    .isTrue();
            return world.sessions.audit();
        });
        assertThat(figures.json().path("audit").path("drift").asInt()).isZero();
        assertThat(figures.audit()).isNotNull();
    }

    @Test
    void refusals_areCountedByReason() {
        for (int i = 0; i < 5; i++) {
            world.ask("{'janus':'create','transaction':'t'}");
        }
        JsonNode json = figures.json();
        assertThat(json.path("rejected").path("LIMIT_REACHED").asInt()).isEqualTo(2);
        assertThat(json.path("live").asInt()).isEqualTo(3);
        assertThat(new Metrics(List.of(new SessionMetrics(world.sessions))).scrape())
                .contains(
                        "rollcall_rejections_total{manager=\"world\",operation=\"create\",reason=\"limit_reached\"} 2.0\n")
                .contains("rollcall_sessions_limit{manager=\"world\"} 3.0\n");
    }
}
