package dev.escapade.tools.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Cuts bytes into lines. What is written to it comes out line by line. */
final class LineReader extends OutputStream {
  /** Takes lines. */
  @FunctionalInterface
  interface Sink {
    /**
     * One line, without its newline: the bytes {@code from} to {@code to}, only until it returns.
     */
    void line(byte[] bytes, int from, int to) throws IOException;
  }

  private final Sink sink;
  private byte[] rest = new byte[512];
  private int restLength;

  LineReader(Sink sink) {
    this.sink = sink;
  }

  /** Gives all lines of {@code in} to {@code sink}. */
  static void readAll(InputStream in, Sink sink) throws IOException {
    try (var lines = new LineReader(sink)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        lines.write(buffer, 0, n);
      }
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] b, int off, int len) throws IOException {
    int start = off;
    int end = off + len;
    for (int i = off; i < end; i++) {
      if (b[i] != '\n') {
        continue;
      }
      if (restLength > 0) {
        keep(b, start, i);
        endRest();
      } else {
        sink.line(b, start, i);
      }
      start = i + 1;
    }
    keep(b, start, end);
  }

  private void keep(byte[] b, int from, int to) {
    int n = to - from;
    if (restLength + n > rest.length) {
      rest = Arrays.copyOf(rest, Math.max(2 * rest.length, restLength + n));
    }
    System.arraycopy(b, from, rest, restLength, n);
    restLength += n;
  }

  private void endRest() throws IOException {
    int n = restLength;
    restLength = 0;
    sink.line(rest, 0, n);
  }

  @Override
  public void close() throws IOException {
    if (restLength > 0) {
      endRest();
    }
  }
}
