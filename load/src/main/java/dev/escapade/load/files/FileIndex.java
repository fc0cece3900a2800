package dev.escapade.load.files;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of directories and files from one run to the next, so that what has not
 * changed need not be read again: the names in a directory; the digest of a file, and what its
 * reader found worth remembering. All of it holds as long as the file system gives the same stamp.
 *
 * <p>A stamp is believed only if it had settled when the file was read ({@link FileStamp}): what
 * was changed just now is read again in the next run.
 *
 * <p>Safe for use by several threads. Two processes may store indexes of the same tree; the later
 * one wins, and what is missing is read again.
 */
public final class FileIndex {
  private static final int FORMAT = 0x45736902;

  /** What no run has asked for, while so many stored an index, is dropped. */
  private static final int MAX_AGE = 20;

  private static final int DIGEST_BYTES = 32;

  /** A directory: its names, sorted. */
  private record Directory(FileStamp stamp, List<String> names, int age) {}

  /** A file; the arrays are never changed. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Entry(FileStamp stamp, byte[] digest, byte[] description, int age) {}

  private final Map<String, Directory> earlierDirectories = new HashMap<>();
  private final Map<String, Entry> earlierFiles = new HashMap<>();
  private final ConcurrentHashMap<String, Directory> directories = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Entry> files = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, FileTree.Listing> listings = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, FileTree.Node> nodes = new ConcurrentHashMap<>();
  private volatile boolean grown;
  private volatile boolean conflict;

  /** An index of nothing. */
  public FileIndex() {}

  /** Reads an index that {@link #toBytes} has written; what makes no sense counts as nothing. */
  public static FileIndex of(byte @Nullable [] stored) {
    FileIndex index = new FileIndex();
    if (stored != null) {
      try {
        index.read(new StoredBytes(stored));
      } catch (BufferUnderflowException _) {
        return new FileIndex();
      }
    }
    return index;
  }

  /** The directories that have been listed in this run. */
  ConcurrentHashMap<String, FileTree.Listing> listings() {
    return listings;
  }

  /** What the file system has said in this run. */
  ConcurrentHashMap<String, FileTree.Node> nodes() {
    return nodes;
  }

  /**
   * Begins another run with the same index.
   *
   * @param isUnchanged whether a directory is known to be as it was, and with it what it has
   * @return the directories with symbolic links, of which that is not to be believed
   */
  public Set<String> nextRun(Predicate<String> isUnchanged) {
    // There are far more files than directories to ask about.
    Map<String, Boolean> asked = new HashMap<>();
    Predicate<String> isKnown = dir -> asked.computeIfAbsent(dir, isUnchanged::test);
    Set<String> withLinks = new HashSet<>();
    conflict = false;
    listings.keySet().removeIf(dir -> !isKnown.test(dir));
    nodes.forEach((path, node) -> {
      String parent = Paths.parentOfClean(path);
      if (node.isLink()) {
        withLinks.add(parent);
      }
      if (node.isLink()
          || !isKnown.test(parent)
          || (node.kind() == FileTree.Kind.DIRECTORY && !isKnown.test(path))) {
        nodes.remove(path);
      }
    });
    return withLinks;
  }

  /** The names in a directory, or null if they are not known. */
  @Nullable List<String> names(String dir, FileStamp stamp) {
    Directory known = directories.get(dir);
    if (known == null) {
      known = earlierDirectories.get(dir);
      if (known != null && known.stamp.equals(stamp)) {
        directories.put(dir, known);
      }
    }
    return known != null && known.stamp.equals(stamp) ? known.names : null;
  }

  /** Remembers the names in a directory that was read after {@code nowMillis}. */
  void addNames(String dir, FileStamp stamp, List<String> names, long nowMillis) {
    if (stamp.isSettled(nowMillis)) {
      directories.put(dir, new Directory(stamp, names, 0));
      grown = true;
    }
  }

  /** What is known of a file, or null. */
  @Nullable Entry file(String path, FileStamp stamp) {
    Entry known = files.get(path);
    if (known == null) {
      known = earlierFiles.get(path);
      if (known != null && known.stamp.equals(stamp)) {
        files.put(path, known);
      }
    }
    return known != null && known.stamp.equals(stamp) ? known : null;
  }

  /** Remembers a file that was read after {@code nowMillis}. */
  void addFile(String path, FileStamp stamp, byte[] digest, byte[] description, long nowMillis) {
    if (stamp.isSettled(nowMillis)) {
      files.put(path, new Entry(stamp, digest, description, 0));
      grown = true;
    }
  }

  /** A file was not any more what this index had said of it in the same run. */
  void noteConflict() {
    conflict = true;
  }

  /**
   * Reports whether files changed while they were worked on, so that what was found must not be
   * stored under the digests that were given out.
   */
  public boolean hasConflict() {
    return conflict;
  }

  /** Reports whether there is anything new to be stored. */
  public boolean hasGrown() {
    return grown;
  }

  // ---- on disk: strings and byte arrays after their lengths, files by directory

  /** Everything, to be stored. */
  public byte[] toBytes() {
    TreeMap<String, Directory> allDirectories = new TreeMap<>();
    earlierDirectories.forEach((path, d) -> {
      if (d.age < MAX_AGE) {
        allDirectories.put(path, new Directory(d.stamp, d.names, d.age + 1));
      }
    });
    directories.forEach((path, d) -> allDirectories.put(path, d.age == 0 ? d : young(d)));
    TreeMap<String, Entry> allFiles = new TreeMap<>();
    earlierFiles.forEach((path, f) -> {
      if (f.age < MAX_AGE) {
        allFiles.put(path, new Entry(f.stamp, f.digest, f.description, f.age + 1));
      }
    });
    files.forEach((path, f) -> allFiles.put(path, f.age == 0 ? f : young(f)));
    var bytes = new ByteArrayOutputStream(1 << 20);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeInt(allDirectories.size());
      for (Map.Entry<String, Directory> e : allDirectories.entrySet()) {
        Directory d = e.getValue();
        writeHead(out, e.getKey(), d.stamp, d.age);
        out.writeInt(d.names.size());
        for (String name : d.names) {
          StoredText.write(name, out);
        }
      }
      writeFiles(out, allFiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Directory young(Directory d) {
    return new Directory(d.stamp, d.names, 0);
  }

  private static Entry young(Entry f) {
    return new Entry(f.stamp, f.digest, f.description, 0);
  }

  private static void writeFiles(DataOutputStream out, Map<String, Entry> all) throws IOException {
    TreeMap<String, List<Map.Entry<String, Entry>>> byDirectory = new TreeMap<>();
    for (Map.Entry<String, Entry> e : all.entrySet()) {
      int slash = e.getKey().lastIndexOf('/') + 1;
      byDirectory.computeIfAbsent(e.getKey().substring(0, slash), _ -> new ArrayList<>()).add(e);
    }
    out.writeInt(byDirectory.size());
    for (Map.Entry<String, List<Map.Entry<String, Entry>>> group : byDirectory.entrySet()) {
      StoredText.write(group.getKey(), out);
      out.writeInt(group.getValue().size());
      for (Map.Entry<String, Entry> e : group.getValue()) {
        Entry f = e.getValue();
        writeHead(out, e.getKey().substring(group.getKey().length()), f.stamp, f.age);
        out.write(f.digest);
        out.writeInt(f.description.length);
        out.write(f.description);
      }
    }
  }

  private static void writeHead(DataOutputStream out, String name, FileStamp stamp, int age)
      throws IOException {
    StoredText.write(name, out);
    out.writeLong(stamp.sizeBytes());
    out.writeLong(stamp.modifiedNanos());
    out.writeInt(stamp.id());
    out.writeByte(age);
  }

  private void read(StoredBytes in) {
    if (in.int32() != FORMAT) {
      return;
    }
    for (int n = in.count(); n > 0; n--) {
      String path = in.string();
      FileStamp stamp = stamp(in);
      int age = in.int8();
      int count = in.count();
      List<String> names = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        names.add(in.string());
      }
      earlierDirectories.put(path, new Directory(stamp, List.copyOf(names), age));
    }
    for (int n = in.count(); n > 0; n--) {
      String dir = in.string();
      for (int count = in.count(); count > 0; count--) {
        String path = dir.concat(in.string());
        FileStamp stamp = stamp(in);
        int age = in.int8();
        byte[] digest = in.bytes(DIGEST_BYTES);
        earlierFiles.put(path, new Entry(stamp, digest, in.bytes(in.int32()), age));
      }
    }
  }

  private static FileStamp stamp(StoredBytes in) {
    return new FileStamp(in.int64(), in.int64(), in.int32());
  }
}
