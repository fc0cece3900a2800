package dev.escapade.advice.finding;

/**
 * One link of the chain that leads to what a finding says.
 *
 * @param place where it happens, in this package or another
 * @param text what happens there, in terms of the source: {@code "stored in package variable sink"}
 */
public record CauseStep(Place place, String text) {}
