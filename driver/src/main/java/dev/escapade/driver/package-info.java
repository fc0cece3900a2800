/**
 * The pipeline: from what the user asks for to the decisions of every package.
 *
 * <p>A package is the unit of work. {@link dev.escapade.driver.WorkGraph} runs one task for each
 * package on a fixed number of threads, never before the tasks of the packages that it imports; so
 * a task may read the results of its imports without locks, and every result is the same whatever
 * the number of threads. {@link dev.escapade.driver.OrderedOutput} gives the results back in the
 * loader's order as soon as they are complete, so that the output streams and is deterministic.
 *
 * <p>A build ends at packages with errors, as one of the go command does. Analyses go on with what
 * does not depend on them ({@link dev.escapade.driver.SoundDecls}); nothing of that is kept on
 * disk.
 */
@NullMarked
package dev.escapade.driver;

import org.jspecify.annotations.NullMarked;
