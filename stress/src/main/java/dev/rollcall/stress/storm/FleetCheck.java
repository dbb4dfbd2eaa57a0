package dev.rollcall.stress.storm;

/** What a storm over a fleet checks. */
enum FleetCheck {
    FIGURE("each node's figure of the fleet is what the clients of all living nodes hold"),
    LIMIT("clients never hold more than the limit, at no instant"),
    DIRECTORY("a living node's session is found from any node, a dead one's from none"),
    REPLIES("a create is answered by success or 472, a destroy by success"),
    CONTROL("a shared counter drifts with the first kill, and never recovers");

    private final String claim;

    FleetCheck(String claim) {
        this.claim = claim;
    }

    String claim() {
        return claim;
    }
}
