package dev.escapade.tools.fix;

import dev.escapade.syntax.Qualifiers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes away the imports of the standard library that fixes have made useless: their name qualified
 * something before, and does so no more. Whether the rest holds, the type checker says.
 */
final class UnusedImports {
  private static final Pattern SPEC =
      Pattern.compile("\\s*(?:import\\s+)?(\\w+\\s+)?\"([^\"]+)\"\\s*(?://.*)?");
  private static final Pattern DECLARATION = Pattern.compile("(?:func|var|const|type)\\b.*");

  private UnusedImports() {}

  /** {@code after} without the imports that {@code before} needed and it does not. */
  static byte[] clean(byte[] before, byte[] after) {
    Set<String> gone = Qualifiers.of(before);
    gone.removeAll(Qualifiers.of(after));
    if (gone.isEmpty()) {
      return after;
    }
    List<String> lines =
        new ArrayList<>(List.of(new String(after, StandardCharsets.ISO_8859_1).split("\n", -1)));
    boolean changed = false;
    for (int i = 0; i < lines.size() && !DECLARATION.matcher(lines.get(i)).matches(); i++) {
      Matcher spec = SPEC.matcher(lines.get(i).stripTrailing());
      if (spec.matches() && gone.contains(name(spec.group(1), spec.group(2)))) {
        lines.remove(i);
        tidy(lines, i);
        changed = true;
        i = -1;
      }
    }
    return changed ? String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1) : after;
  }

  /** The name of an import of the standard library, or "" for others. */
  private static String name(String alias, String path) {
    int slash = path.indexOf('/');
    if ((slash < 0 ? path : path.substring(0, slash)).contains(".")) {
      return "";
    }
    return alias != null ? alias.strip() : path.substring(path.lastIndexOf('/') + 1);
  }

  /** Makes up for the line that has gone from before {@code at}: no empty group, no two blanks. */
  private static void tidy(List<String> lines, int at) {
    if (at == 0 || at >= lines.size()) {
      return;
    }
    String previous = lines.get(at - 1).strip();
    String next = lines.get(at).strip();
    if (previous.matches("import\\s*\\(") && next.equals(")")) {
      lines.remove(at);
      lines.remove(at - 1);
      tidy(lines, at - 1);
    } else if (next.isEmpty() && (previous.isEmpty() || previous.endsWith("("))) {
      lines.remove(at);
    } else if (previous.isEmpty() && next.equals(")")) {
      lines.remove(at - 1);
    }
  }
}
