package dev.escapade.load.files;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strings in what is kept between runs: UTF-8 after its length in 4 bytes, -1 for null. Unlike
 * {@link DataOutput#writeUTF} it takes strings of any length. {@link StoredBytes} reads them, too.
 */
public final class StoredText {
  private StoredText() {}

  /** Writes a string. */
  public static void write(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Writes a string, or that there is none. */
  public static void writeOrNull(@Nullable String text, DataOutput out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
    } else {
      write(text, out);
    }
  }

  /**
   * Reads a string that is not null.
   *
   * @throws IOException if there is less than a string
   */
  public static String read(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a string of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
