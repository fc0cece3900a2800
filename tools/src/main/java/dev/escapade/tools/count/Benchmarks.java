package dev.escapade.tools.count;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** The results of {@code go test -bench -benchmem}, from its output. */
public final class Benchmarks {
  /**
   * A result.
   *
   * @param pkg the package's import path
   * @param name with sub-benchmarks, without the number of processors
   * @param rounds how often its loop ran
   * @param allocs per round, rounded down
   * @param bytes per round, rounded down
   */
  public record Result(String pkg, String name, long rounds, long allocs, long bytes) {
    /** The name of the function. */
    public String function() {
      int slash = name.indexOf('/');
      return slash < 0 ? name : name.substring(0, slash);
    }
  }

  private Benchmarks() {}

  /** Reads an output; lines that are no results are skipped. */
  public static List<Result> read(Reader in) throws IOException {
    List<Result> results = new ArrayList<>();
    String pkg = "";
    BufferedReader lines = new BufferedReader(in);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("pkg: ")) {
        pkg = line.substring("pkg: ".length()).strip();
      } else if (line.startsWith("Benchmark")) {
        Result r = result(pkg, line.strip().split("\\s+", -1));
        if (r != null) {
          results.add(r);
        }
      }
    }
    return results;
  }

  private static @org.jspecify.annotations.Nullable Result result(String pkg, String[] words) {
    long allocs = -1;
    long bytes = -1;
    for (int i = 2; i < words.length; i++) {
      switch (words[i]) {
        case "allocs/op" -> allocs = number(words[i - 1]);
        case "B/op" -> bytes = number(words[i - 1]);
        default -> {}
      }
    }
    if (words.length < 2 || allocs < 0 || number(words[1]) < 0) {
      return null;
    }
    return new Result(pkg, withoutProcessors(words[0]), number(words[1]), allocs, bytes);
  }

  private static long number(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) < '0' || s.charAt(i) > '9') {
        return -1;
      }
    }
    return s.isEmpty() || s.length() > 18 ? -1 : Long.parseLong(s);
  }

  private static String withoutProcessors(String name) {
    int dash = name.lastIndexOf('-');
    return dash > 0 && number(name.substring(dash + 1)) >= 0 ? name.substring(0, dash) : name;
  }
}
