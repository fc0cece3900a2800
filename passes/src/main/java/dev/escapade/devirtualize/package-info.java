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
 */
@NullMarked
package dev.escapade.devirtualize;

import org.jspecify.annotations.NullMarked;
