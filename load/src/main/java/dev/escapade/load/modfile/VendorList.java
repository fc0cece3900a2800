package dev.escapade.load.modfile;

import dev.escapade.load.version.ModulePath;
import dev.escapade.load.version.ModuleVersion;
import dev.escapade.load.version.Semver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What vendor/modules.txt says.
 *
 * @param modules those that provide packages, in order of appearance
 * @param replaced all modules with a replacement, in order of appearance
 * @param versions the version of each module that provides packages, by path
 * @param packages the module of each package, by import path
 * @param marks what else is noted of a module
 * @param forWorkspace whether the directory was made by {@code go work vendor}
 */
public record VendorList(
    List<ModuleVersion> modules,
    List<ModuleVersion> replaced,
    Map<String, String> versions,
    Map<String, ModuleVersion> packages,
    Map<ModuleVersion, Mark> marks,
    boolean forWorkspace) {
  /** No module is vendored. */
  public static final VendorList EMPTY = parse(new byte[0]);

  /**
   * Notes on a module.
   *
   * @param explicit whether the main module requires it itself
   * @param goVersion the version in its go line, or empty
   */
  public record Mark(boolean explicit, String goVersion, @Nullable ModuleVersion replacement) {
    private static final Mark NONE = new Mark(false, "", null);
  }

  /** The notes on {@code m}. */
  public Mark mark(ModuleVersion m) {
    return marks.getOrDefault(m, Mark.NONE);
  }

  /** Parses the file; lines that do not fit the format are passed over, as the go command does. */
  public static VendorList parse(byte[] data) {
    List<ModuleVersion> modules = new ArrayList<>();
    List<ModuleVersion> replaced = new ArrayList<>();
    Map<String, String> versions = new HashMap<>();
    Map<String, ModuleVersion> packages = new HashMap<>();
    Map<ModuleVersion, Mark> marks = new HashMap<>();
    String[] lines = new String(data, StandardCharsets.UTF_8).split("\n", -1);
    ModuleVersion current = null;
    for (String line : lines) {
      if (line.startsWith("# ")) {
        current = moduleLine(line.substring(2).strip().split("\\s+", -1), replaced, marks);
      } else if (current != null && line.startsWith("## ")) {
        annotate(current, line.substring(3), marks);
      } else if (current != null) {
        String path = line.strip();
        if (!path.isEmpty() && ModulePath.checkImportPath(path) == null) {
          packages.put(path, current);
          String known = versions.get(current.path());
          if (known == null || Semver.compare(known, current.version()) < 0) {
            modules.add(current);
            versions.put(current.path(), current.version());
          }
        }
      }
    }
    boolean forWorkspace = false;
    if (lines[0].startsWith("## ")) {
      for (String entry : lines[0].substring(3).split(";", -1)) {
        forWorkspace |= entry.strip().equals("workspace");
      }
    }
    return new VendorList(modules, replaced, versions, packages, marks, forWorkspace);
  }

  private static @Nullable ModuleVersion moduleLine(
      String[] words, List<ModuleVersion> replaced, Map<ModuleVersion, Mark> marks) {
    if (words.length < 2) {
      return null;
    }
    boolean versioned = Semver.isValid(words[1]);
    if (!versioned && !words[1].equals("=>")) {
      return null;
    }
    ModuleVersion m = new ModuleVersion(words[0], versioned ? words[1] : "");
    int arrow = versioned ? 2 : 1;
    if (words.length > arrow + 1 && words[arrow].equals("=>")) {
      boolean toDirectory = words.length == arrow + 2;
      if (toDirectory || (words.length == arrow + 3 && Semver.isValid(words[arrow + 2]))) {
        ModuleVersion to = new ModuleVersion(words[arrow + 1], toDirectory ? "" : words[arrow + 2]);
        Mark old = marks.getOrDefault(m, Mark.NONE);
        marks.put(m, new Mark(old.explicit, old.goVersion, to));
        replaced.add(m);
      }
    }
    return m;
  }

  private static void annotate(
      ModuleVersion m, String annotations, Map<ModuleVersion, Mark> marks) {
    for (String entry : annotations.split(";", -1)) {
      String word = entry.strip();
      Mark old = marks.getOrDefault(m, Mark.NONE);
      if (word.equals("explicit")) {
        marks.put(m, new Mark(true, old.goVersion, old.replacement));
      } else if (word.startsWith("go ")) {
        marks.put(m, new Mark(old.explicit, word.substring(3), old.replacement));
      }
    }
  }
}
