package dev.escapade.driver;

import dev.escapade.decisions.OptimizationLog;
import dev.escapade.decisions.optlog.CompilerJson;
import dev.escapade.decisions.optlog.CompilerJson.Target;
import dev.escapade.ir.TypeFmt;
import dev.escapade.types.Package;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
              // All commands are package main: builds of two of them may write the same file.
              long thread = Thread.currentThread().threadId();
              Path file = dir.resolve("." + name + "." + thread + ".new");
              Files.writeString(file, text);
              Files.move(file, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            });
  }
}
