package dev.rollcall.stress.storm;

/** What a storm over a fleet checks. */
enum FleetCheck {
    FIGURE("each node's figure is what the clients of all living nodes hold, or says that it is a part"),
    LIMIT("clients never hold more than the limit, at no instant"),
    DIRECTORY("a living node's session is found from any node that sees it, a dead one's from none"),
    REPLIES(
            "a create is answered by success or 472, a keepalive by ack, a destroy by success, as long as the node lives"),
    CONTROL("a shared counter is off by another figure after each kill and each partition that clients meet at rest");

    private final String claim;

    FleetCheck(String claim) {
        this.claim = claim;
    }

    String claim() {
        return claim;
    }
}
