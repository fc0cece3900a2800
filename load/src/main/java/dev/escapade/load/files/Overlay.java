package dev.escapade.load.files;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files that stand in for others during a build (the go command's flag {@code -overlay}): a path
 * maps to the file that has its content, or to nothing when the path is to be taken as deleted.
 */
public final class Overlay {
  /** No file stands in for another. */
  public static final Overlay NONE = new Overlay(Map.of());

  private final NavigableMap<String, String> replacements;

  /**
   * An overlay.
   *
   * @param replacements from absolute path to absolute path; an empty value deletes
   */
  public Overlay(Map<String, String> replacements) {
    this.replacements = Collections.unmodifiableNavigableMap(new TreeMap<>(replacements));
  }

  boolean isEmpty() {
    return replacements.isEmpty();
  }

  /** The file to open for {@code path}: itself, its replacement, or null if it is deleted. */
  @Nullable String actual(String path) {
    if (replacements.isEmpty()) {
      return path;
    }
    String replacement = replacements.get(path);
    if (replacement != null) {
      return replacement.isEmpty() ? null : replacement;
    }
    return isDeleted(path) ? null : path;
  }

  /** Reports whether {@code path}, or a directory above it, is replaced by nothing or by a file. */
  boolean isDeleted(String path) {
    for (String p = path; !replacements.isEmpty() && !p.equals("/") && !p.equals("."); ) {
      String replacement = replacements.get(p);
      if (replacement != null && (replacement.isEmpty() || !p.equals(path))) {
        return true;
      }
      p = Paths.parent(p);
    }
    return false;
  }

  /** The entries for paths below {@code dir}. */
  NavigableMap<String, String> below(String dir) {
    return replacements.isEmpty()
        ? replacements
        : replacements.subMap(dir + "/", true, dir + "0", false); // '0' follows '/'
  }

  /** Reports whether {@code dir} exists because the overlay puts a file below it. */
  boolean addsBelow(String dir) {
    return !replacements.isEmpty() && below(dir).values().stream().anyMatch(v -> !v.isEmpty());
  }
}
