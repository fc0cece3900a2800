package dev.escapade.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a build consists of.
 *
 * @param settings the settings in force
 * @param packages the matched packages and all that they import, each after all its imports, in an
 *     order that depends on the input only (that of {@code go list -deps})
 * @param roots the packages that the patterns match, in the order of the patterns
 * @param errors all errors, those of {@link GoPackage#errors} included, in the order in which the
 *     go command would print them
 * @param warnings what the go command would print and go on, such as {@code go: warning: "./x/..."
 *     matched no packages}
 */
public record LoadResult(
    BuildSettings settings,
    List<GoPackage> packages,
    List<GoPackage> roots,
    List<LoadError> errors,
    List<String> warnings) {
  public LoadResult {
    packages = List.copyOf(packages);
    roots = List.copyOf(roots);
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /**
   * What can be looked at although a build would refuse the whole: packages that have files and no
   * errors themselves, although some that they import may be missing, with all below them that are
   * there.
   */
  public LoadResult readable() {
    if (errors.isEmpty()) {
      return this;
    }
    Set<GoPackage> readable = new LinkedHashSet<>();
    for (GoPackage p : packages) {
      if (p.errors().isEmpty() && readable.containsAll(p.importMap().values())) {
        readable.add(p);
      }
    }
    return new LoadResult(
        settings,
        List.copyOf(readable),
        roots.stream().filter(readable::contains).toList(),
        List.of(),
        warnings);
  }
}
