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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories and files, through an overlay, and through an index of what earlier runs have
 * read. Listings and kinds are remembered: a directory is listed once. Safe for use by several
 * threads.
 */
public final class FileTree {
  /** Larger files are refused: positions of all files together must fit in an int. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  private final Overlay overlay;

  /** What was known before this tree; null if nobody wants to know it afterwards. */
  private final @Nullable FileIndex index;

  private final ConcurrentHashMap<String, Listing> listings;
  private final ConcurrentHashMap<String, Node> nodes;

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

  /**
   * What a path names.
   *
   * @param isLink whether it does so by a symbolic link
   * @param stamp what the file system says, links followed; null if the overlay says it
   */
  record Node(Kind kind, boolean isLink, @Nullable FileStamp stamp) {
    static final Node MISSING = new Node(Kind.MISSING, false, null);
  }

  /**
   * A file with what its reader found worth remembering.
   *
   * @param description what the reader said of it; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Described(byte[] description, FileContent content) {}

  /** A tree seen through {@code overlay}. */
  public FileTree(Overlay overlay) {
    this(overlay, null);
  }

  /**
   * A tree of which some is known already.
   *
   * @param index what is known, and what learns; null for nothing. It has no part in what the
   *     overlay changes.
   */
  public FileTree(Overlay overlay, @Nullable FileIndex index) {
    this.overlay = overlay;
    this.index = overlay.isEmpty() ? index : null;
    this.listings = this.index == null ? new ConcurrentHashMap<>() : this.index.listings();
    this.nodes = this.index == null ? new ConcurrentHashMap<>() : this.index.nodes();
  }

  /** The names in the directory {@code dir}. */
  public Listing list(String dir) {
    Listing known = listings.get(dir);
    if (known != null) {
      return known;
    }
    Listing fresh = index == null ? readDirectory(dir) : indexedDirectory(dir, index);
    Listing raced = listings.putIfAbsent(dir, fresh);
    return raced == null ? fresh : raced;
  }

  private Listing indexedDirectory(String dir, FileIndex known) {
    FileStamp stamp = node(dir).stamp;
    if (stamp == null) {
      return readDirectory(dir);
    }
    java.util.List<String> names = known.names(dir, stamp);
    if (names != null) {
      return new Listing(names, null);
    }
    long now = System.currentTimeMillis();
    Listing fresh = readDirectory(dir);
    if (fresh.error == null) {
      known.addNames(dir, stamp, fresh.names, now);
    }
    return fresh;
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
    return node(path).kind;
  }

  private Node node(String path) {
    Node known = nodes.get(path);
    if (known != null) {
      return known;
    }
    Node fresh = computeNode(path);
    nodes.put(path, fresh);
    return fresh;
  }

  private Node computeNode(String path) {
    if (!overlay.isEmpty()) {
      String actual = overlay.actual(path);
      if (actual == null) {
        return Node.MISSING;
      }
      if (!actual.equals(path)) {
        return new Node(new File(actual).isFile() ? Kind.FILE : Kind.MISSING, false, null);
      }
      if (overlay.addsBelow(path)) {
        return new Node(Kind.DIRECTORY, false, null);
      }
    }
    try {
      Path file = Path.of(path);
      BasicFileAttributes a =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean isLink = a.isSymbolicLink();
      if (isLink) {
        try {
          a = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException _) {
          return new Node(Kind.MISSING, true, null);
        }
      }
      Kind kind = a.isRegularFile() ? Kind.FILE : a.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
      return new Node(kind, isLink, index == null ? null : FileStamp.of(a));
    } catch (IOException | java.nio.file.InvalidPathException _) {
      return Node.MISSING;
    }
  }

  /** The stamp of a file as it is now, or null. */
  @Nullable FileStamp freshStamp(String path) {
    return computeNode(path).stamp;
  }

  /** A file is not what the index said of it. */
  void noteChange() {
    if (index != null) {
      index.noteConflict();
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
    return path.equals(overlay.actual(path)) && !overlay.addsBelow(path) && node(path).isLink;
  }

  /** Reports whether {@code path} is a directory itself, not a link to one. */
  public boolean isPlainDirectory(String path) {
    if (overlay.addsBelow(path)) {
      return true;
    }
    Node node = node(path);
    return path.equals(overlay.actual(path)) && node.kind == Kind.DIRECTORY && !node.isLink;
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
   * A file and what {@code describer} says of its content, which is asked for only if the index
   * does not know. The same paths must always be described by equal describers.
   *
   * @throws IOException as {@link #read}
   */
  public Described describe(String path, UnaryOperator<byte[]> describer) throws IOException {
    FileStamp stamp = index == null ? null : node(path).stamp;
    if (index == null || stamp == null) {
      byte[] content = read(path);
      return new Described(describer.apply(content), new FileContent(this, path, content, null));
    }
    FileIndex.Entry known = index.file(path, stamp);
    if (known != null) {
      return new Described(known.description(), new FileContent(this, path, stamp, known.digest()));
    }
    long now = System.currentTimeMillis();
    byte[] content = read(path);
    byte[] digest = FileContent.sha256(content);
    byte[] description = describer.apply(content);
    index.addFile(path, stamp, digest, description, now);
    return new Described(description, new FileContent(this, path, content, digest));
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
