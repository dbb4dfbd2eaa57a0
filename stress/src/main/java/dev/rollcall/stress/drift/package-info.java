/**
 * The historical drift, replayed: how a count kept beside the session table leaves the table, day
 * by day and race by race, and that Rollcall's does not. {@link
 * dev.rollcall.stress.drift.DriftReplay} is the program.
 */
package dev.rollcall.stress.drift;
