/**
 * What all passes share while they compile one package, the unit of work: options, the rules of the
 * release, the log, facts about types, what is known of imported functions, and the questions about
 * the IR that several passes ask (the static value of an expression, the callee of a call, callers
 * after callees).
 *
 * <p>A {@link dev.escapade.unit.Unit} belongs to the thread that compiles the package; a {@link
 * dev.escapade.unit.PackageSummary} is immutable and goes to all importers.
 *
 * <p>Representation: facts that are asked again and again (sizes, whether a type has pointers, the
 * spelling of a type) are tables by type; nothing in them outlives the package, so they need no
 * locks.
 *
 * <p>Imprecise on purpose: {@link dev.escapade.unit.StaticValues} follows a variable to its only
 * assignment, and no further than the compiler does.
 */
@NullMarked
package dev.escapade.unit;

import org.jspecify.annotations.NullMarked;
