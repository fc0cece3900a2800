package dev.escapade.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lines a profile has seen how often, calls from there included: what {@code go tool pprof
 * -list} prints as "cum". Of a heap profile, what was allocated counts, not what is left.
 * Immutable.
 *
 * <p>Files are known by their names in the profile: absolute, or, of programs that were built with
 * {@code -trimpath}, beginning with a module path. So where a name is not found, it is one with the
 * same directory and base name that is meant, if there is only one.
 */
public final class LineProfile {
  private final Map<String, Map<Integer, Long>> byFile;
  private final Map<String, @Nullable String> byEnding = new HashMap<>();
  private final long total;
  private final String unit;

  private LineProfile(Map<String, Map<Integer, Long>> byFile, long total, String unit) {
    this.byFile = byFile;
    this.total = total;
    this.unit = unit;
    for (String file : byFile.keySet()) {
      String ending = ending(file);
      byEnding.put(ending, byEnding.containsKey(ending) ? null : file);
    }
  }

  /**
   * Reads a profile as runtime/pprof writes it.
   *
   * @throws IOException if the file cannot be read
   * @throws ProfileException if it is no profile
   */
  public static LineProfile read(Path file) throws IOException, ProfileException {
    return read(Files.readAllBytes(file));
  }

  /** Reads the contents of a profile, perhaps compressed. */
  static LineProfile read(byte[] file) throws ProfileException {
    return new Reader(PprofReader.decompressed(file)).read();
  }

  /** What the values are parts of: "samples", "allocated bytes" and so on. */
  public String unit() {
    return unit;
  }

  /** The sum over all samples. */
  public long total() {
    return total;
  }

  /** The share of the total, 0 to 1, in which a line of a file was being run. */
  public double share(String file, int line) {
    Map<Integer, Long> lines = byFile.get(file);
    if (lines == null) {
      String other = byEnding.get(ending(file));
      lines = other == null ? null : byFile.get(other);
    }
    Long value = lines == null ? null : lines.get(line);
    return value == null || total <= 0 ? 0 : (double) value / total;
  }

  /** The last two parts of a path. */
  private static String ending(String file) {
    int slash = file.lastIndexOf('/');
    int before = slash < 0 ? -1 : file.lastIndexOf('/', slash - 1);
    return file.substring(before + 1);
  }

  /** Reads one file. */
  private static final class Reader {
    private final byte[] data;
    private final List<String> strings = new ArrayList<>();
    private final LongList sampleTypes = new LongList();
    private final Map<Long, Long> fileOfFunction = new HashMap<>();
    private final Map<Long, LongList> linesOfLocation = new HashMap<>();
    private final Map<String, Map<Integer, Long>> byFile = new HashMap<>();
    private long total;

    Reader(byte[] data) {
      this.data = data;
    }

    LineProfile read() throws ProfileException {
      Wire w = new Wire(data, 0, data.length);
      while (w.next()) {
        switch (w.field()) {
          case PprofReader.SAMPLE_TYPE -> pair(w.message(), 1, 2, sampleTypes);
          case PprofReader.LOCATION -> location(w.message());
          case PprofReader.FUNCTION -> function(w.message());
          case PprofReader.STRING -> strings.add(w.string());
          default -> {} // samples are read when the tables are known
        }
      }
      int value = value();
      if (value < 0) {
        throw new ProfileException("the profile has no values");
      }
      Wire again = new Wire(data, 0, data.length);
      while (again.next()) {
        if (again.field() == PprofReader.SAMPLE) {
          sample(again.message(), value);
        }
      }
      return new LineProfile(byFile, total, unit(string(sampleTypes.get(2 * value))));
    }

    private static String unit(String type) {
      return switch (type) {
        case "cpu", "samples" -> "samples";
        case "alloc_space" -> "allocated bytes";
        case "alloc_objects" -> "allocated objects";
        default -> type;
      };
    }

    /** Bytes allocated, of a heap profile; CPU time; or else what comes last. */
    private int value() throws ProfileException {
      int types = sampleTypes.size() / 2;
      for (String wanted : List.of("alloc_space", "alloc_objects", "cpu", "samples")) {
        for (int i = 0; i < types; i++) {
          if (string(sampleTypes.get(2 * i)).equals(wanted)) {
            return i;
          }
        }
      }
      return types - 1;
    }

    private String string(long index) throws ProfileException {
      if (index < 0 || index >= strings.size()) {
        throw new ProfileException("malformed profile format");
      }
      return strings.get((int) index);
    }

    private static void pair(Wire w, int first, int second, LongList into) throws ProfileException {
      long a = 0;
      long b = 0;
      while (w.next()) {
        if (w.field() == first) {
          a = w.number();
        } else if (w.field() == second) {
          b = w.number();
        }
      }
      into.add(a);
      into.add(b);
    }

    private void function(Wire w) throws ProfileException {
      LongList idAndFile = new LongList();
      pair(w, 1, 4, idAndFile);
      fileOfFunction.put(idAndFile.get(0), idAndFile.get(1));
    }

    private void location(Wire w) throws ProfileException {
      long id = 0;
      LongList lines = new LongList();
      while (w.next()) {
        switch (w.field()) {
          case 1 -> id = w.number();
          case 4 -> pair(w.message(), 1, 2, lines);
          default -> {} // addresses and mappings tell nothing of lines
        }
      }
      linesOfLocation.put(id, lines);
    }

    private void sample(Wire w, int type) throws ProfileException {
      LongList locations = new LongList();
      LongList values = new LongList();
      while (w.next()) {
        switch (w.field()) {
          case 1 -> w.addTo(locations);
          case 2 -> w.addTo(values);
          default -> {} // labels
        }
      }
      if (type >= values.size()) {
        throw new ProfileException("malformed profile: a sample has too few values");
      }
      long value = values.get(type);
      if (value == 0) {
        return;
      }
      total += value;
      Set<String> seen = new HashSet<>(); // a recursion counts once
      for (int i = 0; i < locations.size(); i++) {
        LongList lines = linesOfLocation.get(locations.get(i));
        for (int k = 0; lines != null && k + 1 < lines.size(); k += 2) {
          Long name = fileOfFunction.get(lines.get(k));
          if (name != null) {
            String file = string(name);
            int line = (int) lines.get(k + 1);
            if (seen.add(file + ":" + line)) {
              byFile.computeIfAbsent(file, _ -> new HashMap<>()).merge(line, value, Long::sum);
            }
          }
        }
      }
    }
  }
}
