package dev.escapade.load.build;

import dev.escapade.diag.Position;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory as a package (go/build.Package).
 *
 * @param dir its absolute path
 * @param name the package's name, or empty
 * @param goFiles the Go files of the build without the following ones; each list is sorted
 * @param cgoFiles those that import "C"
 * @param testFiles the {@code _test.go} files of the package itself
 * @param externalTestFiles the {@code _test.go} files of package {@code name_test}
 * @param ignoredGoFiles names of Go files that the constraints exclude
 * @param invalidGoFiles names of Go files with an error
 * @param others names of the remaining files of the build
 * @param imports what goFiles and cgoFiles import, and where, sorted by path
 * @param testImports the same for testFiles
 * @param externalTestImports the same for externalTestFiles
 * @param embeds the patterns of goFiles and cgoFiles, in the order of the source
 * @param testEmbeds the same for testFiles
 * @param externalTestEmbeds the same for externalTestFiles
 * @param fault why it is not a good package, or null
 */
public record PackageDir(
    String dir,
    String name,
    List<SourceText> goFiles,
    List<SourceText> cgoFiles,
    List<SourceText> testFiles,
    List<SourceText> externalTestFiles,
    List<String> ignoredGoFiles,
    List<String> invalidGoFiles,
    Map<FileGroup, List<String>> others,
    SortedMap<String, List<Position>> imports,
    SortedMap<String, List<Position>> testImports,
    SortedMap<String, List<Position>> externalTestImports,
    SequencedMap<String, List<Position>> embeds,
    SequencedMap<String, List<Position>> testEmbeds,
    SequencedMap<String, List<Position>> externalTestEmbeds,
    @Nullable Fault fault) {
  /** What is wrong with a directory. */
  public sealed interface Fault {
    /** None of its files is a Go file of this build. */
    record NoGoFiles() implements Fault {}

    /** A syntax error at the head of a file. */
    record Syntax(Position pos, String message) implements Fault {}

    /** Anything else: more than one package, an unreadable file, a bad build constraint. */
    record Other(String message) implements Fault {}
  }

  /** The names of the files of one group. */
  public List<String> others(FileGroup group) {
    return others.getOrDefault(group, List.of());
  }

  /** Reports whether there is a Go file of this build, tests included. */
  public boolean hasGoFiles() {
    return !(goFiles.isEmpty()
        && cgoFiles.isEmpty()
        && testFiles.isEmpty()
        && externalTestFiles.isEmpty());
  }
}
