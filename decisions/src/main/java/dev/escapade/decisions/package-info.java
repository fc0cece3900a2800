/**
 * What the middle end decided about a package: a log of typed records, and its rendering in the
 * compiler's own words.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A {@link dev.escapade.decisions.Decision} is complete: its position, subject, reason and
 *       path are in the record, and no reader looks at the IR again (which has changed since).
 *   <li>The {@link dev.escapade.decisions.DecisionLog} has the order in which the compiler prints.
 *   <li>Details that cost time (a function's body as text, a flow path) are recorded only when the
 *       log's level asks for them; at a lower level they are absent, never wrong.
 * </ol>
 *
 * <p>{@link dev.escapade.decisions.CompilerText} is one reader of the log; JSON, SARIF, an editor
 * and the counts are others. None derives a decision again.
 */
@NullMarked
package dev.escapade.decisions;

import org.jspecify.annotations.NullMarked;
