package dev.escapade.driver;

import dev.escapade.decisions.optlog.CompilerJson;
import dev.escapade.decisions.optlog.CompilerJson.Target;
import dev.escapade.decisions.optlog.OptimizationLog;
import dev.escapade.ir.TypeFmt;
import dev.escapade.types.Package;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the optimization log of a package: a folder for the package, a file for each of its. */
final class JsonFolder {
  private JsonFolder() {}

  static void write(OptimizationLog log, Path folder, Package pkg, Shared shared)
      throws IOException {
    String path = TypeFmt.linkPath(pkg);
    Path dir = folder.resolve(CompilerJson.folder(path));
    Files.createDirectories(dir);
    Target target = new Target(path, shared.goos(), shared.arch().name(), shared.goVersion());
    new CompilerJson(shared.sources(), shared.release().positions(), target)
        .write(
            log,
            (name, text) -> {
              try (Writer out =
                  Files.newBufferedWriter(dir.resolve(name), StandardCharsets.UTF_8)) {
                out.append(text);
              }
            });
  }
}
