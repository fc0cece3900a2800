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
