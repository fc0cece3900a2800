/**
 * The command line of Escapade. It reads flags, asks the driver, prints, and chooses the exit code;
 * it decides nothing about Go.
 */
@NullMarked
package dev.escapade.tools.cli;

import org.jspecify.annotations.NullMarked;
