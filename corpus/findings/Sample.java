import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Draws findings at random: {@code java Sample.java DIR SEED COUNT EACH}. DIR has one file for each
 * module, written by {@code escapade check -format brief}. Of each rule EACH findings are drawn, or
 * all if it has fewer; the rest, up to COUNT, from all findings alike. The same files and seed give
 * the same sample.
 */
void main(String[] args) throws Exception {
  String seed = args[1];
  int count = Integer.parseInt(args[2]);
  int each = Integer.parseInt(args[3]);
  List<String> all = new ArrayList<>();
  try (Stream<Path> files = Files.list(Path.of(args[0]))) {
    for (Path file : files.sorted().toList()) {
      String module = file.getFileName().toString().replaceFirst("\\.txt$", "");
      for (String line : Files.readAllLines(file)) {
        all.add(module + "\t" + line);
      }
    }
  }
  MessageDigest sha = MessageDigest.getInstance("SHA-256");
  TreeMap<String, String> shuffled = new TreeMap<>();
  for (String line : all) {
    byte[] hash = sha.digest((seed + "\n" + line).getBytes(StandardCharsets.UTF_8));
    shuffled.put(HexFormat.of().formatHex(hash), line);
  }
  TreeMap<String, Integer> total = new TreeMap<>();
  TreeMap<String, Integer> taken = new TreeMap<>();
  List<String> sample = new ArrayList<>();
  List<String> rest = new ArrayList<>();
  for (String line : shuffled.values()) {
    String rule = line.split(": ", 3)[1];
    total.merge(rule, 1, Integer::sum);
    if (taken.getOrDefault(rule, 0) < each) {
      taken.merge(rule, 1, Integer::sum);
      sample.add(line);
    } else {
      rest.add(line);
    }
  }
  sample.addAll(rest.subList(0, Math.max(0, Math.min(rest.size(), count - sample.size()))));
  sample.sort(Comparator.naturalOrder());
  sample.forEach(IO::println);
  System.err.println(all.size() + " findings, " + sample.size() + " drawn");
  total.forEach(
      (rule, n) ->
          System.err.println(
              "%-34s %5d %4d"
                  .formatted(
                      rule,
                      n,
                      sample.stream().filter(s -> s.contains(": " + rule + ": ")).count())));
}
