package dev.escapade.tools.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of YAML that configuration files are written in: mappings and lists by
 * indentation, lists in brackets, scalars with or without quotes, comments. What it reads, YAML
 * reads the same way; anchors, tags, several documents and folded text are refused.
 */
final class SmallYaml {
  /** What is wrong, and in which line (from 1). */
  static final class YamlException extends Exception {
    private static final long serialVersionUID = 1;

    YamlException(int line, String message) {
      super("line " + line + ": " + message);
    }
  }

  private record Line(int number, int indent, String text) {}

  private final Deque<Line> lines = new ArrayDeque<>();

  private SmallYaml(String text) throws YamlException {
    String[] all = text.split("\n", -1);
    for (int i = 0; i < all.length; i++) {
      String content = withoutComment(all[i]).stripTrailing();
      if (content.isBlank() || content.equals("---")) {
        continue;
      }
      int indent = 0;
      while (content.charAt(indent) == ' ') {
        indent++;
      }
      if (content.charAt(indent) == '\t') {
        throw new YamlException(i + 1, "indented with a tab; YAML wants blanks");
      }
      lines.add(new Line(i + 1, indent, content.substring(indent)));
    }
  }

  /**
   * Reads a document whose top is a mapping.
   *
   * @return keys to strings, lists of strings, and mappings, in their order
   */
  static Map<String, Object> read(String text) throws YamlException {
    SmallYaml yaml = new SmallYaml(text);
    if (yaml.lines.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> top = yaml.mapping(yaml.lines.getFirst().indent());
    if (!yaml.lines.isEmpty()) {
      Line rest = yaml.lines.getFirst();
      throw new YamlException(rest.number(), "indented less than the line above it belongs to");
    }
    return top;
  }

  private static String withoutComment(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private Map<String, Object> mapping(int indent) throws YamlException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (!lines.isEmpty() && lines.getFirst().indent() == indent) {
      Line line = lines.removeFirst();
      int colon = colon(line.text());
      if (colon < 0) {
        throw new YamlException(line.number(), "a key and a colon are wanted: " + line.text());
      }
      String key = scalar(line.text().substring(0, colon), line.number());
      String rest = line.text().substring(colon + 1).strip();
      Object value = rest.isEmpty() ? nested(indent) : flow(rest, line.number());
      if (map.put(key, value) != null) {
        throw new YamlException(line.number(), key + " is there twice");
      }
    }
    if (!lines.isEmpty() && lines.getFirst().indent() > indent) {
      throw new YamlException(lines.getFirst().number(), "indented more than what is above");
    }
    return map;
  }

  private static int colon(String text) {
    int from = text.startsWith("\"") || text.startsWith("'") ? text.indexOf(text.charAt(0), 1) : 0;
    for (int i = Math.max(from, 0); i < text.length(); i++) {
      if (text.charAt(i) == ':'
          && (i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1)))) {
        return i;
      }
    }
    return -1;
  }

  /** What stands below a key: a list, which need not be indented, a mapping, or nothing. */
  private Object nested(int indent) throws YamlException {
    if (lines.isEmpty()) {
      return "";
    }
    Line first = lines.getFirst();
    boolean isList = first.text().startsWith("- ") || first.text().equals("-");
    if (isList && first.indent() >= indent) {
      return list(first.indent());
    }
    return first.indent() > indent ? mapping(first.indent()) : "";
  }

  private List<String> list(int indent) throws YamlException {
    List<String> items = new ArrayList<>();
    while (!lines.isEmpty()
        && lines.getFirst().indent() == indent
        && lines.getFirst().text().startsWith("-")) {
      Line line = lines.removeFirst();
      items.add(scalar(line.text().substring(1), line.number()));
    }
    return items;
  }

  private static Object flow(String text, int line) throws YamlException {
    if (!text.startsWith("[")) {
      return scalar(text, line);
    }
    if (!text.endsWith("]")) {
      throw new YamlException(line, "the list is not closed in its line");
    }
    List<String> items = new ArrayList<>();
    String inner = text.substring(1, text.length() - 1);
    if (!inner.isBlank()) {
      for (String item : inner.split(",", -1)) {
        if (!item.isBlank()) {
          items.add(scalar(item, line));
        }
      }
    }
    return items;
  }

  private static String scalar(String text, int line) throws YamlException {
    String s = text.strip();
    if (s.length() >= 2
        && (s.charAt(0) == '"' || s.charAt(0) == '\'')
        && s.charAt(s.length() - 1) == s.charAt(0)) {
      return s.substring(1, s.length() - 1);
    }
    if (!s.isEmpty() && "&*!|>{%@`".indexOf(s.charAt(0)) >= 0) {
      throw new YamlException(line, "not understood: " + s);
    }
    return s;
  }
}
