package dev.escapade.profile;

import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a message in the format of protocol buffers, one after the other, from a part
 * of an array.
 */
final class Wire {
  private static final int MAX_VARINT_BYTES = 10;

  private final byte[] data;
  private final int end;
  private int at;
  private int field;
  private int type;
  private long number;

  /** Where the contents of a field of type 2 are. */
  private int from;

  private int to;

  Wire(byte[] data, int from, int to) {
    this.data = data;
    this.at = from;
    this.end = to;
  }

  /** Goes on to the next field, if there is one. */
  boolean next() throws ProfileException {
    if (at >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    switch (type) {
      case 0 -> number = varint();
      case 1 -> number = fixed(8);
      case 2 -> {
        long n = varint();
        if (n < 0 || n > end - at) {
          throw new ProfileException("too much data");
        }
        from = at;
        at += (int) n;
        to = at;
      }
      case 5 -> number = fixed(4);
      default -> throw new ProfileException("unknown wire type: " + type);
    }
    return true;
  }

  /** The number of the current field. */
  int field() {
    return field;
  }

  /** The value of the current field, a number. */
  long number() throws ProfileException {
    require(0);
    return number;
  }

  /** The value of the current field, a message. */
  Wire message() throws ProfileException {
    require(2);
    return new Wire(data, from, to);
  }

  /** The value of the current field, a string. */
  String string() throws ProfileException {
    require(2);
    return new String(data, from, to - from, StandardCharsets.UTF_8);
  }

  /** Adds the value of the current field, one number or several, to {@code list}. */
  void addTo(LongList list) throws ProfileException {
    if (type != 2) {
      list.add(number());
      return;
    }
    Wire packed = new Wire(data, from, to);
    while (packed.at < packed.end) {
      list.add(packed.varint());
    }
  }

  private void require(int wanted) throws ProfileException {
    if (type != wanted) {
      throw new ProfileException("type mismatch");
    }
  }

  private long varint() throws ProfileException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES && at < end; i++) {
      byte b = data[at++];
      value |= (b & 0x7fL) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw new ProfileException("bad varint");
  }

  private long fixed(int bytes) throws ProfileException {
    if (end - at < bytes) {
      throw new ProfileException("not enough data");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (data[at++] & 0xffL) << (8 * i);
    }
    return value;
  }
}
