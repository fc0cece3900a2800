package dev.escapade.driver;

import dev.escapade.diag.SourceMap;
import dev.escapade.load.BuildSettings;
import dev.escapade.release.Release;
import dev.escapade.types.Sizes;

/**
 * What all packages of a run share. Safe for concurrent use.
 *
 * @param release the rules of Go in force
 * @param goarch the target architecture
 * @param sizes the sizes of types on it
 * @param sources the files of the run
 */
record Shared(Release release, String goarch, Sizes sizes, SourceMap sources) {
  static Shared of(Release release, BuildSettings settings) {
    return new Shared(
        release, settings.goarch(), Sizes.forArch(settings.goarch()), new SourceMap());
  }

  /** Reports whether the target is WebAssembly. */
  boolean isWasm() {
    return goarch.equals("wasm");
  }
}
