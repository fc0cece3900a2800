/**
 * Profile-guided optimization: what a profile says of the functions of one package, and the
 * devirtualization that it suggests.
 *
 * <p>{@link dev.escapade.pgo.HotCalls} matches the calls of a profile with the code. It is made
 * before anything is inlined, as the profile's calls are those of the source. The inliner asks it
 * which functions get a larger budget, as a hot call leads to them, and at which calls that budget
 * is used.
 *
 * <p>{@link dev.escapade.pgo.ProfileGuided} replaces an interface method call, or a call of a
 * function value, whose callee is most often the same:
 *
 * <pre>{@code
 * recv, arg = x, y
 * t, ok = recv.(T)
 * if ok { r = t.M(arg) } else { r = recv.M(arg) }
 * }</pre>
 *
 * <p>for {@code x.M(y)}, as an inlined call with the result {@code r}; for a function value the
 * condition compares the addresses of code. The static call may then be inlined.
 *
 * <p>Lines are those that line directives give, as in a profile. Code that was inlined from
 * elsewhere has lines of its own file, which may by chance be the offset of a hot call; the
 * compiler takes them as they are.
 *
 * <p>References: cmd/compile/internal/pgoir, devirtualize/pgo.go and inline/inl.go as of Go 1.26.
 *
 * <p>Invariants: the guarded call evaluates receiver and arguments once and in their order; without
 * a profile the pass is not there at all.
 *
 * <p>Cost: the profile is read once for a build and its edges are grouped by caller; a package pays
 * for its own functions only.
 *
 * <p>Imprecise on purpose: calls are matched by the lines within their function, so two calls on
 * one line share their weight; a profile of older code is used as far as lines still fit.
 */
@NullMarked
package dev.escapade.pgo;

import org.jspecify.annotations.NullMarked;
