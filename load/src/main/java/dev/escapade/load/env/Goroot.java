package dev.escapade.load.env;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds the Go installation. */
public final class Goroot {
  private Goroot() {}

  /**
   * The root of the installation to use: the one that was asked for, GOROOT, that of the {@code go}
   * on PATH (its location says it, or else {@code go env GOROOT} is asked), then the usual folders.
   *
   * @param explicit what the user asked for, or null
   * @param timeout how long {@code go env} may take, or null never to run it
   * @throws IOException if there is none, or if what was asked for is none
   */
  public static Path find(@Nullable Path explicit, GoEnv env, @Nullable Duration timeout)
      throws IOException {
    if (explicit != null) {
      if (isInstallation(explicit)) {
        return explicit;
      }
      throw new IOException("no Go installation in " + explicit + ": it has no src/runtime");
    }
    String variable = env.get("GOROOT");
    if (!variable.isEmpty()) {
      if (isInstallation(Path.of(variable))) {
        return Path.of(variable);
      }
      throw new IOException("go: cannot find GOROOT directory: " + variable);
    }
    Path onPath = fromPath(env, timeout);
    if (onPath != null) {
      return onPath;
    }
    for (Path candidate : usualFolders(env)) {
      if (isInstallation(candidate)) {
        return candidate;
      }
    }
    throw new IOException(
        "no Go installation found: install Go (https://go.dev/dl), or set GOROOT or --goroot");
  }

  /** The first line of GOROOT/VERSION, such as {@code go1.26.8}; {@code devel} without one. */
  public static String version(Path goroot) {
    try {
      String text = Files.readString(goroot.resolve("VERSION"), StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      return (end < 0 ? text : text.substring(0, end)).strip();
    } catch (IOException _) {
      return "devel";
    }
  }

  private static boolean isInstallation(Path dir) {
    return Files.isDirectory(dir.resolve("src").resolve("runtime"));
  }

  private static @Nullable Path fromPath(GoEnv env, @Nullable Duration timeout) {
    String exe = GoEnv.hostOs().equals("windows") ? "go.exe" : "go";
    for (String dir : env.path()) {
      try {
        Path go = Path.of(dir, exe);
        if (!Files.isExecutable(go) || Files.isDirectory(go)) {
          continue;
        }
        Path root = go.toRealPath().getParent();
        root = root == null ? null : root.getParent();
        if (root != null && isInstallation(root)) {
          return root;
        }
        Path asked = timeout == null ? null : ask(go, timeout);
        if (asked != null) {
          return asked;
        }
      } catch (IOException | InvalidPathException _) {
        // an unusable entry of PATH is passed over, as by a shell
      }
    }
    return null;
  }

  private static @Nullable Path ask(Path go, Duration timeout) throws IOException {
    Process process =
        new ProcessBuilder(go.toString(), "env", "GOROOT")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return null;
      }
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return !out.isEmpty() && isInstallation(Path.of(out)) ? Path.of(out) : null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<Path> usualFolders(GoEnv env) {
    List<Path> dirs = new ArrayList<>();
    for (String dir :
        List.of(
            "/usr/local/go",
            "/usr/lib/go",
            "/usr/lib/golang",
            "/usr/share/go",
            "/opt/go",
            "/opt/homebrew/opt/go/libexec",
            "/usr/local/opt/go/libexec",
            "/snap/go/current",
            "C:/Program Files/Go",
            "C:/Go")) {
      dirs.add(Path.of(dir));
    }
    addNewest(dirs, Path.of("/usr/lib"), "go-*", "");
    if (!env.home().isEmpty()) {
      addNewest(dirs, Path.of(env.home(), "sdk"), "go*", "");
      addNewest(dirs, Path.of(env.home(), ".asdf/installs/golang"), "*", "go");
    }
    return dirs;
  }

  private static void addNewest(List<Path> dirs, Path parent, String glob, String below) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, glob)) {
      stream.forEach(p -> found.add(below.isEmpty() ? p : p.resolve(below)));
    } catch (IOException _) {
      return; // this folder is not there
    }
    Collections.sort(found, Collections.reverseOrder());
    dirs.addAll(found);
  }
}
