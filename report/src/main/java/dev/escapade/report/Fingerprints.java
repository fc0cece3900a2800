package dev.escapade.report;

import dev.escapade.advice.finding.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names for findings that stay the same when lines are added or removed elsewhere in the file: of
 * the rule, the file, the function, the text of the line without its indentation, and a number for
 * the second and further ones that agree in all of these.
 */
public final class Fingerprints {
  /** Half of a SHA-256 is more than enough to tell the findings of one tree apart. */
  private static final int BYTES = 16;

  private Fingerprints() {}

  /** The fingerprints of findings, in their order: 32 hexadecimal digits each. */
  public static List<String> of(List<Finding> findings, Sources sources) {
    MessageDigest sha = sha256();
    Map<String, Integer> seen = new HashMap<>();
    List<String> prints = new ArrayList<>(findings.size());
    for (Finding f : findings) {
      String file = f.place().file();
      String line = sources.line(file, f.place().line()).strip();
      String subject = String.join("\0", f.rule(), sources.path(file), f.function(), line);
      int nth = seen.merge(subject, 1, Integer::sum);
      byte[] digest = sha.digest((subject + "\0" + nth).getBytes(StandardCharsets.UTF_8));
      prints.add(HexFormat.of().formatHex(digest, 0, BYTES));
    }
    return prints;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
