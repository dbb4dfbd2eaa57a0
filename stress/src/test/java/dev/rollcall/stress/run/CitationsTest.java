package dev.rollcall.stress.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CitationsTest {
    @Test
    void of_severalOfOneProject() {
        assertThat(Citations.of("janus-gateway #2546, #1263 and #210; OpenLiberty #35814 and PR #35815"))
                .containsExactly(
                        "janus-gateway #2546",
                        "janus-gateway #1263",
                        "janus-gateway #210",
                        "OpenLiberty #35814",
                        "OpenLiberty #35815");
    }

    @Test
    void of_explanations() {
        assertThat(Citations.of("UNDERTOW-1331 and UNDERTOW-1343: never trimmed; infinispan PR #6256 (ISPN-9514)"))
                .containsExactly("UNDERTOW-1331", "UNDERTOW-1343", "infinispan #6256");
    }

    @Test
    void of_partWithoutNumber() {
        assertThat(Citations.of("Janus: two destroyed events; apereo/cas PR #1589"))
                .containsExactly("Janus: two destroyed events", "apereo/cas #1589");
    }

    @Test
    void of_fix_isNotTheBug() {
        assertThat(Citations.of("fix of janus-gateway #3526 and #3532"))
                .containsExactly("fix of janus-gateway #3526 and #3532");
    }

    @Test
    void isOfTheField_reportsAndJanus() {
        assertThat(Citations.isOfTheField("netty #4020")).isTrue();
        assertThat(Citations.isOfTheField("Janus: two destroyed events")).isTrue();
        assertThat(Citations.isOfTheField("readers of java.util.HashMap")).isFalse();
    }
}
