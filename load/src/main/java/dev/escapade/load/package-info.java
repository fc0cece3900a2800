/**
 * The packages of a build as the go command sees them: patterns, flags and environment in, packages
 * in dependency order out. {@link dev.escapade.load.Loader} is the entrance.
 *
 * <p>A load has four steps, each in terms of the one before:
 *
 * <ol>
 *   <li>{@code Settings}: flags, GOFLAGS, environment, go env file, installation;
 *   <li>{@code modules}: go.work, go.mod, vendor/modules.txt, root requirements; the module graph
 *       is read only when the roots do not answer a question (lazy loading, from go 1.17 on);
 *   <li>{@code Patterns} and {@code ImportGraph}: what the patterns match and all that it imports,
 *       several packages at a time. If this shows that go.mod does not list what it must, it fails,
 *       or with {@code -mod=mod} starts over under better requirements;
 *   <li>{@code PackageLoader} and {@code TestVariants}: packages, depth first, with the errors and
 *       in the order of the go command.
 * </ol>
 *
 * <p>Invariants: (1) a directory is listed once and a file read once, and its bytes are kept for
 * the parser; (2) no process is run but {@code go env}, and that only where the go command on PATH
 * does not lie in an installation; (3) nothing is downloaded or written; (4) the result does not
 * depend on the number of threads.
 *
 * <p>Where this differs from the go command on purpose: packages of GOROOT are always those of
 * CGO_ENABLED=0; go.sum is not consulted; in GOROOT and in the module cache, test files are looked
 * at only when tests are wanted, so a stray test file of a dependency is no error; the generated
 * main package of a test is left out.
 *
 * <p>References: Go Modules Reference; cmd/go/internal/{load,modload,search}, go/build and
 * golang.org/x/mod as of Go 1.26.
 */
@NullMarked
package dev.escapade.load;

import org.jspecify.annotations.NullMarked;
