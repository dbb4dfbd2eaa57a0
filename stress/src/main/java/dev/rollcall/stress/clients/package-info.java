/**
 * Janus' own clients, from npm, against the gateway. {@link
 * dev.rollcall.stress.clients.ClientsCommand} is the command.
 */
package dev.rollcall.stress.clients;
