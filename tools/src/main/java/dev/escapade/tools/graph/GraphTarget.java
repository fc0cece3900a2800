package dev.escapade.tools.graph;

import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.diag.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user asks the graph of. */
public sealed interface GraphTarget {
  /** The package, as a pattern for the loader. */
  String pkg();

  /** Reports whether {@code function} is meant. */
  boolean matches(EscapeGraph.Function function);

  /**
   * A function or method by its name.
   *
   * @param name as {@code F}, {@code T.M} or {@code F.func1}, without stars, parentheses and type
   *     arguments
   * @param onlyInPackage the name that the package must have, or null
   */
  record ByName(String pkg, String name, @Nullable String onlyInPackage) implements GraphTarget {
    @Override
    public boolean matches(EscapeGraph.Function function) {
      return !function.isWrapper() && plain(function.name()).equals(name);
    }
  }

  /**
   * The functions around a line.
   *
   * @param file absolute
   * @param line from 1
   */
  record ByLine(String pkg, Path file, int line) implements GraphTarget {
    @Override
    public boolean matches(EscapeGraph.Function function) {
      Position pos = function.pos();
      return !function.isWrapper()
          && pos.line() <= line
          && line <= function.end().line()
          && pos.filename().equals(file.toString());
    }
  }

  /**
   * What {@code arg} may mean, the likeliest first: {@code file.go:LINE[:COLUMN]}, {@code
   * pkg.Func}, {@code pkg.Type.Method}, or the same without a package for the one in {@code dir}.
   * Import paths may contain dots, so there may be several readings of one argument.
   *
   * @param dir the working directory, absolute
   * @return nothing if the argument has neither form
   */
  static List<GraphTarget> parse(String arg, Path dir) {
    GraphTarget line = line(arg, dir);
    return line == null ? names(arg) : List.of(line);
  }

  private static @Nullable GraphTarget line(String arg, Path dir) {
    int end = arg.lastIndexOf(".go:");
    if (end < 0) {
      return null;
    }
    String[] numbers = arg.substring(end + ".go:".length()).split(":", -1);
    if (numbers.length > 2) {
      return null;
    }
    for (String number : numbers) {
      if (number.isEmpty()
          || number.length() > 9
          || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return null;
      }
    }
    Path file = dir.resolve(arg.substring(0, end + ".go".length())).normalize();
    Path folder = file.getParent();
    return folder == null
        ? null
        : new ByLine(folder.toString(), file, Integer.parseInt(numbers[0]));
  }

  private static List<GraphTarget> names(String arg) {
    List<GraphTarget> targets = new ArrayList<>();
    int slash = arg.lastIndexOf('/', endOfPath(arg));
    for (int dot = nextDot(arg, slash + 1); dot >= 0; dot = nextDot(arg, dot + 1)) {
      String pkg = arg.substring(0, dot);
      String name = plain(arg.substring(dot + 1));
      if (!name.isEmpty() && !pkg.isEmpty()) {
        targets.add(new ByName(pkg, name, null));
      }
    }
    if (slash < 0) {
      String rest = plain(arg);
      int dot = rest.indexOf('.');
      if (dot > 0 && dot < rest.length() - 1) {
        targets.add(new ByName(".", rest.substring(dot + 1), rest.substring(0, dot)));
      }
      if (dot != 0 && !rest.isEmpty()) {
        targets.add(new ByName(".", rest, null));
      }
    }
    return targets;
  }

  /** Before type arguments or a parenthesis: these may contain slashes of their own. */
  private static int endOfPath(String arg) {
    for (int i = 0; i < arg.length(); i++) {
      if (arg.charAt(i) == '[' || arg.charAt(i) == '(') {
        return i;
      }
    }
    return arg.length();
  }

  /** The next dot that stands between two names, or -1. */
  private static int nextDot(String arg, int from) {
    int dot = arg.indexOf('.', from);
    int end = endOfPath(arg);
    // A dot that begins an element, as in "./x" or "..", ends no package path.
    while (dot >= 0 && (dot + 1 >= arg.length() || arg.charAt(dot + 1) == '.')) {
      dot = arg.indexOf('.', dot + 1);
    }
    return dot > end ? -1 : dot;
  }

  /** A function's name without stars, parentheses and type arguments. */
  static String plain(String name) {
    StringBuilder b = new StringBuilder(name.length());
    int depth = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth = Math.max(0, depth - 1);
      } else if (depth == 0 && c != '(' && c != ')' && c != '*') {
        b.append(c);
      }
    }
    return b.toString();
  }
}
