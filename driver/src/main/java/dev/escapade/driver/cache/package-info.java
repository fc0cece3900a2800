/**
 * Results of earlier runs, kept on disk.
 *
 * <p>What is said of a package depends on its files, on the packages that it imports, on the
 * settings, on the compiler's flags and on the program that says it, and on nothing else. A {@link
 * dev.escapade.driver.cache.Key} is a digest of all these; the keys of the imports take part in it,
 * so a change anywhere below a package gives the package another key. Hence an entry never becomes
 * wrong, it can only become useless, and there is nothing to invalidate.
 *
 * <p>That key finds what is unchanged, with all below it. For the rest there are the {@link
 * dev.escapade.driver.cache.PackageState}s: what a package was made of, the digests of what it
 * shows to its importers ({@link dev.escapade.driver.cache.Face}) and of what its imports showed to
 * it, and its summary. When the files are the same, and the faces of the imports are, the result
 * is, though something further below has changed.
 *
 * <p>{@link dev.escapade.driver.cache.ResultStore} keeps one file for each key. An entry is written
 * under a temporary name and renamed, so that other processes see all of it or nothing; it ends
 * with a checksum, and what does not fit it is deleted and counts as absent. Nothing here fails a
 * build: a cache that cannot be read or written is an empty one.
 */
@NullMarked
package dev.escapade.driver.cache;

import org.jspecify.annotations.NullMarked;
