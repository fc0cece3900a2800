package dev.escapade.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several text files in one (golang.org/x/tools/txtar): a comment, then files, each under a line
 * {@code -- name --}.
 *
 * @param comment what stands before the first file
 * @param files the files, in their order
 */
public record Txtar(String comment, List<Entry> files) {
  private static final String START = "-- ";
  private static final String END = " --";

  public Txtar {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param data its content; ends with a newline unless it is empty
   */
  public record Entry(String name, String data) {}

  /** Reads an archive; every text is one. */
  public static Txtar parse(String text) {
    StringBuilder comment = new StringBuilder();
    List<Entry> files = new ArrayList<>();
    StringBuilder data = comment;
    String name = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith(START) && line.endsWith(END) && line.length() > 6) {
        if (data != comment) {
          files.add(new Entry(name, data.toString()));
        }
        name = line.substring(START.length(), line.length() - END.length()).strip();
        data = new StringBuilder();
      } else {
        data.append(line).append('\n');
      }
    }
    if (data != comment) {
      files.add(new Entry(name, data.toString()));
    }
    return new Txtar(comment.toString(), files);
  }

  /** Reads an archive from a file. */
  public static Txtar read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /** The content of the file with this name. */
  public Optional<String> file(String name) {
    return files.stream().filter(f -> f.name().equals(name)).map(Entry::data).findFirst();
  }

  /** This archive with a file replaced, or added at the end. */
  public Txtar with(String name, String data) {
    List<Entry> changed = new ArrayList<>();
    boolean found = false;
    for (Entry file : files) {
      boolean same = file.name().equals(name);
      found |= same;
      changed.add(same ? new Entry(name, data) : file);
    }
    if (!found) {
      changed.add(new Entry(name, data));
    }
    return new Txtar(comment, changed);
  }

  /**
   * Writes all files into a folder.
   *
   * @throws IOException if that fails, or a name leads out of the folder
   */
  public void unpack(Path dir) throws IOException {
    for (Entry file : files) {
      Path path = dir.resolve(file.name()).normalize();
      if (!path.startsWith(dir)) {
        throw new IOException("name leads out of the folder: " + file.name());
      }
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(path, file.data());
    }
  }

  /** The archive as text; {@link #parse} reads it back. */
  public String text() {
    StringBuilder text = new StringBuilder(comment);
    for (Entry file : files) {
      text.append(START).append(file.name()).append(END).append('\n').append(file.data());
    }
    return text.toString();
  }
}
