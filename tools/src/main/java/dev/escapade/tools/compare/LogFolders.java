package dev.escapade.tools.compare;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the optimization logs of a build go. The compiler names a folder after the package's path,
 * which is {@code main} for every command, so that each command needs a place of its own.
 *
 * @param dir a folder for all of them, absolute
 * @param commands the import paths of the packages that are commands
 */
record LogFolders(Path dir, List<String> commands) {
  private static final String OTHERS = "packages";

  LogFolders {
    commands = List.copyOf(commands);
  }

  /** The values of {@code -gcflags} for a build. */
  List<String> gcflags(String flags) {
    List<String> values = new ArrayList<>();
    values.add(flags + " -json=0," + dir.resolve(OTHERS));
    for (int i = 0; i < commands.size(); i++) {
      values.add(commands.get(i) + "=" + flags + " -json=0," + command(i));
    }
    return values;
  }

  private Path command(int index) {
    return dir.resolve("command-" + index);
  }

  /**
   * All logs, by the package's path with all but letters and digits quoted, and the file's name.
   */
  SortedMap<String, Path> files() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    for (Path folder : list(dir.resolve(OTHERS))) {
      add(String.valueOf(folder.getFileName()), folder, files);
    }
    for (int i = 0; i < commands.size(); i++) {
      String name = URLEncoder.encode(commands.get(i), StandardCharsets.UTF_8);
      for (Path folder : list(command(i))) {
        add(name, folder, files);
      }
    }
    return files;
  }

  private static void add(String name, Path folder, SortedMap<String, Path> files)
      throws IOException {
    for (Path file : list(folder)) {
      files.put(name + "/" + file.getFileName(), file);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
