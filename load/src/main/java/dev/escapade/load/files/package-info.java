/**
 * The file system as a build sees it: with an overlay, with each directory listed once, and with an
 * index of what earlier runs have read. Paths are absolute strings with slashes, cleaned of {@code
 * .}, {@code ..} and double slashes.
 */
@NullMarked
package dev.escapade.load.files;

import org.jspecify.annotations.NullMarked;
