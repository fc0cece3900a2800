package dev.escapade.types.constant;

import dev.escapade.syntax.LitKind;
import java.math.BigInteger;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The value of a constant. Immutable; operations are in {@link Constants}. */
public sealed interface Constant {
  /** What kind of value a constant has. */
  enum Kind {
    UNKNOWN,
    BOOL,
    STRING,
    INT,
    FLOAT,
    COMPLEX
  }

  /** The value of what is wrong or could not be computed. */
  Constant UNKNOWN = new Unknown();

  Constant TRUE = new Bool(true);
  Constant FALSE = new Bool(false);

  Kind kind();

  /** The value exactly, in Go's notation; a string in quotes. */
  String exactString();

  /** The value as messages show it: long numbers approximately, long strings shortened. */
  @Override
  String toString();

  static Constant of(boolean b) {
    return b ? TRUE : FALSE;
  }

  static Constant of(long x) {
    return new Int64(x);
  }

  static Constant of(BigInteger x) {
    return x.bitLength() <= 63 ? new Int64(x.longValue()) : new BigInt(x);
  }

  /** The floating-point constant {@code x}, without a negative zero; unknown if not finite. */
  static Constant of(double x) {
    return Constants.ofDouble(x);
  }

  /**
   * A string constant.
   *
   * @param byteString one char from 0 to 255 per byte
   */
  static Constant ofString(String byteString) {
    return new Str(byteString);
  }

  /** The value of a literal, or unknown if its syntax is wrong. */
  static Constant ofLiteral(String text, LitKind kind) {
    return Literals.parse(text, kind);
  }

  /** Nothing is known about the value. */
  record Unknown() implements Constant {
    @Override
    public Kind kind() {
      return Kind.UNKNOWN;
    }

    @Override
    public String exactString() {
      return "unknown";
    }

    @Override
    public String toString() {
      return "unknown";
    }
  }

  /** A boolean. */
  record Bool(boolean value) implements Constant {
    @Override
    public Kind kind() {
      return Kind.BOOL;
    }

    @Override
    public String exactString() {
      return Boolean.toString(value);
    }

    @Override
    public String toString() {
      return exactString();
    }
  }

  /** An integer of 64 bits. */
  record Int64(long value) implements Constant {
    @Override
    public Kind kind() {
      return Kind.INT;
    }

    @Override
    public String exactString() {
      return Long.toString(value);
    }

    @Override
    public String toString() {
      return exactString();
    }
  }

  /** An integer that does not fit 64 bits. */
  record BigInt(BigInteger value) implements Constant {
    @Override
    public Kind kind() {
      return Kind.INT;
    }

    @Override
    public String exactString() {
      return value.toString();
    }

    @Override
    public String toString() {
      return exactString();
    }
  }

  /** A floating-point value that is a fraction. */
  record Fraction(Rat value) implements Constant {
    @Override
    public Kind kind() {
      return Kind.FLOAT;
    }

    @Override
    public String exactString() {
      return value.toString();
    }

    @Override
    public String toString() {
      return FloatText.shorten(BigFloat.of(value));
    }
  }

  /** A floating-point value of 512 bits. */
  record Floating(BigFloat value) implements Constant {
    @Override
    public Kind kind() {
      return Kind.FLOAT;
    }

    @Override
    public String exactString() {
      return value.toString();
    }

    @Override
    public String toString() {
      return FloatText.shorten(value);
    }
  }

  /** A complex value; the parts are integers or floating-point values. */
  record Complex(Constant re, Constant im) implements Constant {
    @Override
    public Kind kind() {
      return Kind.COMPLEX;
    }

    @Override
    public String exactString() {
      return "(" + re.exactString() + " + " + im.exactString() + "i)";
    }

    @Override
    public String toString() {
      return "(" + re + " + " + im + "i)";
    }
  }

  /**
   * A string, or a concatenation that is not carried out before somebody asks: a long chain of
   * additions would otherwise take quadratic time.
   */
  final class Str implements Constant {
    private static final int MAX_SHOWN_CHARS = 72;

    private @Nullable String value;
    private @Nullable Str left;
    private @Nullable Str right;

    Str(String byteString) {
      value = byteString;
    }

    Str(Str left, Str right) {
      this.left = left;
      this.right = right;
    }

    /** The string as a byte string. */
    public synchronized String value() {
      if (value == null) {
        value = join();
        left = null;
        right = null;
      }
      return value;
    }

    private String join() {
      var pieces = new ArrayDeque<Str>();
      var out = new StringBuilder();
      Str s = this;
      while (true) {
        // A chain leans to the left, and the pieces on the right wait.
        Str l = s.left;
        Str r = s.right;
        if (s.value != null || l == null || r == null) {
          out.append(s.value);
          if (pieces.isEmpty()) {
            return out.toString();
          }
          s = pieces.pop();
        } else {
          pieces.push(r);
          s = l;
        }
      }
    }

    @Override
    public Kind kind() {
      return Kind.STRING;
    }

    @Override
    public String exactString() {
      return GoStrings.quote(value());
    }

    @Override
    public String toString() {
      String s = exactString();
      if (s.codePointCount(0, s.length()) > MAX_SHOWN_CHARS) {
        s = s.substring(0, s.offsetByCodePoints(0, MAX_SHOWN_CHARS - 3)) + "...";
      }
      return s;
    }
  }
}
