package dev.escapade.fuzz.programs;

import java.util.ArrayList;
import java.util.List;

/** A part of a source file: some text, parts within it, and some text that ends it. */
final class Piece {
  final String head;
  final List<Piece> parts;
  final String tail;

  private Piece(String head, List<Piece> parts, String tail) {
    this.head = head;
    this.parts = parts;
    this.tail = tail;
  }

  /** The pieces of a source text that has no braces in strings: a block for what braces enclose. */
  static List<Piece> parse(String text) {
    return parse(text.lines().filter(l -> !l.isBlank()).map(String::strip).toList());
  }

  private static List<Piece> parse(List<String> lines) {
    List<Piece> pieces = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      int end = end(lines, i);
      if (end == i) {
        pieces.add(line(lines.get(i)));
      } else {
        pieces.add(block(lines.get(i), parse(lines.subList(i + 1, end)), lines.get(end)));
      }
      i = end + 1;
    }
    return pieces;
  }

  /** The line in which the braces are closed that the line {@code start} opens. */
  private static int end(List<String> lines, int start) {
    int depth = depth(lines.get(start));
    for (int i = start + 1; depth > 0 && i < lines.size(); i++) {
      depth += depth(lines.get(i));
      if (depth <= 0) {
        return i;
      }
    }
    return start;
  }

  /** How many more braces a line opens than it closes. */
  private static int depth(String line) {
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      depth += line.charAt(i) == '{' ? 1 : line.charAt(i) == '}' ? -1 : 0;
    }
    return depth;
  }

  static Piece line(String text) {
    return new Piece(text, List.of(), "");
  }

  static Piece block(String head, List<Piece> parts, String tail) {
    return new Piece(head, new ArrayList<>(parts), tail);
  }

  /** The source text, one line for each head and tail. */
  void write(StringBuilder out, int depth) {
    if (!head.isEmpty()) {
      out.repeat("\t", depth).append(head).append('\n');
    }
    for (Piece part : parts) {
      part.write(out, head.isEmpty() ? depth : depth + 1);
    }
    if (!tail.isEmpty()) {
      out.repeat("\t", depth).append(tail).append('\n');
    }
  }

  /** A copy with other parts. */
  Piece with(List<Piece> other) {
    return new Piece(head, new ArrayList<>(other), tail);
  }
}
