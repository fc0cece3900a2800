package dev.escapade.load.files;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories and files, through an overlay. Listings and kinds are remembered: a directory
 * is listed once. Safe for use by several threads.
 */
public final class FileTree {
  /** Larger files are refused: positions of all files together must fit in an int. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  private final Overlay overlay;
  private final ConcurrentHashMap<String, Listing> listings = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();

  /** What a path names, links followed. */
  public enum Kind {
    MISSING,
    FILE,
    DIRECTORY,
    /** A device, pipe or the like; never opened. */
    OTHER
  }

  /**
   * A directory's names, sorted.
   *
   * @param error why it could not be read, in Go's words, or null
   */
  public record Listing(java.util.List<String> names, @Nullable String error) {}

  /** A tree seen through {@code overlay}. */
  public FileTree(Overlay overlay) {
    this.overlay = overlay;
  }

  /** The names in the directory {@code dir}. */
  public Listing list(String dir) {
    Listing known = listings.get(dir);
    if (known != null) {
      return known;
    }
    Listing fresh = readDirectory(dir);
    Listing raced = listings.putIfAbsent(dir, fresh);
    return raced == null ? fresh : raced;
  }

  private Listing readDirectory(String dir) {
    NavigableMap<String, String> changes = overlay.below(dir);
    String[] names = overlay.isDeleted(dir) ? null : new File(dir).list();
    if (names == null && changes.isEmpty()) {
      return new Listing(java.util.List.of(), "open " + dir + ": " + whyUnreadable(dir));
    }
    if (changes.isEmpty()) {
      Arrays.sort(names);
      return new Listing(java.util.List.of(names), null);
    }
    TreeSet<String> all = new TreeSet<>(names == null ? java.util.List.of() : Arrays.asList(names));
    changes.forEach((path, actual) -> {
      String rest = path.substring(dir.length() + 1);
      int slash = rest.indexOf('/');
      if (!actual.isEmpty()) {
        all.add(slash < 0 ? rest : rest.substring(0, slash));
      } else if (slash < 0) {
        all.remove(rest);
      }
    });
    return new Listing(java.util.List.copyOf(all), null);
  }

  private static String whyUnreadable(String dir) {
    try (var stream = Files.newDirectoryStream(Path.of(dir))) {
      var _ = stream.iterator();
      return "input/output error";
    } catch (NotDirectoryException _) {
      return "not a directory";
    } catch (IOException e) {
      return reason(e);
    }
  }

  /** What {@code path} names, links followed. */
  public Kind kind(String path) {
    Kind known = kinds.get(path);
    if (known != null) {
      return known;
    }
    Kind fresh = computeKind(path);
    kinds.put(path, fresh);
    return fresh;
  }

  private Kind computeKind(String path) {
    if (!overlay.isEmpty()) {
      String actual = overlay.actual(path);
      if (actual == null) {
        return Kind.MISSING;
      }
      if (!actual.equals(path)) {
        return new File(actual).isFile() ? Kind.FILE : Kind.MISSING;
      }
      if (overlay.addsBelow(path)) {
        return Kind.DIRECTORY;
      }
    }
    try {
      BasicFileAttributes a = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
      return a.isRegularFile() ? Kind.FILE : a.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
    } catch (IOException | java.nio.file.InvalidPathException _) {
      return Kind.MISSING;
    }
  }

  /** Reports whether {@code path} is a regular file, links followed. */
  public boolean isFile(String path) {
    return kind(path) == Kind.FILE;
  }

  /** Reports whether {@code path} is a directory, links followed. */
  public boolean isDirectory(String path) {
    return kind(path) == Kind.DIRECTORY;
  }

  /** Reports whether {@code path} is a symbolic link that the overlay does not replace. */
  public boolean isLink(String path) {
    return path.equals(overlay.actual(path))
        && !overlay.addsBelow(path)
        && Files.isSymbolicLink(Path.of(path));
  }

  /** Reports whether {@code path} is a directory itself, not a link to one. */
  public boolean isPlainDirectory(String path) {
    if (overlay.addsBelow(path)) {
      return true;
    }
    return path.equals(overlay.actual(path))
        && Files.isDirectory(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  /** {@code path} with all links resolved, or {@code path} itself where that is not possible. */
  public String realPath(String path) {
    try {
      return Path.of(path).toRealPath().toString().replace('\\', '/');
    } catch (IOException _) {
      return path;
    }
  }

  /**
   * All bytes of a file.
   *
   * @throws IOException with a message in Go's words, such as {@code open /x: permission denied}
   */
  public byte[] read(String path) throws IOException {
    String actual = overlay.isEmpty() ? path : overlay.actual(path);
    if (actual == null) {
      throw new NoSuchFileException("open " + path + ": no such file or directory");
    }
    File file = new File(actual);
    if (!file.isFile() && file.exists()) {
      throw new IOException(
          file.isDirectory()
              ? "read " + path + ": is a directory"
              : "open " + path + ": not a regular file");
    }
    try (FileInputStream in = new FileInputStream(file)) {
      if (file.length() > MAX_FILE_BYTES) {
        throw new IOException("read " + path + ": file too large");
      }
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw cannotOpen(path, file.toPath(), e);
    }
  }

  /** Why a file cannot be opened, which {@code java.io} does not tell apart. */
  private static IOException cannotOpen(String path, Path file, FileNotFoundException e) {
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
      return new IOException("open " + path + ": permission denied", e);
    } catch (NoSuchFileException _) {
      return new NoSuchFileException("open " + path + ": no such file or directory");
    } catch (IOException why) {
      return new IOException("open " + path + ": " + reason(why), why);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = e.getMessage();
    if (message != null && message.contains("Too many levels of symbolic links")) {
      return "too many levels of symbolic links";
    }
    return message == null ? e.toString() : message;
  }
}
