package dev.escapade.tools.check;

import java.nio.charset.StandardCharsets;

/** Tells files that a program has written (Go: {@code go help generate}). */
public final class GeneratedFiles {
  private static final String START = "// Code generated ";
  private static final String END = " DO NOT EDIT.";

  private GeneratedFiles() {}

  /** Reports whether a line before the package clause says that the file is generated. */
  public static boolean isGenerated(byte[] content) {
    int from = 0;
    while (from < content.length) {
      int to = from;
      while (to < content.length && content[to] != '\n') {
        to++;
      }
      String line = new String(content, from, to - from, StandardCharsets.UTF_8).stripTrailing();
      if (line.startsWith("package ")) {
        return false;
      }
      if (line.startsWith(START) && line.endsWith(END)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }
}
