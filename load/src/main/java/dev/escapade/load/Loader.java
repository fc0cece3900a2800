package dev.escapade.load;

import java.io.IOException;
import java.util.List;

/** Loads packages. */
public final class Loader {
  private Loader() {}

  /**
   * Loads what {@code config} asks for. What is wrong with the input is in the result.
   *
   * @throws IOException if no Go installation can be found or read
   */
  public static LoadResult load(LoadConfig config) throws IOException {
    throw new IOException("not yet: " + config.dir() + List.of());
  }
}
