/**
 * The test library of all modules. It knows nothing of the compiler, so that every module's tests
 * can use it.
 */
@NullMarked
package dev.escapade.testing;

import org.jspecify.annotations.NullMarked;
