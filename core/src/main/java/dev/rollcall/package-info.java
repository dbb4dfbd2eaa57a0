/**
 * An in-memory session manager whose count of live sessions is exact at every moment.
 *
 * <pre>{@code
 * SessionManager<String> manager = SessionManager.<String>builder()
 *         .sessionTimeout(Duration.ofSeconds(60))
 *         .reclaimTimeout(Duration.ofSeconds(10))
 *         .build();
 * Transport<String> socket = manager.openTransport("ws-1");
 * Session<String> session = manager.create(socket);
 * manager.keepAlive(session.id());     // on every request
 * socket.gone();                       // in the socket's close handler
 * SessionCounts counts = manager.counts();
 * }</pre>
 *
 * <h2>Glossary</h2>
 *
 * <dl>
 *   <dt>session
 *   <dd>what a client has with the server, across connections; live from create to its end
 *   <dt>transport
 *   <dd>a connection that carries sessions: a WebSocket, an HTTP client
 *   <dt>keepalive, claim, destroy
 *   <dd>recorded activity; the move of a session to another transport; its explicit end
 *   <dt>timeout
 *   <dd>the end of an attached session that was idle for its session timeout
 *   <dt>transport gone
 *   <dd>the loss of a connection; its sessions are detached, or ended if they have no grace
 *   <dt>transport closed
 *   <dd>the orderly end of a connection, at a logout say; its sessions end
 *   <dt>reclaim timeout
 *   <dd>that grace: how long a detached session may be claimed; zero is none
 *   <dt>live, count
 *   <dd>created and not ended; how many are
 *   <dt>tick, deadline, sweep
 *   <dd>the timers' resolution; when a session is due; one pass that ends what is due
 * </dl>
 *
 * <h2>Life of a session</h2>
 *
 * <pre>
 *        create                                      keepalive, claim
 *          |                                           .----.
 *          v                                           |    v
 *     .----------------------------------------------------------.
 *     |                         ATTACHED                         |
 *     '----------------------------------------------------------'
 *          |               ^               |                 |
 *          | transport     | claim         | transport       | destroy, destroy by admin,
 *          | gone          |               | gone, reclaim   | timeout, transport closed,
 *          v               |               | timeout zero    | shutdown
 *     .--------------------------.         |                 |
 *     |         DETACHED         |         |                 |
 *     '--------------------------'         |                 |
 *          | destroy, destroy by admin,    |                 |
 *          | reclaim timeout, shutdown     |                 |
 *          v                               v                 v
 *     .----------------------------------------------------------.
 *     |                          ENDED                           |
 *     '----------------------------------------------------------'
 * </pre>
 *
 * <h2 id="guarantees">Guarantees</h2>
 *
 * <table class="striped">
 *   <caption>Each guarantee and some of the stress module's races that check it</caption>
 *   <thead>
 *   <tr><th scope="col">guarantee<th scope="col">promise<th scope="col">races
 *   </thead>
 *   <tbody>
 *   <tr id="G1"><th scope="row">G1 exact count
 *     <td>{@link dev.rollcall.SessionManager#counts} is one linearizable snapshot.
 *     <td>{@code FoundButNotCounted}, {@code SnapshotOfManyShards}
 *   <tr id="G2"><th scope="row">G2 one end
 *     <td>A session ends once, with one cause; at most one caller of {@link dev.rollcall.Session#destroy()}
 *     is told that it ended it; there is one {@code ended} event.
 *     <td>{@code DestroyVsTimeout}, {@code TimeoutVsTransportGone}
 *   <tr id="G3"><th scope="row">G3 no lost keepalive
 *     <td>A session whose {@link dev.rollcall.Session#keepAlive()} returned true does not time out before its
 *     session timeout has passed since that call. None times out before its deadline. It times
 *     out at most a tick plus the time of a {@link dev.rollcall.SessionManager#sweep} late, if sweeps come at the period
 *     that the manager asks for.
 *     <td>{@code KeepaliveVsTimeout}
 *   <tr id="G4"><th scope="row">G4 whole claims
 *     <td>A {@link dev.rollcall.Session#claim(dev.rollcall.Transport)} that returned true has moved the session: the
 *     loss of the former owner cannot touch it. A claim for a transport that is gone fails and
 *     changes nothing.
 *     <td>{@code ClaimVsClaim}, {@code ClaimVsTransportGone}
 *   <tr id="G5"><th scope="row">G5 no orphans
 *     <td>Once {@link dev.rollcall.Transport#gone} returned, no session is on it, ever.
 *     <td>{@code CreateVsTransportGone}
 *   <tr id="G6"><th scope="row">G6 full grace
 *     <td>The reclaim timeout runs from the instant of each loss.
 *     <td>{@code LossVsClaimVsLoss}
 *   <tr id="G7"><th scope="row">G7 own identity
 *     <td>Of concurrent {@linkplain dev.rollcall.SessionManager#create(dev.rollcall.Transport, dev.rollcall.SessionOptions) creates} with one id
 *     one wins; a handle never touches a later session with the same id.
 *     <td>{@code StaleHandleVsCreate}
 *   <tr id="G8"><th scope="row">G8 ordered events
 *     <td>See {@link dev.rollcall.SessionListener}.
 *     <td>{@code ListenerOrder}
 *   <tr id="G9"><th scope="row">G9 hard limit
 *     <td>The {@linkplain dev.rollcall.SessionManagerBuilder#maxSessions limit} is not exceeded at any
 *     instant, and no permit is lost.
 *     <td>{@code CreateVsCreateAtLimit}
 *   <tr id="G10"><th scope="row">G10 clean close
 *     <td>{@link dev.rollcall.SessionManager#close()} ends every session; then none is live, ever.
 *     <td>{@code CreateVsShutdown}
 *   <tr id="G11"><th scope="row">G11 progress
 *     <td>See {@link dev.rollcall.SessionManager}, "Progress".
 *     <td>{@code ListenerReentrancy}
 *   <tr id="G12"><th scope="row">G12 cost
 *     <td>See there.
 *     <td>
 *   </tbody>
 * </table>
 *
 * <h2>Races</h2>
 *
 * <table class="striped">
 *   <caption>Operation, linearization point, and what the loser of a race gets</caption>
 *   <thead>
 *   <tr><th scope="col">operation<th scope="col">takes effect when<th scope="col">the loser gets
 *   </thead>
 *   <tbody>
 *   <tr><th scope="row">create<td>the table publishes the session
 *     <td>{@link dev.rollcall.SessionRejectedException} with the reason
 *   <tr><th scope="row">destroy<td>the state word becomes ENDED
 *     <td>{@code false}; destroy by an owner also if a claim came first
 *   <tr><th scope="row">timeout, reclaim timeout<td>the same, from the very word that was judged due
 *     <td>nothing happens to the session
 *   <tr><th scope="row">keepalive<td>its compare-and-set, or its reading of later activity
 *     <td>{@code false}: ended or detached; of an owner, also claimed by another
 *   <tr><th scope="row">claim<td>the state word gets a new owner generation
 *     <td>{@code false} if ended; {@link dev.rollcall.SessionRejectedException} if the transport is
 *     gone
 *   <tr><th scope="row">transport gone or closed
 *     <td>per session, when its state word changes; complete on return
 *     <td>sessions that were claimed or ended before are left alone
 *   <tr><th scope="row">find<td>its reading of the state word, or an instant without the id
 *     <td>{@code null}
 *   <tr><th scope="row">counts<td>an instant at which no shard was changing<td>never loses
 *   <tr><th scope="row">close<td>new sessions are refused from its first write on; complete on return
 *     <td>does nothing more
 *   </tbody>
 * </table>
 *
 * <h2>Callbacks</h2>
 *
 * <p>Listeners run on the thread whose operation caused the event (the sweeping thread for
 * timeouts), unless another is still delivering an earlier event of the session: then on that one;
 * or on the builder's executor. The ticker and the id source run on the thread that calls an
 * operation. No lock is ever held meanwhile.
 *
 * <h2>Time</h2>
 *
 * <p>The API takes {@link java.time.Duration}s; a {@link dev.rollcall.Ticker} gives nanoseconds and
 * may wrap around. Nothing ends before its deadline. Everything ends at most a tick plus the time
 * of a sweep late, if sweeps come at the period that the manager asks for. Every activity reads the
 * ticker, unless the builder's {@code coarseClock} trades that reading for deadlines that stand
 * still while no sweep can run. The longest timeout is {@link java.lang.Long#MAX_VALUE}
 * nanoseconds, 292 years.
 *
 * <h2>What this package does not do</h2>
 *
 * <p>Networking, JSON, persistence, replication, authentication. Whoever knows a session's id may
 * act on it, except that claims can be guarded by a secret, and that keepalive and destroy can be
 * given the transport that has to be the owner. So keep ids secret, as this package does.
 *
 * <p>Unless a method says otherwise: everything is thread-safe; a {@code null} argument throws
 * {@link java.lang.NullPointerException} and changes nothing.
 */
@NullMarked
package dev.rollcall;

import org.jspecify.annotations.NullMarked;
