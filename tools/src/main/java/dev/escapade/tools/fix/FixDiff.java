package dev.escapade.tools.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The change of a file as a unified diff. */
public final class FixDiff {
  private static final int CONTEXT = 3;

  private FixDiff() {}

  /**
   * The lines of the diff, without line ends; none if nothing changes.
   *
   * @param path the file's name for output
   */
  public static List<String> of(String path, byte[] before, byte[] after) {
    List<String> old = lines(before);
    return UnifiedDiffUtils.generateUnifiedDiff(
        "a/" + path, "b/" + path, old, DiffUtils.diff(old, lines(after)), CONTEXT);
  }

  private static List<String> lines(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return List.of(
        (text.endsWith("\n")
                ? text.substring(0, text.length() - 1)
                : text + "\n\\ No newline at end of file")
            .split(text.endsWith("\n") ? "\n" : "\n(?!\\\\ No newline at end of file$)", -1));
  }
}
