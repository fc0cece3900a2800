/**
 * One directory as a package: which of its files take part in a build, what they import and embed.
 *
 * <p>Of each Go file only the head is looked at: comments, package clause and imports (and, in a
 * file that imports "embed", the comments of the rest). Its bytes are kept for the parser.
 */
@NullMarked
package dev.escapade.load.build;

import org.jspecify.annotations.NullMarked;
