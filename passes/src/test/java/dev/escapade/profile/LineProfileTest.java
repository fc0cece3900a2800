package dev.escapade.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Shares of lines, in a profile that is written here by hand. */
final class LineProfileTest {
  /** A message of protocol buffers in the making. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private void varint(long value) {
      long rest = value;
      while (rest > 0x7f) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] done() {
      return out.toByteArray();
    }
  }

  private static byte[] location(int id, int function, int... lines) {
    Message m = new Message().number(1, id);
    for (int line : lines) {
      m.bytes(4, new Message().number(1, function).number(2, line).done());
    }
    return m.done();
  }

  private static byte[] sample(long value, int... locations) {
    Message m = new Message();
    for (int l : locations) {
      m.number(1, l);
    }
    return m.number(2, 1).number(2, value).done();
  }

  private static byte[] profile(String type) {
    Message m = new Message();
    for (String s : new String[] {"", "samples", "count", type, "unit", "m.f", "/src/m/a.go"}) {
      m.text(6, s);
    }
    return m.bytes(1, new Message().number(1, 1).number(2, 2).done())
        .bytes(1, new Message().number(1, 3).number(2, 4).done())
        .bytes(5, new Message().number(1, 1).number(2, 5).number(4, 6).done())
        .bytes(4, location(1, 1, 10))
        .bytes(4, location(2, 1, 20, 30)) // 20 is inlined into 30
        .bytes(2, sample(25, 1, 2))
        .bytes(2, sample(70, 2, 2)) // a recursion
        .bytes(2, sample(5, 1))
        .done();
  }

  @Test
  void calleesAndInlinedCallsCountOnce() throws ProfileException {
    LineProfile p = LineProfile.read(profile("cpu"));
    assertEquals(100, p.total());
    assertEquals("samples", p.unit());
    assertEquals(0.30, p.share("/src/m/a.go", 10), 1e-9);
    assertEquals(0.95, p.share("/src/m/a.go", 20), 1e-9);
    assertEquals(0.95, p.share("/src/m/a.go", 30), 1e-9);
    assertEquals(0, p.share("/src/m/a.go", 11), 1e-9);
  }

  @Test
  void theSameFileElsewhereIsFoundByTheEndOfItsPath() throws ProfileException {
    LineProfile p = LineProfile.read(profile("alloc_space"));
    assertEquals("allocated bytes", p.unit());
    assertEquals(0.30, p.share("/elsewhere/m/a.go", 10), 1e-9);
    assertEquals(0, p.share("/elsewhere/n/a.go", 10), 1e-9);
  }

  @Test
  void whatIsNoProfileIsRefused() {
    assertThrows(
        ProfileException.class, () -> LineProfile.read("text".getBytes(StandardCharsets.UTF_8)));
  }
}
