/**
 * Which modules a build uses and where they are: main modules and workspaces, replacements, vendor
 * directories, the module cache, and minimal version selection over the (pruned) module graph.
 *
 * <p>Nothing is ever downloaded and no file is ever written: what the go command would fetch is
 * reported as missing from the module cache. Checksums are not verified.
 */
@NullMarked
package dev.escapade.load.modules;

import org.jspecify.annotations.NullMarked;
