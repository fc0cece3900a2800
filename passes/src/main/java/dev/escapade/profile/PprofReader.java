package dev.escapade.profile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads a profile as runtime/pprof writes it, and finds the calls in it.
 *
 * <p>The message is read twice: first for its tables, as these may stand behind what refers to
 * them, then for its samples, of which none is kept.
 */
final class PprofReader {
  /** So large may a profile be once it is decompressed. */
  private static final int MAX_BYTES = 1 << 30;

  // Fields of the message Profile.
  static final int SAMPLE_TYPE = 1;
  static final int SAMPLE = 2;
  static final int LOCATION = 4;
  static final int FUNCTION = 5;
  static final int STRING = 6;

  private final byte[] data;
  private final List<String> strings = new ArrayList<>();
  private final LongList sampleTypes = new LongList();
  private final Map<Long, Function> functions = new HashMap<>();
  private final Map<Long, int[]> nodesOfLocation = new HashMap<>();
  private int samples;

  /** A function; {@code name} is the index of a string. */
  private record Function(long name, long startLine) {}

  private PprofReader(byte[] data) {
    this.data = data;
  }

  /**
   * The calls of a profile, the heaviest first; none if it has no samples.
   *
   * @param file the contents of the file, perhaps compressed
   */
  static List<CallEdge> read(byte[] file) throws ProfileException {
    try {
      byte[] data = decompressed(file);
      if (data.length == 0) {
        return List.of();
      }
      return new PprofReader(data).calls();
    } catch (ProfileException e) {
      throw new ProfileException("error parsing profile: " + e.getMessage());
    }
  }

  static byte[] decompressed(byte[] file) throws ProfileException {
    if (file.length < 2 || file[0] != 0x1f || file[1] != (byte) 0x8b) {
      return file;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      byte[] data = in.readNBytes(MAX_BYTES);
      if (in.read() >= 0) {
        throw new ProfileException("error parsing profile: decompressing profile: too large");
      }
      return data;
    } catch (ProfileException e) {
      throw e;
    } catch (IOException e) {
      throw new ProfileException("error parsing profile: decompressing profile: " + e.getMessage());
    }
  }

  private List<CallEdge> calls() throws ProfileException {
    CallGraph graph = new CallGraph();
    int value;
    try {
      readTables();
      readLocations(graph);
      checkSamples();
      value = samples == 0 ? 0 : valueIndex();
    } catch (ProfileException e) {
      throw new ProfileException("error parsing profile: " + e.getMessage());
    }
    if (samples == 0) {
      return List.of();
    }
    if (value < 0) {
      throw new ProfileException(
          "profile does not contain a sample index with value/type \"samples/count\" or"
              + " cpu/nanoseconds\"");
    }
    addSamples(graph, value);
    return graph.edges();
  }

  // ---- tables

  private void readTables() throws ProfileException {
    try {
      Wire w = new Wire(data, 0, data.length);
      while (w.next()) {
        switch (w.field()) {
          case SAMPLE_TYPE -> sampleType(w.message());
          case SAMPLE -> samples++;
          case FUNCTION -> function(w.message());
          case STRING -> strings.add(w.string());
          default -> {}
        }
      }
    } catch (ProfileException e) {
      throw new ProfileException("parsing profile: " + e.getMessage());
    }
  }

  private void sampleType(Wire w) throws ProfileException {
    long type = 0;
    long unit = 0;
    while (w.next()) {
      switch (w.field()) {
        case 1 -> type = w.number();
        case 2 -> unit = w.number();
        default -> {}
      }
    }
    sampleTypes.add(type);
    sampleTypes.add(unit);
  }

  private void function(Wire w) throws ProfileException {
    long id = 0;
    long name = 0;
    long startLine = 0;
    while (w.next()) {
      switch (w.field()) {
        case 1 -> id = w.number();
        case 2 -> name = w.number();
        case 5 -> startLine = w.number();
        default -> {}
      }
    }
    if (id == 0) {
      throw new ProfileException("found function with reserved ID=0");
    }
    if (functions.put(id, new Function(name, startLine)) != null) {
      throw new ProfileException("multiple functions with same id: " + id);
    }
  }

  private String string(long index) throws ProfileException {
    if (index < 0 || index >= strings.size()) {
      throw new ProfileException("parsing profile: malformed profile format");
    }
    return strings.get((int) index);
  }

  /** Which of the values of a sample counts, or -1. */
  private int valueIndex() throws ProfileException {
    for (int i = 0; i < sampleTypes.size(); i += 2) {
      String type = string(sampleTypes.get(i));
      String unit = string(sampleTypes.get(i + 1));
      if ((type.equals("samples") && unit.equals("count"))
          || (type.equals("cpu") && unit.equals("nanoseconds"))) {
        return i / 2;
      }
    }
    return -1;
  }

  // ---- locations

  private void readLocations(CallGraph graph) throws ProfileException {
    Wire w = new Wire(data, 0, data.length);
    while (w.next()) {
      if (w.field() == LOCATION) {
        location(w.message(), graph);
      }
    }
  }

  private void location(Wire w, CallGraph graph) throws ProfileException {
    long id = 0;
    long address = 0;
    LongList lines = new LongList();
    while (w.next()) {
      switch (w.field()) {
        case 1 -> id = w.number();
        case 3 -> address = w.number();
        case 4 -> line(w.message(), lines);
        default -> {}
      }
    }
    if (id == 0) {
      throw new ProfileException("malformed profile: found location with reserved id=0");
    }
    int[] nodes = new int[Math.max(1, lines.size() / 2)];
    for (int i = 0; i < nodes.length; i++) {
      Function f = 2 * i < lines.size() ? function(lines.get(2 * i)) : null;
      nodes[i] =
          f == null
              ? graph.node("", address, 0, 0)
              : graph.node(string(f.name), address, f.startLine, lines.get(2 * i + 1));
    }
    if (nodesOfLocation.put(id, nodes) != null) {
      throw new ProfileException("malformed profile: multiple locations with same id: " + id);
    }
  }

  private @org.jspecify.annotations.Nullable Function function(long id) throws ProfileException {
    Function f = functions.get(id);
    if (f == null && id != 0) {
      throw new ProfileException("parsing profile: Function ID " + id + " not found");
    }
    return f;
  }

  private static void line(Wire w, LongList lines) throws ProfileException {
    long function = 0;
    long line = 0;
    while (w.next()) {
      switch (w.field()) {
        case 1 -> function = w.number();
        case 2 -> line = w.number();
        default -> {}
      }
    }
    lines.add(function);
    lines.add(line);
  }

  // ---- samples

  private void checkSamples() throws ProfileException {
    int types = sampleTypes.size() / 2;
    if (types == 0 && samples != 0) {
      throw new ProfileException("malformed profile: missing sample type information");
    }
    LongList locations = new LongList();
    LongList values = new LongList();
    Wire w = new Wire(data, 0, data.length);
    while (w.next()) {
      if (w.field() == SAMPLE) {
        sample(w.message(), locations, values);
        if (values.size() != types) {
          throw new ProfileException(
              "malformed profile: mismatch: sample has: %d values vs. %d types"
                  .formatted(values.size(), types));
        }
        for (int i = 0; i < locations.size(); i++) {
          if (!nodesOfLocation.containsKey(locations.get(i))) {
            throw new ProfileException(
                "malformed profile: no location with id: " + locations.get(i));
          }
        }
      }
    }
  }

  private static void sample(Wire w, LongList locations, LongList values) throws ProfileException {
    locations.clear();
    values.clear();
    while (w.next()) {
      switch (w.field()) {
        case 1 -> w.addTo(locations);
        case 2 -> w.addTo(values);
        default -> {}
      }
    }
  }

  /** The frames of a sample, the innermost last, as far as they count. */
  private void addSamples(CallGraph graph, int value) throws ProfileException {
    LongList locations = new LongList();
    LongList values = new LongList();
    LongList frames = new LongList();
    Wire w = new Wire(data, 0, data.length);
    while (w.next()) {
      if (w.field() != SAMPLE) {
        continue;
      }
      sample(w.message(), locations, values);
      frames.clear();
      for (int i = Math.min(1, locations.size() - 1); i >= 0; i--) {
        int[] nodes = nodesOfLocation.getOrDefault(locations.get(i), new int[0]);
        for (int k = nodes.length - 1; k >= 0; k--) {
          frames.add(nodes[k]);
        }
      }
      if (values.get(value) != 0) {
        graph.add(frames, values.get(value));
      }
    }
  }
}
