/**
 * The type checker: it gives every expression of a package its type, its value if it is constant,
 * and every identifier the object that it denotes (Go spec; cmd/compile/internal/types2, Go 1.26).
 *
 * <p><b>Types and objects.</b> A {@link dev.escapade.types.Type} is a graph node, compared by
 * identity as a Java object and by {@code Predicates.identical} as a Go type. An {@link
 * dev.escapade.types.Obj} is what a name denotes; {@link dev.escapade.types.Scope} maps names to
 * objects. What every program shares stands in {@link dev.escapade.types.Universe}.
 *
 * <p><b>Time.</b> While a package is checked, one thread owns it and its types are incomplete: a
 * type may be reached before its declaration has been looked at. When checking ends, every
 * interface has its type set and every declared type its underlying type, and the package may be
 * read by any number of threads. The only work left for later is the expansion of instances of
 * generic types: it is computed without locks and published once, so two threads may do it twice
 * but never see two answers.
 *
 * <p><b>Facts.</b> What is found out about the syntax tree is recorded in {@link
 * dev.escapade.types.Info}, in arrays that are indexed by expression ids.
 */
@NullMarked
package dev.escapade.types;

import org.jspecify.annotations.NullMarked;
