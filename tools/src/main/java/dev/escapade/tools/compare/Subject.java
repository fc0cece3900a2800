package dev.escapade.tools.compare;

import java.nio.file.Path;
import java.util.List;

/**
 * What is compared: some packages, named as on a command line.
 *
 * @param name what it is called in reports and on disk, such as {@code std} or {@code
 *     go.uber.org+zap@v1.28.0}
 * @param dir the working directory, absolute
 * @param patterns the packages
 */
record Subject(String name, Path dir, List<String> patterns) {
  Subject {
    patterns = List.copyOf(patterns);
  }
}
