/**
 * Findings: what in a program costs memory, or keeps it alive, for no good reason.
 *
 * <p>A {@link dev.escapade.advice.Rule} looks at one package after the middle end. It has the trees
 * and types of the package, and what the compiler's passes decided: which allocation is on the heap
 * and by which way its address got there, which call was inlined or devirtualized. It never repeats
 * an analysis of the compiler, and it never guesses where the compiler has decided: a rule about an
 * escape starts at an allocation that has escaped, so a finding is as true as the decision.
 *
 * <p>What a rule says is a {@link dev.escapade.advice.finding.Finding}: a place, a sentence, the
 * cause as a chain of places, what it costs, and what to change. Findings are values without nodes
 * of the code: they are stored, compared and rendered by others.
 *
 * <p>Three things keep findings honest. Escapes that the program needs (a list node that is linked
 * into a global) are {@link dev.escapade.advice.finding.Severity#NOTE notes}, and say so. What runs
 * on a path that ends in a panic or an error is marked cold. And what used to be good advice, but
 * is not for the release in use, is not reported at all; docs/rules tells which that is.
 *
 * <p>{@link dev.escapade.advice.Advisor} runs the rules as a {@link
 * dev.escapade.middle.PackageAnalysis}, bottom-up: its summary of a package also tells importers
 * how the parameters of its functions come to be kept, so that a chain can be followed into callees
 * of other packages.
 */
@NullMarked
package dev.escapade.advice;

import org.jspecify.annotations.NullMarked;
