/**
 * Versions and paths of modules: semantic versions, Go versions, and which strings may name a
 * module or package ("Go Modules Reference").
 */
@NullMarked
package dev.escapade.load.version;

import org.jspecify.annotations.NullMarked;
