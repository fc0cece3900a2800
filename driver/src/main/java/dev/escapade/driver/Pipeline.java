package dev.escapade.driver;

import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.driver.PackageOutput.Text;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import dev.escapade.load.Loader;
import java.io.IOException;

/** The whole run: load, then the work on each package along the import graph. */
public final class Pipeline {
  private Pipeline() {}

  /**
   * Builds what is asked for. Errors in the Go code, and in how it is put together, are in the
   * result and in the packages' outputs.
   *
   * @return what was loaded
   * @throws IOException if no Go installation can be found or read
   */
  public static LoadResult run(BuildRequest request, BuildListener listener)
      throws IOException, InterruptedException {
    LoadResult loaded = Loader.load(request.load());
    listener.loaded(loaded);
    if (!loaded.errors().isEmpty()) {
      return loaded;
    }
    OrderedOutput outputs = new OrderedOutput(loaded.packages(), listener);
    new WorkGraph<>(loaded.packages(), p -> p.importMap().values(), Pipeline::weight)
        .run(request.threads(), pkg -> outputs.add(compile(pkg)));
    return loaded;
  }

  private static int weight(GoPackage pkg) {
    int bytes = 0;
    for (GoFile file : pkg.files()) {
      bytes += file.content().length;
    }
    return bytes;
  }

  private static PackageOutput compile(GoPackage pkg) {
    return new PackageOutput(pkg, Text.EMPTY, Status.OK, null);
  }
}
