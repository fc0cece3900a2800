package dev.escapade.tools.check;

import dev.escapade.advice.finding.Severity;
import dev.escapade.tools.check.SmallYaml.YamlException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a file {@code .escapade.yaml} says of the rules of a module;
 * docs/escapade-config.schema.json describes it.
 *
 * @param dir the directory of the file, to which paths are relative
 * @param enabled the only rules to use; empty for all
 * @param disabled the rules not to use
 * @param severities of the findings of some rules
 * @param excluded the files in which nothing is to be found
 * @param maxAllocs how many allocations a call of a function may make, by the function's name
 * @param maxFindings how many findings a package may have, by an import path, or one that ends in
 *     {@code /...}
 */
public record CheckConfig(
    Path dir,
    Set<String> enabled,
    Set<String> disabled,
    Map<String, Severity> severities,
    List<PathMatcher> excluded,
    Map<String, Integer> maxAllocs,
    Map<String, Integer> maxFindings) {
  /** The name of the file. */
  public static final String NAME = ".escapade.yaml";

  /** What holds without a file. */
  public static final CheckConfig DEFAULT =
      new CheckConfig(Path.of("/"), Set.of(), Set.of(), Map.of(), List.of(), Map.of(), Map.of());

  public CheckConfig {
    enabled = Set.copyOf(enabled);
    disabled = Set.copyOf(disabled);
    severities = Map.copyOf(severities);
    excluded = List.copyOf(excluded);
    maxAllocs = Map.copyOf(maxAllocs);
    maxFindings = Map.copyOf(maxFindings);
  }

  /** A file that cannot be used; the message says why, and where. */
  public static final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
      super(message);
    }
  }

  /**
   * The configuration for a directory: that of the next directory, itself or above, that has a
   * file, but none above the module.
   *
   * @param rules the names that there are
   */
  public static CheckConfig find(Path dir, Set<String> rules) throws ConfigException, IOException {
    for (Path d = dir; d != null; d = d.getParent()) {
      Path file = d.resolve(NAME);
      if (Files.exists(file)) {
        return read(file, rules);
      }
      if (Files.exists(d.resolve("go.mod")) || Files.exists(d.resolve("go.work"))) {
        break;
      }
    }
    return DEFAULT;
  }

  /**
   * Reads a file.
   *
   * @param rules the names that there are
   */
  public static CheckConfig read(Path file, Set<String> rules) throws ConfigException, IOException {
    Path dir = file.toAbsolutePath().getParent();
    try {
      return new Reader(file, dir == null ? Path.of("/") : dir, rules)
          .read(SmallYaml.read(Files.readString(file)));
    } catch (YamlException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }

  /** Reports whether a rule is to be used. */
  public boolean isEnabled(String rule) {
    return (enabled.isEmpty() || enabled.contains(rule)) && !disabled.contains(rule);
  }

  /** Reports whether nothing is to be found in a file. */
  public boolean isExcluded(String file) {
    Path path = Path.of(file);
    if (excluded.isEmpty() || !path.startsWith(dir)) {
      return false;
    }
    Path relative = dir.relativize(path);
    return excluded.stream().anyMatch(m -> m.matches(relative));
  }

  /** The severity that a rule's findings are given, or null for their own. */
  public @Nullable Severity severity(String rule) {
    return severities.get(rule);
  }

  /** Turns what was read into a configuration. */
  private static final class Reader {
    private final Path file;
    private final Path dir;
    private final Set<String> rules;

    Reader(Path file, Path dir, Set<String> rules) {
      this.file = file;
      this.dir = dir;
      this.rules = rules;
    }

    CheckConfig read(Map<String, Object> top) throws ConfigException {
      Set<String> enabled = new TreeSet<>();
      Set<String> disabled = new TreeSet<>();
      Map<String, Severity> severities = new TreeMap<>();
      List<PathMatcher> excluded = new ArrayList<>();
      Map<String, Integer> maxAllocs = new TreeMap<>();
      Map<String, Integer> maxFindings = new TreeMap<>();
      for (Map.Entry<String, Object> e : top.entrySet()) {
        switch (e.getKey()) {
          case "enable" -> enabled.addAll(names(e));
          case "disable" -> disabled.addAll(names(e));
          case "severity" -> severities.putAll(severities(e));
          case "exclude" -> {
            for (String glob : list(e)) {
              excluded.add(matcher(glob));
            }
          }
          case "max-allocs" -> maxAllocs.putAll(numbers(e));
          case "max-findings" -> maxFindings.putAll(numbers(e));
          default ->
              throw wrong(
                  e.getKey()
                      + " is no setting: enable, disable, severity, exclude, max-allocs and"
                      + " max-findings are");
        }
      }
      return new CheckConfig(dir, enabled, disabled, severities, excluded, maxAllocs, maxFindings);
    }

    private PathMatcher matcher(String glob) throws ConfigException {
      try {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (PatternSyntaxException e) {
        throw wrong("exclude: " + glob + " is no pattern: " + e.getDescription());
      }
    }

    private Map<String, Integer> numbers(Map.Entry<String, Object> e) throws ConfigException {
      Map<String, Integer> numbers = new TreeMap<>();
      if (!(e.getValue() instanceof Map<?, ?> map)) {
        throw wrong(e.getKey() + " wants names and numbers");
      }
      for (Map.Entry<?, ?> n : map.entrySet()) {
        String text = String.valueOf(n.getValue());
        if (!text.matches("[0-9]{1,9}")) {
          throw wrong(e.getKey() + " of " + n.getKey() + " is a number, not " + text);
        }
        numbers.put(String.valueOf(n.getKey()), Integer.valueOf(text));
      }
      return numbers;
    }

    private Map<String, Severity> severities(Map.Entry<String, Object> e) throws ConfigException {
      Map<String, Severity> severities = new TreeMap<>();
      if (!(e.getValue() instanceof Map<?, ?> map)) {
        throw wrong("severity wants rules and their severities");
      }
      for (Map.Entry<?, ?> s : map.entrySet()) {
        String rule = known(String.valueOf(s.getKey()));
        try {
          String name = String.valueOf(s.getValue()).toUpperCase(Locale.ROOT);
          severities.put(rule, Severity.valueOf(name));
        } catch (IllegalArgumentException _) {
          throw wrong(
              "the severity of " + rule + " is note, info, warning or error, not " + s.getValue());
        }
      }
      return severities;
    }

    private List<String> names(Map.Entry<String, Object> e) throws ConfigException {
      List<String> names = list(e);
      for (String name : names) {
        known(name);
      }
      return names;
    }

    private List<String> list(Map.Entry<String, Object> e) throws ConfigException {
      List<String> items = new ArrayList<>();
      if (!(e.getValue() instanceof List<?> list)) {
        throw wrong(e.getKey() + " wants a list");
      }
      for (Object item : list) {
        items.add(String.valueOf(item));
      }
      return items;
    }

    private String known(String rule) throws ConfigException {
      if (!rules.contains(rule)) {
        throw wrong("there is no rule " + rule + "; escapade check -list-rules lists all");
      }
      return rule;
    }

    private ConfigException wrong(String message) {
      return new ConfigException(file + ": " + message);
    }
  }
}
