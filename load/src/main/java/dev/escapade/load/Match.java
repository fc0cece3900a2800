package dev.escapade.load;

import dev.escapade.load.files.Paths;
import dev.escapade.load.modules.ImportResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pattern of the command line and what it matches (cmd/go: search.Match). */
final class Match {
  private static final Set<String> META = Set.of("std", "cmd", "tool", "work", "all");

  final String pattern;

  /** The directories that a pattern of directories matches, as they are shown; null before. */
  @Nullable List<String> dirs;

  List<String> packages = new ArrayList<>();

  /** What went wrong, in the words of the go command; only the first is shown. */
  final List<Failure> failures = new ArrayList<>();

  /**
   * A failure of a pattern.
   *
   * @param noGoDir the directory, if the failure is that it has no Go files, or null
   */
  record Failure(String message, @Nullable String noGoDir) {}

  Match(String pattern) {
    this.pattern = pattern;
  }

  /** Cleans patterns as the go command does; none means the current directory. */
  static List<Match> of(List<String> patterns) {
    if (patterns.isEmpty()) {
      return List.of(new Match("."));
    }
    List<Match> list = new ArrayList<>(patterns.size());
    for (String p : patterns) {
      list.add(new Match(clean(p)));
    }
    return list;
  }

  private static String clean(String argument) {
    String version = "";
    String p = argument;
    int at = argument.indexOf('@');
    if (!ImportResolver.isRelative(argument) && !Paths.isAbsolute(argument) && at >= 0) {
      p = argument.substring(0, at);
      version = argument.substring(at);
    }
    p = p.replace('\\', '/');
    String cleaned = Paths.clean(p);
    if (p.startsWith("./") && !cleaned.equals(".")) {
      // Also "./../x" keeps its mark.
      cleaned = "./" + cleaned;
    }
    return cleaned + version;
  }

  boolean isLiteral() {
    return !pattern.contains("...") && !META.contains(pattern);
  }

  boolean isMeta() {
    return META.contains(pattern);
  }

  boolean isLocal() {
    return ImportResolver.isRelative(pattern) || Paths.isAbsolute(pattern);
  }

  void fail(String message) {
    failures.add(new Failure(message, null));
  }

  /** The text of a failure, with the pattern named. */
  String describe(Failure f) {
    return (isLiteral() ? "" : "pattern ") + pattern + ": " + f.message;
  }
}
