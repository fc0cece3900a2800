/**
 * Changes of source text, in the making. An edit keeps what it does not mean to change: arguments
 * are taken from the file as they are written, comments and all; what is added follows gofmt, with
 * the indentation of its neighbours; imports go to the group where their like stand.
 *
 * <p>Edits of one fix are complete: with the imports that they need. Imports that nobody needs any
 * more go when all fixes of a file have been applied, as only then it is known.
 */
@NullMarked
package dev.escapade.advice.edit;

import org.jspecify.annotations.NullMarked;
