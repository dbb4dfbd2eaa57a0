package dev.rollcall.stress.clients;

import java.util.List;

/** A client and what its script does with it. */
enum NodeClient {
    JANODE("janode", "janode.mjs", 9),
    JANUS_GATEWAY("janus-gateway", "janus-gateway.mjs", 9),
    JANUS_GATEWAY_JS("janus-gateway-js", "janus-gateway-js.mjs", 5);

    private final String packageName;
    private final String script;
    private final int steps;

    NodeClient(String packageName, String script, int steps) {
        this.packageName = packageName;
        this.script = script;
        this.steps = steps;
    }

    String packageName() {
        return packageName;
    }

    String script() {
        return script;
    }

    /** What a run of the script comes to: it has to take all of its steps. */
    boolean isPassed(List<String> output, int status) {
        return status == 0 && taken(output).size() == steps && output.contains("passed");
    }

    static List<String> taken(List<String> output) {
        return output.stream()
                .filter(line -> line.startsWith("ok "))
                .map(line -> line.substring("ok ".length()))
                .toList();
    }
}
