package dev.escapade.tools.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which lines of a changed file are lines of the file as it was. */
final class SameLines {
  private final List<AbstractDelta<String>> deltas;

  SameLines(byte[] before, byte[] after) {
    deltas = DiffUtils.diff(lines(before), lines(after)).getDeltas();
  }

  private static List<String> lines(byte[] content) {
    return List.of(new String(content, StandardCharsets.ISO_8859_1).split("\n", -1));
  }

  /** The line, from 1, that is now {@code line}; 0 if it has changed, or is new. */
  int before(int line) {
    int shift = 0;
    for (AbstractDelta<String> d : deltas) {
      int start = d.getTarget().getPosition() + 1;
      if (line < start) {
        break;
      }
      if (line < start + d.getTarget().size()) {
        return 0;
      }
      shift += d.getSource().size() - d.getTarget().size();
    }
    return line + shift;
  }
}
