package dev.escapade.tools.cli;

import dev.escapade.driver.BuildListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Hands on what differs from what was said of the same package before. */
final class ChangedOutput implements BuildListener {
  private final BuildListener next;
  private final Map<String, Long> said;
  private int packages;

  /**
   * A filter for one run.
   *
   * @param said what was said before; changed by this
   */
  ChangedOutput(BuildListener next, Map<String, Long> said) {
    this.next = next;
    this.said = said;
  }

  @Override
  public void loaded(LoadResult result) {
    next.loaded(result);
  }

  @Override
  public void badProfile(String file, String message) {
    next.badProfile(file, message);
  }

  @Override
  public void finished(GoPackage pkg) {
    packages++;
    next.finished(pkg);
  }

  /** How many packages were worked on. */
  int packages() {
    return packages;
  }

  @Override
  public void output(PackageOutput output) {
    var bytes = new ByteArrayOutputStream();
    try {
      output.text().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] text = bytes.toByteArray();
    Long old = said.put(output.pkg().importPath(), checksum(text));
    boolean isNews = old == null || old != checksum(text);
    if (isNews || output.crash() != null) {
      next.output(
          new PackageOutput(output.pkg(), out -> out.write(text), output.status(), output.crash()));
    }
  }

  private static long checksum(byte[] text) {
    CRC32 low = new CRC32();
    low.update(text);
    CRC32C high = new CRC32C();
    high.update(text);
    return high.getValue() << 32 | low.getValue();
  }
}
