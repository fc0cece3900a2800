package dev.escapade.ssa.rewrite;

/**
 * An expression over the constants that a pattern found, as 64-bit integers; 0 is false. Constants
 * are sign-extended; {@code <u} and {@code <=u} compare without sign at 64 bits, which for
 * sign-extended numbers is the comparison at their own width. The functions are:
 *
 * <ul>
 *   <li>{@code wrap(e)}: e at the width of the rule; {@code zext(e)}: without its sign extension
 *   <li>{@code pow2(e)}: a positive power of two; {@code upow2(e)}: one without sign, at the width;
 *       {@code log2(e)}: its logarithm, at the width
 *   <li>{@code onebit(e)}, {@code ntz(e)}, {@code nlz(e)}: at the width
 *   <li>{@code min()}, {@code max()}: the extremes of the width; {@code w()}: the width
 *   <li>{@code carry(a, b)}: whether a + b overflows without sign at 64 bits
 *   <li>{@code uses(x)}, {@code isconst(x)}, {@code nonneg(x)}, {@code bounded(x)}, {@code
 *       size(x)}, {@code signed(x)}: of a value
 *   <li>{@code same(x, y)}: equal types
 *   <li>{@code early()}: whether this is the first of the passes that rewrite
 * </ul>
 */
@FunctionalInterface
interface Expression {
  /** The value for what {@code m} found. */
  long eval(Match m);

  private static long bool(boolean b) {
    return b ? 1 : 0;
  }

  /** Reads an expression. */
  static Expression parse(Tokens in, Names names, int width) {
    return binary(in, names, width, 0);
  }

  private static int precedence(String op) {
    return switch (op) {
      case "||" -> 1;
      case "&&" -> 2;
      case "==", "!=", "<", "<=", ">", ">=", "<u", "<=u" -> 3;
      case "+", "-", "|", "^" -> 4;
      case "*", "&", "<<", ">>", ">>>", "%", "/" -> 5;
      default -> 0;
    };
  }

  private static Expression binary(Tokens in, Names names, int width, int above) {
    Expression x = unary(in, names, width);
    while (precedence(in.peek()) > above) {
      String op = in.take();
      Expression a = x;
      Expression b = binary(in, names, width, precedence(op));
      x =
          switch (op) {
            case "||" -> m -> bool(a.eval(m) != 0 || b.eval(m) != 0);
            case "&&" -> m -> bool(a.eval(m) != 0 && b.eval(m) != 0);
            case "==" -> m -> bool(a.eval(m) == b.eval(m));
            case "!=" -> m -> bool(a.eval(m) != b.eval(m));
            case "<" -> m -> bool(a.eval(m) < b.eval(m));
            case "<=" -> m -> bool(a.eval(m) <= b.eval(m));
            case ">" -> m -> bool(a.eval(m) > b.eval(m));
            case ">=" -> m -> bool(a.eval(m) >= b.eval(m));
            case "<u" -> m -> bool(Long.compareUnsigned(a.eval(m), b.eval(m)) < 0);
            case "<=u" -> m -> bool(Long.compareUnsigned(a.eval(m), b.eval(m)) <= 0);
            case "+" -> m -> a.eval(m) + b.eval(m);
            case "-" -> m -> a.eval(m) - b.eval(m);
            case "*" -> m -> a.eval(m) * b.eval(m);
            case "/" -> m -> a.eval(m) / b.eval(m);
            case "%" -> m -> a.eval(m) % b.eval(m);
            case "&" -> m -> a.eval(m) & b.eval(m);
            case "|" -> m -> a.eval(m) | b.eval(m);
            case "^" -> m -> a.eval(m) ^ b.eval(m);
            case "<<" -> m -> shl(a.eval(m), b.eval(m));
            case ">>>" -> m -> shr(a.eval(m), b.eval(m));
            default -> m -> a.eval(m) >> Math.min(63, b.eval(m));
          };
    }
    return x;
  }

  private static long shl(long x, long by) {
    return by < 0 || by > 63 ? 0 : x << by;
  }

  private static long shr(long x, long by) {
    return by < 0 || by > 63 ? 0 : x >>> by;
  }

  private static Expression unary(Tokens in, Names names, int width) {
    if (in.skip("-")) {
      Expression a = unary(in, names, width);
      return m -> -a.eval(m);
    }
    if (in.skip("~")) {
      Expression a = unary(in, names, width);
      return m -> ~a.eval(m);
    }
    if (in.skip("!")) {
      Expression a = unary(in, names, width);
      return m -> bool(a.eval(m) == 0);
    }
    if (in.skip("(")) {
      Expression a = binary(in, names, width, 0);
      in.expect(")");
      return a;
    }
    String t = in.take();
    if (Character.isDigit(t.charAt(0))) {
      long n = t.startsWith("0x") ? Long.parseUnsignedLong(t.substring(2), 16) : Long.parseLong(t);
      return _ -> n;
    }
    if (in.skip("(")) {
      return function(t, in, names, width);
    }
    int slot = names.slot(t);
    return m -> m.value(slot).auxInt;
  }

  private static Expression function(String f, Tokens in, Names names, int w) {
    switch (f) {
      case "min", "max", "w", "early" -> {
        in.expect(")");
        return switch (f) {
          case "min" -> _ -> -1L << (w - 1);
          case "max" -> _ -> ~(-1L << (w - 1));
          case "w" -> _ -> w;
          default -> m -> bool(m.early());
        };
      }
      case "uses", "isconst", "nonneg", "bounded", "size", "signed", "same" -> {
        int x = names.slot(in.take());
        int y = 0;
        if (f.equals("same")) {
          in.expect(",");
          y = names.slot(in.take());
        }
        in.expect(")");
        int other = y;
        return switch (f) {
          case "uses" -> m -> m.value(x).uses;
          case "isconst" -> m -> bool(m.value(x).isIntConst());
          case "nonneg" -> m -> bool(Facts.isNonNegative(m.value(x)));
          case "bounded" -> m -> m.value(x).auxInt;
          case "size" -> m -> m.value(x).type.size();
          case "signed" -> m -> bool(m.value(x).type.isSigned());
          default -> m -> bool(m.value(x).type == m.value(other).type);
        };
      }
      default -> {}
    }
    Expression a = binary(in, names, w, 0);
    if (f.equals("carry")) {
      in.expect(",");
      Expression b = binary(in, names, w, 0);
      in.expect(")");
      return m -> {
        long x = a.eval(m);
        return bool(Long.compareUnsigned(x + b.eval(m), x) < 0);
      };
    }
    in.expect(")");
    return switch (f) {
      case "wrap" -> m -> Widths.wrap(a.eval(m), w);
      case "zext" -> m -> Widths.zext(a.eval(m), w);
      case "pow2" ->
          m -> {
            long x = a.eval(m);
            return bool(x > 0 && (x & (x - 1)) == 0);
          };
      case "upow2" -> m -> bool(Long.bitCount(Widths.zext(a.eval(m), w)) == 1);
      case "onebit" -> m -> bool(Long.bitCount(Widths.zext(a.eval(m), w)) == 1);
      case "log2" -> m -> 63 - Long.numberOfLeadingZeros(Widths.zext(a.eval(m), w));
      case "ntz" -> m -> Math.min(w, Long.numberOfTrailingZeros(a.eval(m)));
      case "nlz" -> m -> Long.numberOfLeadingZeros(Widths.zext(a.eval(m), w)) - (64 - w);
      default -> throw in.error("no function " + f);
    };
  }
}
