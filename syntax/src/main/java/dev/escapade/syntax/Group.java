package dev.escapade.syntax;

/**
 * A parenthesized declaration group; declarations of one group share one object, compared by
 * identity.
 */
public final class Group {}
