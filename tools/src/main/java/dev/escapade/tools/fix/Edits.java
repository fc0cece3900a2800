package dev.escapade.tools.fix;

import dev.escapade.advice.finding.TextEdit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes of the bytes of files. */
final class Edits {
  private static final Comparator<TextEdit> ORDER =
      Comparator.comparing(TextEdit::file)
          .thenComparingInt(TextEdit::offset)
          .thenComparingInt(TextEdit::endOffset)
          .thenComparing(TextEdit::replacement);

  private Edits() {}

  /**
   * Reports whether two edits touch the same bytes. Two insertions at one place do, unless they are
   * the same (an import that two fixes need), or both are of lines (two imports, two declarations).
   */
  static boolean overlap(TextEdit a, TextEdit b) {
    if (!a.file().equals(b.file()) || a.equals(b)) {
      return false;
    }
    if (a.offset() == b.offset()) {
      return !isOfLines(a) || !isOfLines(b);
    }
    return a.offset() < b.endOffset() && b.offset() < a.endOffset();
  }

  private static boolean isOfLines(TextEdit e) {
    return e.offset() == e.endOffset()
        && (e.replacement().startsWith("\n") || e.replacement().endsWith("\n"));
  }

  /** Reports whether any edit of one list touches the same bytes as one of the other. */
  static boolean overlap(List<TextEdit> some, List<TextEdit> others) {
    for (TextEdit a : some) {
      for (TextEdit b : others) {
        if (overlap(a, b)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The files that {@code edits} change, with their new content, and without the imports that are
   * not needed any more. New lines end as those of the file do.
   *
   * @param edits without overlaps; the same edit twice counts once
   * @param contents the content of every file that an edit names
   */
  static Map<String, byte[]> apply(Collection<TextEdit> edits, Map<String, byte[]> contents) {
    Map<String, List<TextEdit>> byFile = new HashMap<>();
    edits.stream()
        .distinct()
        .sorted(ORDER)
        .forEach(e -> byFile.computeIfAbsent(e.file(), _ -> new ArrayList<>()).add(e));
    Map<String, byte[]> changed = new HashMap<>();
    byFile.forEach((file, list) -> {
      byte[] before = content(file, contents);
      changed.put(file, UnusedImports.clean(before, applied(list, before)));
    });
    return changed;
  }

  private static byte[] content(String file, Map<String, byte[]> contents) {
    byte[] content = contents.get(file);
    if (content == null) {
      throw new IllegalArgumentException("no content of " + file);
    }
    return content;
  }

  private static byte[] applied(List<TextEdit> sorted, byte[] content) {
    var out = new ByteArrayOutputStream(content.length + 64);
    int at = 0;
    boolean crlf = hasCarriageReturns(content);
    for (TextEdit e : sorted) {
      if (e.offset() < at || e.endOffset() > content.length) {
        throw new IllegalArgumentException("edit out of place: " + e);
      }
      out.write(content, at, e.offset() - at);
      String text = e.replacement();
      if (crlf) {
        text = text.replace("\r\n", "\n").replace("\n", "\r\n");
      }
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      at = e.endOffset();
    }
    out.write(content, at, content.length - at);
    return out.toByteArray();
  }

  /** Reports whether the first line ends as on Windows. */
  private static boolean hasCarriageReturns(byte[] content) {
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        return i > 0 && content[i - 1] == '\r';
      }
    }
    return false;
  }
}
