package dev.escapade.types;

import dev.escapade.diag.Position;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.types.constant.GoStrings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Formats messages (types2: format.go). The verbs {@code %s}, {@code %v} and {@code %d} print an
 * argument as messages show it: operands, objects and types with their packages' names, expressions
 * in the compiler's spelling, lists in brackets, and null as {@code <nil>}. {@code %q} quotes as Go
 * does, and {@code %%} is a percent sign.
 *
 * <p>Positions are ints and so must be given as {@link #position}.
 */
final class MessageFormat {
  private final Checker check;
  private final Qualifier qualifier = this::qualifier;

  /** The import paths seen for each package name; null until a name has to be qualified. */
  private @Nullable Map<String, Set<String>> pathsByName;

  private final Set<Package> seen = new HashSet<>();

  MessageFormat(Checker check) {
    this.check = check;
  }

  /** Formats for a checker, or without one: then names are qualified by full paths. */
  static String sprintf(@Nullable Checker check, String pattern, @Nullable Object... args) {
    return check != null
        ? check.errors.sprintf(pattern, args)
        : format(Qualifier.PATH, pattern, args);
  }

  String format(String pattern, @Nullable Object... args) {
    return format(qualifier, pattern, args);
  }

  private static String format(Qualifier qualifier, String pattern, @Nullable Object... args) {
    StringBuilder out = new StringBuilder(pattern.length() + 32);
    int next = 0;
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i++);
      if (c != '%') {
        out.append(c);
        continue;
      }
      char verb = pattern.charAt(i++);
      if (verb == '%') {
        out.append('%');
        continue;
      }
      Object arg = args[next++];
      switch (verb) {
        case 's', 'v', 'd' -> append(qualifier, out, arg);
        case 'q' -> out.append(GoStrings.quote(GoStrings.encode(String.valueOf(arg))));
        default -> throw new AssertionError("unknown verb %" + verb + " in " + pattern);
      }
    }
    return out.toString();
  }

  private static void append(Qualifier qualifier, StringBuilder out, @Nullable Object arg) {
    switch (arg) {
      case null -> out.append("<nil>");
      case Operand x -> out.append(x.describe(qualifier));
      case Expr e -> out.append(ExprPrinter.toString(e));
      case Obj obj -> out.append(ObjectString.objectString(obj, qualifier));
      case Type t -> out.append(TypeString.typeString(t, qualifier));
      case List<?> list -> appendList(qualifier, out, list);
      default -> out.append(arg);
    }
  }

  private static void appendList(Qualifier qualifier, StringBuilder out, List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      append(qualifier, out, list.get(i));
    }
    out.append(']');
  }

  /** The place of {@code pos}, for an argument. */
  Position position(int pos) {
    return pos == SourceMap.NO_POS ? Position.UNKNOWN : check.conf.sources().position(pos);
  }

  /**
   * The prefix of names of {@code pkg}: none in the package itself, the path in quotes if the name
   * is that of several packages in the import graph, and otherwise the package's name.
   */
  String qualifier(Package pkg) {
    if (pkg == check.pkg) {
      return "";
    }
    Map<String, Set<String>> paths = pathsByName;
    if (paths == null) {
      paths = new HashMap<>();
      pathsByName = paths;
      markImports(paths, check.pkg);
    }
    Set<String> same = paths.get(pkg.name());
    return same != null && same.size() > 1
        ? GoStrings.quote(GoStrings.encode(pkg.path()))
        : pkg.name();
  }

  void noteImport(Package pkg) {
    if (pathsByName != null) {
      markImports(pathsByName, pkg);
    }
  }

  private void markImports(Map<String, Set<String>> paths, Package pkg) {
    if (!seen.add(pkg)) {
      return;
    }
    paths.computeIfAbsent(pkg.name(), _ -> new HashSet<>()).add(pkg.path());
    for (Package imported : pkg.imports()) {
      markImports(paths, imported);
    }
  }
}
