package dev.escapade.decisions;

/**
 * One expression or statement on a way.
 *
 * @param pos its outermost place
 * @param where its text
 * @param why what it does, as {@code "address-of"}
 */
public record FlowNote(int pos, String where, String why) {}
