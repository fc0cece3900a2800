/**
 * Revisions of a git repository as folders of files. The git command does the reading: it knows
 * every format of repositories, and whoever has a repository has it. It is told to run no hooks and
 * to leave the repository as it is.
 */
@NullMarked
package dev.escapade.tools.git;

import org.jspecify.annotations.NullMarked;
