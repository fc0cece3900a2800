package dev.escapade.syntax;

import org.jspecify.annotations.Nullable;

/**
 * A parameter, result, type parameter, struct field, interface method or embedded element.
 *
 * @param name null for an unnamed parameter and for an embedded element
 * @param type fields declared in one list share one type node
 */
public record Field(int pos, Expr.@Nullable Name name, Expr type) implements Node {}
