/**
 * The file system as a build sees it: with an overlay, with each directory listed once. Paths are
 * absolute strings with slashes, cleaned of {@code .}, {@code ..} and double slashes.
 */
@NullMarked
package dev.escapade.load.files;

import org.jspecify.annotations.NullMarked;
