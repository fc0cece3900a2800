package dev.escapade.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the list of calls that {@code go tool preprofile} writes: after a header, three lines for
 * each call, with the caller, the callee, and the line offset and weight.
 */
final class PreprofileReader {
  private static final byte[] HEADER = "GO PREPROFILE V1\n".getBytes(StandardCharsets.UTF_8);
  private static final int LINES_PER_CALL = 3;

  private PreprofileReader() {}

  /** Reports whether {@code data} begins as such a list does. */
  static boolean accepts(byte[] data) {
    if (data.length < HEADER.length) {
      return false;
    }
    for (int i = 0; i < HEADER.length; i++) {
      if (data[i] != HEADER[i]) {
        return false;
      }
    }
    return true;
  }

  /** The calls, in the order of the list. */
  static List<CallEdge> read(byte[] data) throws ProfileException {
    String text =
        new String(data, HEADER.length, data.length - HEADER.length, StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    List<CallEdge> edges = new ArrayList<>(lines.size() / LINES_PER_CALL);
    Set<CallEdge> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i += LINES_PER_CALL) {
      if (i + 1 == lines.size()) {
        throw new ProfileException("preprocessed profile entry missing callee");
      }
      if (i + 2 == lines.size()) {
        throw new ProfileException("preprocessed profile entry missing weight");
      }
      CallEdge edge = edge(lines.get(i), lines.get(i + 1), lines.get(i + 2));
      if (!seen.add(new CallEdge(edge.caller(), edge.callee(), edge.lineOffset(), 0))) {
        throw new ProfileException("preprocessed profile contains duplicate edge " + edge);
      }
      edges.add(edge);
    }
    return edges;
  }

  private static CallEdge edge(String caller, String callee, String numbers)
      throws ProfileException {
    int space = numbers.indexOf(' ');
    if (space < 0 || numbers.indexOf(' ', space + 1) >= 0) {
      throw new ProfileException("preprocessed profile entry got [" + numbers + "] want 2 fields");
    }
    try {
      return new CallEdge(
          caller,
          callee,
          Long.parseLong(numbers.substring(0, space)),
          Long.parseLong(numbers.substring(space + 1)));
    } catch (NumberFormatException _) {
      throw new ProfileException("preprocessed profile error processing call line: " + numbers);
    }
  }
}
