package dev.rollcall.stress.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.RejectReason;
import dev.rollcall.micrometer.SessionMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators are told. */
class FiguresTest {
    private final World world = new World();
    private final Figures figures = figures(world.client);

    private Figures figures(ClientApi client) {
        return new Figures(world.sessions, world.terms, world.connections, Fleet.NONE, client.refusals());
    }

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

    private JsonNode rejected(ClientApi client) {
        return figures(client).json().path("rejected");
    }

    /** The manager counts each try. */
    @Test
    void create_thatSucceedsInTheEnd_isNotRefused() {
        Fleet fleet = new Fleet() {
            @Override
            public CompletableFuture<Boolean> more() {
                boolean isWorthIt = world.sessions.counts().rejectedCreates(RejectReason.LIMIT_REACHED) < 3;
                world.sessions.setMaxSessions(isWorthIt ? 3 : 4);
                return CompletableFuture.completedFuture(true);
            }
        };
        ClientApi client = new ClientApi(world.sessions, world.terms, fleet, Runnable::run);
        String create = World.json("{'janus':'create','transaction':'t'}");
        for (int i = 0; i < 4; i++) {
            assertThat(world.peer.ask(client, create)).contains("success");
        }
        assertThat(world.sessions.counts().rejectedCreates(RejectReason.LIMIT_REACHED))
                .isEqualTo(3);
        assertThat(rejected(client).path("LIMIT_REACHED").asInt()).isZero();
        assertThat(world.peer.ask(client, create)).contains("\"code\":472");
        assertThat(rejected(client).path("LIMIT_REACHED").asInt()).isEqualTo(1);
    }

    @Test
    void claim_withoutTheSecret_isRefused() {
        world.ask("{'janus':'create','transaction':'t','id':5,'claim_secret':'mine'}");
        world.peer("ws-2").ask(world.client, World.json("{'janus':'claim','transaction':'t','session_id':5}"));
        assertThat(rejected(world.client).path("WRONG_SECRET").asInt()).isEqualTo(1);
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
