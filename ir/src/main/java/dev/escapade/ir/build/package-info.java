/**
 * Builds the intermediate representation from checked syntax trees.
 *
 * <p>The compiler writes checked trees to its export data ("unified IR": noder/writer.go) and reads
 * them back as nodes (noder/reader.go), which it then completes (typecheck). Here a body is built
 * straight from the tree, but with the same decisions in the same order: what is a constant, what
 * is dead, where conversions and temporaries stand, in which order variables are declared and
 * closures named.
 *
 * <p>A {@link dev.escapade.ir.build.PackageSource} is a checked package, retained to build any of
 * its bodies; it is immutable and shared. A {@link dev.escapade.ir.build.Compilation} is the
 * compilation of one package: it makes the nodes, also of functions of other packages that are
 * inlined or instantiated, and belongs to one thread. Inlining a call builds the callee's body once
 * more, with fresh variables and positions in the inline tree; so does instantiating for another
 * shape. There is no copying of nodes.
 *
 * <p>There is no export data either, but it shows where the compiler makes methods that nobody
 * wrote: who makes them depends on which copy of a type is read first, and from where. {@link
 * dev.escapade.ir.build.ReachedTypes} notes what is read; only if a type is read from one import
 * both in generic code and in other code, {@link dev.escapade.ir.build.ExportTable} finds out
 * whether that is one copy, from what {@link dev.escapade.ir.build.ExportStub} says that packages
 * write.
 *
 * <p>Rules are those of cmd/compile (Go 1.26): noder, typecheck, rangefunc.
 */
@NullMarked
package dev.escapade.ir.build;

import org.jspecify.annotations.NullMarked;
