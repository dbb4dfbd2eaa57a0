/**
 * The storm: real WebSocket clients on loopback that do to a gateway what clients do to servers,
 * and worse. {@link dev.rollcall.stress.storm.StormCommand} is the command.
 */
package dev.rollcall.stress.storm;
