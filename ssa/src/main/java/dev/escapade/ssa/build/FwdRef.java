package dev.escapade.ssa.build;

/**
 * What a forward reference refers to.
 *
 * @param variable a name, a {@link Marker}, or an expression that has different values on different
 *     paths; compared by identity
 */
record FwdRef(Object variable) {}
