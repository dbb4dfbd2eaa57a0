/**
 * A gateway that speaks Janus' session-level API over WebSocket and HTTP long poll, with sessions
 * held by Rollcall: the reference for embedding the library in a server.
 *
 * <p>Its parts, from the sockets inwards: {@link dev.rollcall.stress.gateway.Gateway} binds the
 * ports and drains; a {@link dev.rollcall.stress.gateway.WebSocketPeer} or {@link
 * dev.rollcall.stress.gateway.HttpPeer} stands for one client and owns one transport; {@link
 * dev.rollcall.stress.gateway.ClientApi} and {@link dev.rollcall.stress.gateway.AdminApi} answer
 * requests and know nothing of sockets; {@link dev.rollcall.stress.gateway.Figures} tells operators.
 * {@code stress/GATEWAY.md} lists where it differs from Janus on purpose.
 */
package dev.rollcall.stress.gateway;
