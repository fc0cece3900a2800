package dev.escapade.load.env;

import dev.escapade.load.files.Paths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The go command's variables: the environment, else the file that {@code go env -w} writes, else
 * GOROOT/go.env (cmd/go: cfg.Getenv). An empty value counts as absent.
 */
public final class GoEnv {
  private final Map<String, String> environment;
  private final Map<String, String> file = new HashMap<>();
  private final String hostOs;

  /**
   * Reads the go env file, if there is one.
   *
   * @param environment the process's environment, or what stands in for it
   */
  public GoEnv(Map<String, String> environment) {
    this.environment = environment;
    this.hostOs = hostOs();
    String user = userFile();
    if (user != null) {
      readFile(user);
    }
  }

  /** Adds the defaults of the installation: those in GOROOT/go.env. */
  public void addInstallationDefaults(String goroot) {
    readFile(goroot + "/go.env");
  }

  /** The value of a variable, or empty. */
  public String get(String name) {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      value = file.get(name);
    }
    return value == null ? "" : value;
  }

  /** The value of a variable, or {@code otherwise} if it has none. */
  public String get(String name, String otherwise) {
    String value = get(name);
    return value.isEmpty() ? otherwise : value;
  }

  /** The value in the process's environment only, or empty. */
  public String fromEnvironment(String name) {
    return environment.getOrDefault(name, "");
  }

  /** GOOS of the machine this runs on, such as {@code linux}. */
  public static String hostOs() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (os.startsWith("mac")) {
      return "darwin";
    }
    if (os.startsWith("windows")) {
      return "windows";
    }
    return switch (os) {
      case "sunos" -> "solaris";
      case "" -> "linux";
      default -> os;
    };
  }

  /** GOARCH of the machine this runs on, such as {@code amd64}. */
  public static String hostArch() {
    String arch = System.getProperty("os.arch", "");
    return switch (arch) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "x86", "i386", "i486", "i586", "i686" -> "386";
      case "loongarch64" -> "loong64";
      default -> arch;
    };
  }

  /** The user's home directory, or empty. */
  public String home() {
    return slashes(environment.getOrDefault(hostOs.equals("windows") ? "USERPROFILE" : "HOME", ""));
  }

  /** The first entry of GOPATH, or of its default; empty if there is none. */
  public String gopath() {
    String value = get("GOPATH");
    if (value.isEmpty()) {
      return home().isEmpty() ? "" : Paths.join(home(), "go");
    }
    String first = value.split(hostOs.equals("windows") ? ";" : ":", -1)[0];
    return first.isEmpty() ? "" : Paths.clean(slashes(first));
  }

  /** GOMODCACHE or its default; empty if neither is known. */
  public String modCache() {
    String value = get("GOMODCACHE");
    if (!value.isEmpty()) {
      return Paths.clean(slashes(value));
    }
    return gopath().isEmpty() ? "" : Paths.join(gopath(), "pkg/mod");
  }

  /** The entries of PATH. */
  public List<String> path() {
    List<String> dirs = new ArrayList<>();
    for (String dir : fromEnvironment("PATH").split(hostOs.equals("windows") ? ";" : ":", -1)) {
      if (!dir.isEmpty()) {
        dirs.add(slashes(dir));
      }
    }
    return dirs;
  }

  private @Nullable String userFile() {
    String explicit = fromEnvironment("GOENV");
    if (!explicit.isEmpty()) {
      return explicit.equals("off") ? null : explicit;
    }
    String config =
        switch (hostOs) {
          case "windows" -> slashes(fromEnvironment("AppData"));
          case "darwin", "ios" -> home().isEmpty() ? "" : home() + "/Library/Application Support";
          default -> {
            String xdg = fromEnvironment("XDG_CONFIG_HOME");
            yield !xdg.isEmpty() ? xdg : home().isEmpty() ? "" : home() + "/.config";
          }
        };
    return config.isEmpty() ? null : config + "/go/env";
  }

  private void readFile(String path) {
    String text;
    try {
      text = new String(Files.readAllBytes(Path.of(path)), StandardCharsets.UTF_8);
    } catch (IOException | java.nio.file.InvalidPathException _) {
      return; // as the go command: a missing or unreadable file says nothing
    }
    for (String line : text.split("\n", -1)) {
      int eq = line.indexOf('=');
      if (eq > 0 && line.charAt(0) >= 'A' && line.charAt(0) <= 'Z') {
        file.putIfAbsent(line.substring(0, eq), line.substring(eq + 1).strip());
      }
    }
  }

  private String slashes(String path) {
    return hostOs.equals("windows") ? path.replace('\\', '/') : path;
  }
}
