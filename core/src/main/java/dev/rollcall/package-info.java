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
 *   <dd>what a client has with the server, possibly across several connections. It is live from its creation to
 *       its end
 *   <dt>transport
 *   <dd>a connection that carries sessions: a WebSocket, an HTTP client
 *   <dt>keepalive
 *   <dd>recorded activity of a session
 *   <dt>claim
 *   <dd>the move of a session to another transport
 *   <dt>destroy
 *   <dd>the explicit end of a session
 *   <dt>timeout
 *   <dd>the end of an attached session that has been idle for its session timeout
 *   <dt>transport gone
 *   <dd>the loss of a connection. Its sessions are detached, or ended if their reclaim timeout is zero
 *   <dt>transport closed
 *   <dd>the orderly end of a connection, for example at a logout. Its sessions end
 *   <dt>reclaim timeout
 *   <dd>for how long after the loss of its transport a session may be claimed
 *   <dt>count
 *   <dd>the number of live sessions
 *   <dt>deadline
 *   <dd>the time at which a session is due to time out
 *   <dt>tick
 *   <dd>the resolution of the timers
 *   <dt>sweep
 *   <dd>one pass that ends all sessions that are due
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
 *     <td>{@link dev.rollcall.SessionManager#counts} returns one linearizable snapshot.
 *     <td>{@code FoundButNotCounted}, {@code SnapshotOfManyShards}
 *   <tr id="G2"><th scope="row">G2 one end
 *     <td>A session ends once, with one cause; at most one caller of {@link dev.rollcall.Session#destroy()}
 *     is told that it ended it; there is one {@code ended} event.
 *     <td>{@code DestroyVsTimeout}, {@code TimeoutVsTransportGone}
 *   <tr id="G3"><th scope="row">G3 no lost keepalive
 *     <td>A session whose {@link dev.rollcall.Session#keepAlive()} returned true does not time out before its
 *     session timeout has passed since that call. No session times out before its deadline. It times
 *     out at most a tick plus the duration of a {@link dev.rollcall.SessionManager#sweep} late, if sweeps run as often as
 *     the manager asks for.
 *     <td>{@code KeepaliveVsTimeout}
 *   <tr id="G4"><th scope="row">G4 whole claims
 *     <td>A {@link dev.rollcall.Session#claim(dev.rollcall.Transport)} that returned true has moved the session: the
 *     loss of its former transport no longer affects it. A claim for a transport that is gone fails and
 *     changes nothing.
 *     <td>{@code ClaimVsClaim}, {@code ClaimVsTransportGone}
 *   <tr id="G5"><th scope="row">G5 no orphans
 *     <td>Once {@link dev.rollcall.Transport#gone} has returned, no session is ever attached to that
 *     transport again.
 *     <td>{@code CreateVsTransportGone}
 *   <tr id="G6"><th scope="row">G6 full grace
 *     <td>The reclaim timeout starts at the moment of each loss.
 *     <td>{@code LossVsClaimVsLoss}
 *   <tr id="G7"><th scope="row">G7 own identity
 *     <td>Of concurrent {@linkplain dev.rollcall.SessionManager#create(dev.rollcall.Transport, dev.rollcall.SessionOptions) creates} with the same id
 *     one wins; a handle never touches a later session with the same id.
 *     <td>{@code StaleHandleVsCreate}
 *   <tr id="G8"><th scope="row">G8 ordered events
 *     <td>{@link dev.rollcall.SessionListener} describes the order of events.
 *     <td>{@code ListenerOrder}
 *   <tr id="G9"><th scope="row">G9 hard limit
 *     <td>The {@linkplain dev.rollcall.SessionManagerBuilder#maxSessions limit} is not exceeded at any
 *     instant, and no permit is lost.
 *     <td>{@code CreateVsCreateAtLimit}
 *   <tr id="G10"><th scope="row">G10 clean close
 *     <td>{@link dev.rollcall.SessionManager#close()} ends every session, and none is created afterwards.
 *     <td>{@code CreateVsShutdown}
 *   <tr id="G11"><th scope="row">G11 progress
 *     <td>{@link dev.rollcall.SessionManager} says under "Progress" which operations never wait.
 *     <td>{@code ListenerReentrancy}
 *   <tr id="G12"><th scope="row">G12 cost
 *     <td>{@link dev.rollcall.SessionManager} says under "Progress" what each operation costs.
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
 *     <td>{@code false}; a destroy by the owner also gets it if a claim came first
 *   <tr><th scope="row">timeout, reclaim timeout<td>the state word becomes ENDED, if it has not changed since it was found due
 *     <td>nothing happens to the session
 *   <tr><th scope="row">keepalive<td>it sets the time in the state word, or finds later activity recorded there
 *     <td>{@code false} if the session has ended or is detached; for a keepalive by the owner, also if it was claimed
 *   <tr><th scope="row">claim<td>the state word gets a new owner generation
 *     <td>{@code false} if the session has ended; {@link dev.rollcall.SessionRejectedException} if the transport is
 *     gone, the manager closed or the secret wrong
 *   <tr><th scope="row">transport gone or closed
 *     <td>the state word of each session changes; done for all of them on return
 *     <td>sessions that were claimed or ended before stay as they are
 *   <tr><th scope="row">find<td>it reads the state word, or at an instant at which the id is not in the table
 *     <td>{@code null}
 *   <tr><th scope="row">counts<td>at an instant at which no shard is changing<td>it never loses
 *   <tr><th scope="row">close<td>its first write, from which on new sessions are refused; done on return
 *     <td>it finds nothing left to do
 *   </tbody>
 * </table>
 *
 * <h2>Callbacks</h2>
 *
 * <p>Listeners run on the thread whose operation caused the event, which is the sweeping thread for
 * timeouts. If the session has several events that are not delivered yet, one of their threads delivers all of
 * them, and the operations of the others do not wait ({@link dev.rollcall.SessionListener}). If the builder was given an executor, listeners run there instead. The ticker
 * and the id source run on the thread that calls an operation. No lock is held during any of these calls.
 *
 * <h2>Time</h2>
 *
 * <p>The API takes {@link java.time.Duration}s; a {@link dev.rollcall.Ticker} returns nanoseconds and
 * may wrap around. Every activity reads the
 * ticker, unless the builder's {@code coarseClock} is set: then only sweeps advance the time, and deadlines stand
 * still while no sweep can run. The longest timeout is {@link java.lang.Long#MAX_VALUE}
 * nanoseconds, 292 years.
 *
 * <h2>What this package does not do</h2>
 *
 * <p>It has no networking, JSON, persistence, replication or authentication. Anybody who knows a session's id can
 * act on the session, except that claims can be protected by a secret, and that keepalive and destroy can be
 * restricted to the owning transport. Therefore keep ids secret, as this package does.
 *
 * <p>Unless a method says otherwise: everything is thread-safe; a {@code null} argument throws
 * {@link java.lang.NullPointerException} and changes nothing.
 */
@NullMarked
package dev.rollcall;

import org.jspecify.annotations.NullMarked;
