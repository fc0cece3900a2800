package dev.escapade.release;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The functions whose calls the back end replaces by instructions on one architecture
 * (cmd/compile/internal/ssagen/intrinsics.go). Such a call costs no more than any other node.
 */
public final class Intrinsics {
  private final Map<String, Set<String>> functionsByPackage;

  private Intrinsics(Map<String, Set<String>> functionsByPackage) {
    this.functionsByPackage = functionsByPackage;
  }

  /**
   * Reads the table of {@code release} for {@code arch}.
   *
   * @throws IllegalArgumentException if there is no table for that release
   */
  static Intrinsics read(String release, Arch arch) {
    String name = "intrinsics-" + release + ".txt";
    try (InputStream in = Intrinsics.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no table " + name);
      }
      Map<String, Set<String>> functions = new HashMap<>();
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          addLine(functions, line.split(" ", -1), arch);
        }
      }
      return new Intrinsics(functions);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static void addLine(Map<String, Set<String>> functions, String[] words, Arch arch) {
    String packagePath = words[0];
    if (arch.softFloat() && packagePath.equals("math")) {
      return;
    }
    for (int i = 2; i < words.length; i++) {
      if (isMet(words[i], arch)) {
        functions.computeIfAbsent(packagePath, _ -> new HashSet<>()).add(words[1]);
      }
    }
  }

  /** Reports whether {@code condition}, "arch" or "arch>=level", holds for {@code arch}. */
  private static boolean isMet(String condition, Arch arch) {
    int at = condition.indexOf(">=");
    if (at < 0) {
      return condition.equals(arch.name());
    }
    return condition.substring(0, at).equals(arch.name())
        && arch.level() >= Integer.parseInt(condition.substring(at + 2));
  }

  /**
   * Reports whether a call of the function is an intrinsic.
   *
   * @param function its name without the package, as {@code "(*T).M"} for a method
   */
  public boolean contains(String packagePath, String function) {
    Set<String> functions = functionsByPackage.get(packagePath);
    return functions != null && functions.contains(function);
  }
}
