package dev.escapade.syntax;

public final class Positions {
  public static int startPos(Node n) {
    return n.pos();
  }

  public static int endPos(Node n) {
    return n.pos();
  }
}
