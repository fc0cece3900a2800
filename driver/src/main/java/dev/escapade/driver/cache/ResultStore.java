package dev.escapade.driver.cache;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Results in files, one for each key. May be used by several threads and processes at a time.
 *
 * <p>The file of a key is {@code results/XX/KEY}, where XX are the first two digits. It has the
 * result and a trailer: the length (8 bytes), a CRC-32C of the key, the result and the length (4
 * bytes), and four bytes that say what it is.
 *
 * <p>The time of a file's last change is that of its last use, to the hour. When the files together
 * are larger than the limit, those unused for longest are deleted.
 */
public final class ResultStore {
  private static final int MAGIC = 0x45736331; // "Esc1"
  private static final int TRAILER_BYTES = 16;

  /** What is longer is read piece by piece. */
  private static final int BUFFER_BYTES = 1 << 19;

  /** So many results may be waiting in open files; further ones are kept in memory. */
  private static final int MAX_OPEN_FILES = 200;

  private static final byte[] NOTHING = {};
  private static final int DIR_DIGITS = 2;
  private static final Duration USE_PRECISION = Duration.ofHours(1);
  private static final Duration TRIM_INTERVAL = Duration.ofMinutes(30);

  /** Temporary files that are older were left behind by a process that died. */
  private static final Duration ABANDONED_AFTER = Duration.ofHours(6);

  /** Trimming goes below the limit by this part of it, so as not to be due again at once. */
  private static final int TRIM_SLACK = 10;

  private final Path dir;
  private final long maxBytes;
  private final AtomicInteger openFiles = new AtomicInteger();
  private final AtomicLong writtenBytes = new AtomicLong();

  /**
   * A store in a directory, which is created when there is something to store.
   *
   * @param root the cache's directory
   * @param maxBytes how large all files together may grow, about
   */
  public ResultStore(Path root, long maxBytes) {
    this.dir = root.resolve("results");
    this.maxBytes = maxBytes;
  }

  /**
   * How much is stored.
   *
   * @param entries the number of results
   * @param sizeBytes the length of all files
   */
  public record Size(int entries, long sizeBytes) {}

  private record Entry(Path path, long sizeBytes, FileTime used) {}

  /** The result under a key, or null; a damaged one is deleted. */
  public byte @Nullable [] get(Key key) {
    Result result = open(key);
    if (result == null) {
      return null;
    }
    var bytes = new ByteArrayOutputStream((int) Math.min(result.length, Integer.MAX_VALUE - 8));
    try {
      result.writeTo(bytes, 0);
    } catch (IOException _) {
      return null;
    }
    return bytes.toByteArray();
  }

  /**
   * The result under a key, found to be whole, or null; a damaged one is deleted. A large one is
   * not kept in memory; it can be read even when it has been trimmed meanwhile.
   */
  public @Nullable Result open(Key key) {
    Path path = path(key);
    FileChannel file;
    try {
      file = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException _) {
      return null;
    }
    Result result = null;
    try {
      result = read(key, file);
    } catch (IOException _) {
      // It cannot be read: nothing that can be used is there.
    }
    if (result == null || result.file == null) {
      close(file);
    }
    if (result == null) {
      delete(path);
    } else {
      markUsed(path);
    }
    return result;
  }

  /** Reports whether there is a result under a key, damaged or not. */
  public boolean has(Key key) {
    return Files.exists(path(key));
  }

  private static void close(FileChannel file) {
    try {
      file.close();
    } catch (IOException _) {
      // It was only read.
    }
  }

  private @Nullable Result read(Key key, FileChannel file) throws IOException {
    long length = file.size() - TRAILER_BYTES;
    if (length < 0) {
      return null;
    }
    CRC32C crc = begin(key);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, BUFFER_BYTES));
    for (long at = 0; at < length; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - at));
      fill(file, buffer, at);
      at += buffer.position();
      crc.update(buffer.flip());
    }
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES);
    fill(file, trailer, length);
    if (!Arrays.equals(trailer.array(), trailer(crc, length))) {
      return null;
    }
    if (length <= BUFFER_BYTES) {
      return new Result(length, buffer.array(), null);
    }
    if (openFiles.incrementAndGet() <= MAX_OPEN_FILES) {
      return new Result(length, NOTHING, file);
    }
    openFiles.decrementAndGet();
    ByteBuffer all = ByteBuffer.allocate((int) Math.min(length, Integer.MAX_VALUE - 8));
    fill(file, all, 0);
    return new Result(length, all.array(), null);
  }

  private static void fill(FileChannel file, ByteBuffer buffer, long from) throws IOException {
    long at = from;
    while (buffer.hasRemaining()) {
      int n = file.read(buffer, at);
      if (n < 0) {
        throw new EOFException();
      }
      at += n;
    }
  }

  /** A result that is stored. Large ones are read from an open file. */
  public final class Result {
    private final long length;
    private final byte[] bytes;
    private final @Nullable FileChannel file;

    private Result(long length, byte[] bytes, @Nullable FileChannel file) {
      this.length = length;
      this.bytes = bytes;
      this.file = file;
    }

    /** How long it is. */
    public long sizeBytes() {
      return length;
    }

    /** Its first byte; there must be one. */
    public byte first() throws IOException {
      if (file == null) {
        return bytes[0];
      }
      ByteBuffer one = ByteBuffer.allocate(1);
      fill(file, one, 0);
      return one.get(0);
    }

    /** Writes all of it from a place on. To be called once. */
    public void writeTo(OutputStream out, long from) throws IOException {
      if (file == null) {
        out.write(bytes, (int) from, (int) (length - from));
        return;
      }
      openFiles.decrementAndGet();
      try (file) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long at = from; at < length; ) {
          buffer.clear().limit((int) Math.min(BUFFER_BYTES, length - at));
          fill(file, buffer, at);
          out.write(buffer.array(), 0, buffer.position());
          at += buffer.position();
        }
      }
    }
  }

  private static CRC32C begin(Key key) {
    CRC32C crc = new CRC32C();
    crc.update(key.hex().getBytes(StandardCharsets.US_ASCII));
    return crc;
  }

  private static byte[] trailer(CRC32C crc, long length) {
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).putLong(length);
    crc.update(trailer.array(), 0, Long.BYTES);
    return trailer.putInt((int) crc.getValue()).putInt(MAGIC).array();
  }

  private static void markUsed(Path path) {
    try {
      Instant now = Instant.now();
      if (Files.getLastModifiedTime(path).toInstant().isBefore(now.minus(USE_PRECISION))) {
        Files.setLastModifiedTime(path, FileTime.from(now));
      }
    } catch (IOException _) {
      // Trimmed meanwhile, or read-only: the result is at hand.
    }
  }

  /** Begins to store a result; nothing is stored before {@link Writer#commit}. */
  public Writer write(Key key) {
    return new Writer(key);
  }

  /** Stores a result. */
  public void put(Key key, byte[] result) {
    try (Writer writer = write(key)) {
      writer.write(result, 0, result.length);
      writer.commit();
    }
  }

  /**
   * A result that is being stored. It never throws: a store that cannot be written to stays as it
   * is.
   */
  public final class Writer extends OutputStream {
    private final Key key;
    private final CRC32C crc;
    private long length;
    private @Nullable Path temporary;
    private @Nullable OutputStream out;

    private Writer(Key key) {
      this.key = key;
      this.crc = begin(key);
      try {
        Path parent = Files.createDirectories(path(key).resolveSibling("."));
        temporary = Files.createTempFile(parent.normalize(), key.hex(), ".tmp");
        out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16);
      } catch (IOException _) {
        close();
      }
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      OutputStream stream = out;
      if (stream == null) {
        return;
      }
      crc.update(b, off, len);
      length += len;
      try {
        stream.write(b, off, len);
      } catch (IOException _) {
        close();
      }
    }

    /** Ends the result and stores it. */
    public void commit() {
      OutputStream stream = out;
      Path file = temporary;
      if (stream == null || file == null) {
        return;
      }
      try {
        stream.write(trailer(crc, length));
        stream.close();
        out = null;
        Files.move(
            file, path(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        temporary = null;
        writtenBytes.addAndGet(length + TRAILER_BYTES);
      } catch (IOException _) {
        close();
      }
    }

    /** Drops the result if it was not committed. */
    @Override
    public void close() {
      try {
        if (out != null) {
          out.close();
        }
      } catch (IOException _) {
        // It is deleted anyway.
      }
      out = null;
      if (temporary != null) {
        delete(temporary);
        temporary = null;
      }
    }
  }

  private Path path(Key key) {
    return dir.resolve(key.hex().substring(0, DIR_DIGITS), key.hex());
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // Somebody else's, or read-only: it will be found damaged again.
    }
  }

  /**
   * Deletes what has not been used for longest if the store is too large. Looks only if this
   * process has written much, or something and nobody has looked for a while.
   */
  public void trimIfDue() {
    long written = writtenBytes.getAndSet(0);
    if (written == 0) {
      return;
    }
    Path marker = dir.resolve("trimmed");
    try {
      if (written < maxBytes / TRIM_SLACK
          && Files.exists(marker)
          && Files.getLastModifiedTime(marker)
              .toInstant()
              .isAfter(Instant.now().minus(TRIM_INTERVAL))) {
        return;
      }
      Files.write(marker, new byte[0]);
    } catch (IOException _) {
      // Trimming too often does no harm.
    }
    trim();
  }

  /** Deletes what has not been used for longest if the store is too large. */
  public void trim() {
    List<Entry> entries = entries();
    long total = entries.stream().mapToLong(Entry::sizeBytes).sum();
    FileTime abandoned = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
    for (Entry e : entries) {
      if (isTemporary(e) && e.used.compareTo(abandoned) < 0) {
        delete(e.path);
      }
    }
    if (total <= maxBytes) {
      return;
    }
    entries.sort(Comparator.comparing(Entry::used));
    for (Entry e : entries) {
      if (total <= maxBytes - maxBytes / TRIM_SLACK) {
        break;
      }
      if (!isTemporary(e)) {
        delete(e.path);
        total -= e.sizeBytes;
      }
    }
  }

  private static boolean isTemporary(Entry entry) {
    return entry.path.toString().endsWith(".tmp");
  }

  /** How much is stored. */
  public Size size() {
    List<Entry> entries = entries();
    int complete = (int) entries.stream().filter(e -> !isTemporary(e)).count();
    return new Size(complete, entries.stream().mapToLong(Entry::sizeBytes).sum());
  }

  /** Deletes all results. */
  public void clear() {
    entries().forEach(e -> delete(e.path));
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> dirs = Files.newDirectoryStream(dir, Files::isDirectory)) {
      for (Path sub : dirs) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(sub)) {
          for (Path file : files) {
            add(file, entries);
          }
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException _) {
      // What cannot be listed does not count.
    }
    return entries;
  }

  private static void add(Path file, List<Entry> entries) {
    try {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      if (a.isRegularFile()) {
        entries.add(new Entry(file, a.size(), a.lastModifiedTime()));
      }
    } catch (IOException _) {
      // Deleted meanwhile.
    }
  }
}
