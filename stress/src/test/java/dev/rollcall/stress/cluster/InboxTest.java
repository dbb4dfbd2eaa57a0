package dev.rollcall.stress.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of others, some of which are none. */
class InboxTest {
    /** Held, for loggers are weakly reachable. */
    private static final Logger LOG = Logger.getLogger(Inbox.class.getName());

    private final List<Level> logged = new ArrayList<>();
    private final List<Notice> read = new ArrayList<>();
    private final Inbox inbox = new Inbox(Runnable::run, (from, notice) -> read.add(notice), view -> {});
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getLevel());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.setLevel(Level.INFO);
        LOG.setUseParentHandlers(false);
        LOG.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
        LOG.setLevel(null);
    }

    private static Message message(String text) {
        return message(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Message message(byte[] bytes) {
        return new BytesMessage(null, bytes).setSrc(UUID.randomUUID());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "hello",
                "{}",
                "{\"is\":\"nothing\"}",
                "{\"is\":\"grant\",\"view\":\"1\",\"round\":1}",
                "{\"is\":\"grant\",\"view\":null,\"round\":1,\"permits\":1}",
                "{\"is\":\"grant\",\"view\":\"1\",\"round\":null,\"permits\":1}",
                "{\"is\":\"part\",\"view\":\"1\",\"node\":\"\",\"url\":\"\",\"sequence\":1,\"told\":1,\"live\":1,\"attached\":1,"
                        + "\"detached\":1,\"created\":1,\"leased\":1,\"open\":true,\"missing\":[null]}"
            })
    void message_thatCannotBeRead_isDropped(String text) {
        inbox.receive(message(text));

        assertThat(read).isEmpty();
        assertThat(logged).containsExactly(Level.WARNING);
    }

    @Test
    void messages_thatCannotBeRead_areLoggedOnce_andDelayNothing() {
        Notice recall = new Notice.Recall("1");
        inbox.receive(new EmptyMessage());
        inbox.receive(message("hello"));
        inbox.receive(new BytesMessage(null, recall.bytes())); // of nobody
        inbox.receive(message(recall.bytes()));

        assertThat(read).containsExactly(recall);
        assertThat(logged).containsExactly(Level.WARNING);
    }
}
