/**
 * Devirtualization: a call of an interface method whose receiver always has the same type becomes a
 * call of that type's method, which may then be inlined.
 *
 * <p>Where an interface variable gets its values from is found by one walk over its function
 * ({@link dev.escapade.devirtualize.Assignments}), made when it is first asked for and completed
 * with each inlined body. A variable has a known type if all assignments that can be seen give it
 * the same one; nil does not count. Assignments through pointers are not followed: a variable whose
 * address is taken has no known type. Where the value is the result of a call, it is unknown until
 * the call is inlined (cmd/compile/internal/devirtualize, Go 1.26).
 *
 * <p>Not devirtualized: calls in go and defer statements, where a panic would move; types with
 * shapes, whose methods need a dictionary that is not at hand.
 *
 * <h2>Invariants and cost</h2>
 *
 * <p>The receiver of the static call is the interface value, asserted to the type that it must
 * have; so a nil interface panics as before. A call is looked at once in each round of the inliner;
 * the walk over a function is paid for once, and each inlined body is added to it, so all rounds
 * together visit each node once.
 *
 * <p>Imprecise on purpose: control flow is left aside, so a variable that has one type before a
 * statement and another after it has none; parameters, results, fields and elements have none
 * either.
 */
@NullMarked
package dev.escapade.devirtualize;

import org.jspecify.annotations.NullMarked;
