/**
 * The settings of a build that do not come from its files: the environment, the go env file,
 * GOFLAGS, where the Go installation is, and what the target platform implies.
 */
@NullMarked
package dev.escapade.load.env;

import org.jspecify.annotations.NullMarked;
