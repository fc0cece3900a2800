package dev.escapade.driver.cache;

import dev.escapade.load.files.StoredBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a package without errors, besides what is printed.
 *
 * @param own the digest of that name
 * @param imports the digest of the faces of its imports
 * @param face its own face
 * @param result where what is printed is stored
 * @param summary what its importers need to know, or null if that cannot be stored
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record PackageState(Key own, Key imports, Key face, Key result, byte @Nullable [] summary) {
  /** The digest of several faces. */
  public static Key digest(Iterable<Key> faces) {
    Digest digest = new Digest();
    faces.forEach(digest::add);
    return digest.key();
  }

  byte[] toBytes() {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Key key : new Key[] {own, imports, face, result}) {
        byte[] hex = key.hex().getBytes(StandardCharsets.US_ASCII);
        out.writeInt(hex.length);
        out.write(hex);
      }
      out.writeInt(summary == null ? -1 : summary.length);
      if (summary != null) {
        out.write(summary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static @Nullable PackageState of(byte[] stored) {
    StoredBytes in = new StoredBytes(stored);
    try {
      Key own = new Key(in.string());
      Key imports = new Key(in.string());
      Key face = new Key(in.string());
      Key result = new Key(in.string());
      int length = in.int32();
      return new PackageState(own, imports, face, result, length < 0 ? null : in.bytes(length));
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      return null;
    }
  }
}
