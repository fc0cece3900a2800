package dev.escapade.ssa.generic;

import dev.escapade.ssa.rewrite.Rules;

/**
 * The identities of arithmetic and logic by which values become simpler or canonical: constants
 * first, sums with constants last, comparisons without negation. In the notation of {@code
 * dev.escapade.ssa.rewrite}; for each operation in the order in which the release tries them.
 */
final class Identities {
  static final Rules RULES = new Rules();

  static {
    conversions();
    products();
    logic();
    sums();
    comparisons();
    booleans();
    shifts();
    divisions();
    reassociation();
    rotations();
    selections();
  }

  private Identities() {}

  private static void conversions() {
    int[] widths = {8, 16, 32, 64};
    for (String ext : new String[] {"ZeroExt", "SignExt"}) {
      for (int wide : widths) {
        for (int narrow : widths) {
          for (int inner : widths) {
            if (narrow < wide && inner <= narrow) {
              RULES.add(
                  "Trunc%dto%d(%s%dto%d(x)) -> %s"
                      .formatted(
                          wide,
                          narrow,
                          ext,
                          inner,
                          wide,
                          inner == narrow ? "x" : "%s%dto%d(x)".formatted(ext, inner, narrow)),
                  wide);
            }
          }
        }
      }
    }
    for (int wide : widths) {
      for (int narrow : widths) {
        if (narrow >= wide) {
          continue;
        }
        String mask = narrow == 8 ? "0xff" : narrow == 16 ? "0xffff" : "0xffffffff";
        RULES.add(
            "Trunc%dto%d(And%d(#y, x)) -> Trunc%dto%d(x) if (y & %s) == %s"
                .formatted(wide, narrow, wide, wide, narrow, mask, mask),
            wide);
        for (String sign : new String[] {"ZeroU", "Sign"}) {
          boolean zero = sign.equals("ZeroU");
          RULES.add(
              "%sExt%dto%d(Trunc%dto%d(x:Rsh%d%sx64(_, #s))) -> x if s >= %d"
                  .formatted(
                      zero ? "Zero" : "Sign",
                      narrow,
                      wide,
                      wide,
                      narrow,
                      wide,
                      zero ? "U" : "",
                      wide - narrow),
              wide);
        }
      }
    }
  }

  private static void products() {
    RULES
        .add("1 * x -> x")
        .add("-1 * x -> -x")
        .add("#c * (-x) -> x * #(-c)<c>")
        .add("(-x) * (-y) -> x * y")
        .add(
            "#c * (a:Add$(#d, x)) -> #(c*d)<c> + (#(c)<c> * x)<c> if same(c, a) && same(c, d) &&"
                + " !pow2(c)")
        .add("0 * _ -> 0")
        .add("x * #c -> x << #(log2(c))<UInt64> if pow2(c) && !early()")
        .add(
            "x * #c -> -((x << #(log2(-c))<UInt64>)<v>) if signed(v) && pow2(wrap(-c)) && !early()")
        .add("(i:#c * z) * x -> i * (x * z)<c> if !isconst(z) && !isconst(x)")
        .add("#c * (#d * x) -> #(c*d)<c> * x if same(c, d)");
    RULES
        .add("-(x * #c) -> x * #(-c)<c>")
        .add("-(x * (-y)) -> x * y")
        .add("-(x - y) -> y - x")
        .add("-(-x) -> x")
        .add("-(~x) -> 1 + x");
    RULES.add("~(~x) -> x").add("~(#c) -> #(~c)").add("~(-1 + x) -> -x");
  }

  private static void logic() {
    RULES
        .add("(~x) & (~y) -> ~((x | y)<v>)")
        .add("#m & (_ >>> #c) -> 0 if c >= w() - ntz(m)")
        .add("#m & (_ << #c) -> 0 if c >= w() - nlz(m)")
        .add("x & x -> x")
        .add("-1 & x -> x")
        .add("0 & _ -> 0")
        .add("(~x) & x -> 0")
        .add("x & (x & y) -> x & y")
        .add("(i:#c & z) & x -> i & (z & x)<c> if !isconst(z) && !isconst(x)")
        .add("#c & (#d & x) -> #(c&d)<c> & x if same(c, d)");
    RULES
        .add("(~x) | (~y) -> ~((x & y)<v>)")
        .add("x | x -> x")
        .add("0 | x -> x")
        .add("-1 | _ -> -1")
        .add("(~x) | x -> -1")
        .add("x | (x | y) -> x | y")
        .add("(x & #d) | #c -> #(c)<c> | x if wrap(~(c | d)) == 0")
        .add("(i:#c | z) | x -> i | (z | x)<c> if !isconst(z) && !isconst(x)")
        .add("#c | (#d | x) -> #(c|d)<c> | x if same(c, d)");
    rotates("|");
    RULES
        .add("x ^ x -> 0")
        .add("0 ^ x -> x")
        .add("(~x) ^ x -> -1")
        .add("-1 ^ x -> ~x")
        .add("x ^ (x ^ y) -> y")
        .add("(i:#c ^ z) ^ x -> i ^ (z ^ x)<c> if !isconst(z) && !isconst(x)")
        .add("#c ^ (#d ^ x) -> #(c^d)<c> ^ x if same(c, d)");
    rotates("^");
  }

  /** Two shifts in opposite directions whose counts add up to the width are a rotation. */
  private static void rotates(String join) {
    RULES.add(
        "(x << z:#c) %s (x >>> #d) -> RotateLeft$(x, z) if c < w() && d == w() - c"
            .formatted(join));
    for (int by : new int[] {64, 32, 16, 8}) {
      RULES.add(
          "l:Lsh$x%d(x, y) %s r:Rsh$Ux%d(x, Sub%d(#n, y)) -> RotateLeft$(x, y) if n == w() && (bounded(l) || bounded(r))"
              .formatted(by, join, by, by));
    }
    for (int by : new int[] {64, 32, 16, 8}) {
      RULES.add(
          "r:Rsh$Ux%d(x, y) %s l:Lsh$x%d(x, z:Sub%d(#n, y)) -> RotateLeft$(x, z) if n == w() && (bounded(l) || bounded(r))"
              .formatted(by, join, by, by));
    }
  }

  private static void sums() {
    RULES
        .add("(x * y) + (x * z) -> x * (y + z)<v>")
        .add("0 + x -> x")
        .add("x + (-y) -> x - y")
        .add("(~x) + x -> -1")
        .add("(x - t) + (t + y) -> x + y")
        .add("1 + (~x) -> -x")
        .add("x + (y - x) -> y")
        .add("x + (y + (z - x)) -> y + z")
        .add("(i:#c + z) + x -> i + (z + x)<c> if !isconst(z) && !isconst(x)")
        .add("(i:#c - z) + x -> i + (x - z)<c> if !isconst(z) && !isconst(x)")
        .add("#c + (#d + x) -> #(c+d)<c> + x if same(c, d)")
        .add("#c + (#d - x) -> #(c+d)<c> - x if same(c, d)");
    rotates("+");
    RULES
        .add("x - #c -> #(-c)<c> + x if !isconst(x)")
        .add("(x * y) - (x * z) -> x * (y - z)<v>")
        .add("x - x -> 0")
        .add("(-x) - (~x) -> 1")
        .add("(~x) - (-x) -> -1")
        .add("(t + x) - (t + y) -> x - y")
        .add("(x + y) - x -> y")
        .add("(x + y) - y -> x")
        .add("(x - y) - x -> -y")
        .add("x - (x + y) -> -y")
        .add("x - (i:#c - z) -> (x + z)<c> - i if !isconst(z) && !isconst(x)")
        .add("x - (z + i:#c) -> (x - z)<c> - i if !isconst(z) && !isconst(x)")
        .add("(i:#c - z) - x -> i - (z + x)<c> if !isconst(z) && !isconst(x)")
        .add("(z + i:#c) - x -> i + (z - x)<c> if !isconst(z) && !isconst(x)")
        .add("#c - (#d - x) -> #(c-d)<c> + x if same(c, d)")
        .add("#c - (#d + x) -> #(c-d)<c> - x if same(c, d)");
  }

  private static void comparisons() {
    for (String op : new String[] {"==", "!="}) {
      RULES.add("x %s x -> %s".formatted(op, op.equals("==") ? "true" : "false"));
      RULES.add("#c %s (#d + x) -> #(c-d)<c> %s x if same(c, d)".formatted(op, op));
    }
    RULES
        .add("s:Sub$(x, y) == 0 -> x == y if uses(s) == 1")
        .add("s:Sub$(x, y) != 0 -> x != y if uses(s) == 1")
        .add(
            "(a:And$(x, #c)) == #d -> (x & #(c)<c>)<a> != 0<c> if c == d && onebit(c) && same(a, c)"
                + " && same(c, d)")
        .add(
            "(a:And$(x, #c)) != #d -> (x & #(c)<c>)<a> == 0<c> if c == d && onebit(c) && same(a, c)"
                + " && same(c, d)");
    boolTests();
    RULES
        .add("0 <= (_ & #c) -> true if c >= 0")
        .add("0 <= (_ >>> #c) -> true if c > 0")
        .add("x <= i:-1 -> x < 0<i>")
        .add("i:1 <= x -> 0<i> < x")
        .add("#MIN <= _ -> true")
        .add("_ <= #MAX -> true")
        .add("x <= c:#MIN -> x == c")
        .add("c:#MAX <= x -> c == x");
    RULES
        .add("i:0 < x -> 0<i> != x if nonneg(x)")
        .add("x < i:1 -> 0<i> == x if nonneg(x)")
        .add("x < i:1 -> x <= 0<i>")
        .add("i:-1 < x -> 0<i> <= x")
        .add("_ < #MIN -> false")
        .add("#MAX < _ -> false")
        .add("x < #c -> x == #MIN<c> if c == wrap(min() + 1)")
        .add("#c < x -> x == #MAX<c> if c == wrap(max() - 1)");
    RULES
        .add("i:1 <=u x -> 0<i> != x")
        .add("0 <=u _ -> true")
        .add("_ <=u -1 -> true")
        .add("x <=u c:0 -> x == c")
        .add("c:-1 <=u x -> x == c");
    RULES
        .add("x <u i:1 -> 0<i> == x")
        .add("_ <u 0 -> false")
        .add("-1 <u _ -> false")
        .add("i:-2 <u x -> x == -1<i>");
  }

  private static void boolTests() {
    RULES
        .add("CvtBoolToUint8(x) != 0 -> x", 8)
        .add("CvtBoolToUint8(x) != 1 -> !x", 8)
        .add("CvtBoolToUint8(x) == 1 -> x", 8)
        .add("CvtBoolToUint8(x) == 0 -> !x", 8);
    for (String ext : new String[] {"ZeroExt", "SignExt"}) {
      RULES
          .add(ext + "8to$(CvtBoolToUint8(x)) != 0 -> x", 16, 32, 64)
          .add(ext + "8to$(CvtBoolToUint8(x)) != 1 -> !x", 16, 32, 64)
          .add(ext + "8to$(CvtBoolToUint8(x)) == 1 -> x", 16, 32, 64)
          .add(ext + "8to$(CvtBoolToUint8(x)) == 0 -> !x", 16, 32, 64);
    }
  }

  private static void booleans() {
    RULES
        .add("EqB(false, x) -> !x", 8)
        .add("EqB(true, x) -> x", 8)
        .add("NeqB(false, x) -> x", 8)
        .add("NeqB(true, x) -> !x", 8)
        .add("NeqB(!x, !y) -> NeqB(x, y)", 8)
        .add("CondSelect(x, _, true) -> x", 8)
        .add("CondSelect(_, y, false) -> y", 8)
        .add("CondSelect(x, x, _) -> x", 8);
    for (String end : new String[] {"<", "<="}) {
      RULES
          .add(
              "(#c <= x) && (x %s #d) -> (x - #(c)<x>)<x> %su #(d-c)<x> if d >= c"
                  .formatted(end, end)
                  .replace("<u", "<u "))
          .add(
              "(#c < x) && (x %s #d) -> (x - #(c+1)<x>)<x> %su #(d-c-1)<x> if d >= wrap(c+1) && wrap(c+1) > c"
                  .formatted(end, end)
                  .replace("<u", "<u "))
          .add(
              "(#c <=u x) && (x %su #d) -> (x - #(c)<x>)<x> %su #(d-c)<x> if c <=u d"
                  .formatted(end, end)
                  .replace("<u", "<u "))
          .add(
              "(#c <u x) && (x %su #d) -> (x - #(c+1)<x>)<x> %su #(d-c-1)<x> if wrap(c+1) <=u d && c <u wrap(c+1)"
                  .formatted(end, end)
                  .replace("<u", "<u "));
    }
    RULES.add(
        "(x != cv:#c) && (x != #d) -> (x | #(c^d)<x>)<x> != cv if (c | d) == c && onebit(c ^ d)");
    for (String end : new String[] {"<", "<="}) {
      RULES
          .add(
              "(#c %s x) || (x < #d) -> #(c-d)<x> %su (x - #(d)<x>)<x> if c >= d"
                  .formatted(end, end)
                  .replace("<u", "<u "))
          .add(
              "(#c %s x) || (x <= #d) -> #(c-d-1)<x> %su (x - #(d+1)<x>)<x> if c >= wrap(d+1) && wrap(d+1) > d"
                  .formatted(end, end)
                  .replace("<u", "<u "))
          .add(
              "(#c %su x) || (x <u #d) -> #(c-d)<x> %su (x - #(d)<x>)<x> if d <=u c"
                  .formatted(end, end)
                  .replace("<u", "<u "))
          .add(
              "(#c %su x) || (x <=u #d) -> #(c-d-1)<x> %su (x - #(d+1)<x>)<x> if wrap(d+1) <=u c && d <u wrap(d+1)"
                  .formatted(end, end)
                  .replace("<u", "<u "));
    }
    RULES.add(
        "(x == cv:#c) || (x == #d) -> (x | #(c^d)<x>)<x> == cv if (c | d) == c && onebit(c ^ d)");
    for (String eq : new String[] {"8", "16", "32", "64", "B", "Ptr", "32F", "64F"}) {
      RULES
          .add("!(Eq%s(x, y)) -> Neq%s(x, y)".formatted(eq, eq), 8)
          .add("!(Neq%s(x, y)) -> Eq%s(x, y)".formatted(eq, eq), 8);
    }
    RULES
        .add("!(x < y) -> y <= x")
        .add("!(x <u y) -> y <=u x")
        .add("!(x <= y) -> y < x")
        .add("!(x <=u y) -> y <u x");
    for (String f : new String[] {"64F", "32F"}) {
      for (String term : terms(f)) {
        for (String[] op : new String[][] {{"Less", "Leq"}, {"Leq", "Less"}}) {
          RULES
              .add(
                  "Neq%s(x, x) || %s%s(t:%s, y:Const%s()) -> !(%s%s(y, t))"
                      .formatted(f, op[0], f, term, f, op[1], f),
                  8)
              .add(
                  "Neq%s(x, x) || %s%s(y:Const%s(), t:%s) -> !(%s%s(t, y))"
                      .formatted(f, op[0], f, f, term, op[1], f),
                  8);
        }
      }
    }
  }

  /** What a comparison with a constant may be of, beside a test of x for NaN. */
  private static String[] terms(String f) {
    return f.equals("64F") ? new String[] {"Abs(x)", "Neg64F(x)"} : new String[] {"Neg32F(x)"};
  }

  private static void shifts() {
    String[] families = {"Lsh$x", "Rsh$x", "Rsh$Ux"};
    for (String s : families) {
      for (int by : new int[] {32, 16, 8}) {
        String zext = by == 32 ? "c & 0xffffffff" : by == 16 ? "c & 0xffff" : "c & 0xff";
        RULES.add("%s%d(x, #c) -> %s64(x, #(%s))".formatted(s, by, s, zext));
      }
      RULES.add(s + "64(x, 0) -> x");
      for (int by : new int[] {64, 32, 16, 8}) {
        RULES.add("%s%d(0, _) -> 0".formatted(s, by));
      }
    }
    RULES
        .add("_ << #c -> 0 if !(c <u w())".replace("<u w", "<u w"))
        .add("(x << #c) << #d -> x << #(c+d) if !carry(c, d)")
        .add("(i:Rsh$x64(x, #c)) << #c -> x & #(-1 << c)<v> if c >= 0 && c < w() && uses(i) == 1")
        .add("(i:Rsh$Ux64(x, #c)) << #c -> x & #(-1 << c)<v> if c >= 0 && c < w() && uses(i) == 1")
        .add(
            "((x << #a) >>> #b) << #c -> x << #(a-b+c)<UInt64> if b <=u a && b <=u c && !carry(a-b,"
                + " c)")
        .add(
            "((s:Rsh$x64(x, t:#c)) & #d) << #e -> (Rsh$x64(x, #(c-e)<t>)<s> & #(d<<e)<s>) if c >="
                + " e")
        .add(
            "((s:Rsh$Ux64(x, t:#c)) & #d) << #e -> (Rsh$Ux64(x, #(c-e)<t>)<s> & #(d<<e)<s>) if c >="
                + " e")
        .add(
            "((s:Rsh$x64(x, t:#c)) & #d) << #e -> (Lsh$x64(x, #(e-c)<t>)<s> & #(d<<e)<s>) if c < e")
        .add(
            "((s:Rsh$Ux64(x, t:#c)) & #d) << #e -> (Lsh$x64(x, #(e-c)<t>)<s> & #(d<<e)<s>) if c <"
                + " e");
    RULES.add("(x >> #c) >> #d -> x >> #(c+d) if !carry(c, d)");
    extensions("Rsh$x64", "SignExt", "Int");
    RULES
        .add("_ >>> #c -> 0 if !(c <u w())")
        .add("(x >>> #c) >>> #d -> x >>> #(c+d) if !carry(c, d)")
        .add("(x >> _) >>> t:#c -> x >>> t if c == w() - 1")
        .add(
            "(i:Lsh$x64(x, #c)) >>> #c -> x & #(zext(-1) >>> c)<v> if c >= 0 && c < w() && uses(i)"
                + " == 1")
        .add(
            "((x >>> #a) << #b) >>> #c -> x >>> #(a-b+c)<UInt64> if b <=u a && b <=u c &&"
                + " !carry(a-b, c)");
    extensions("Rsh$Ux64", "ZeroExt", "UInt");
    for (String s : families) {
      for (int by : new int[] {8, 16, 32, 64}) {
        RULES.add("%s%d[0](x, t:#c) -> %s%d[1](x, t) if 0 < c && c < w()".formatted(s, by, s, by));
      }
    }
  }

  /** Shifting out and back in is an extension of the low bits. */
  private static void extensions(String shift, String ext, String type) {
    int[][] pairs = {{16, 8}, {32, 8}, {64, 8}, {32, 16}, {64, 16}, {64, 32}};
    for (int[] p : pairs) {
      int n = p[0] - p[1];
      RULES.add(
          "%s(Lsh$x64(x, %d), %d) -> %s%dto%d(Trunc%dto%d(x)<%s%d>)"
              .formatted(shift, n, n, ext, p[1], p[0], p[0], p[1], type, p[1]),
          p[0]);
    }
  }

  private static void divisions() {
    RULES
        .add("n / #c -> -((n / #(-c)<v>)<v>) if c < 0 && c != min()")
        .add("x / #MIN -> 0 if nonneg(x)", 64)
        .add("x / #MIN -> (x & (-x)<v>)<v> >>> #(w()-1)<UInt64>")
        .add("n /u #c -> n >>> #(log2(c))<UInt64> if upow2(c)")
        .add("n %u #c -> n & #(c-1)<v> if upow2(c)")
        .add("n % #c -> n & #(c-1)<v> if nonneg(n) && pow2(c)")
        .add("n % #MIN -> n if nonneg(n)", 64)
        .add("n % #c -> n % #(-c)<v> if c < 0 && c != min()")
        .add(
            "x % #c -> x - ((x / #(c)<v>)<v> * #(c)<v>)<v> if !isconst(x) && (c > 0 || c == min())")
        .add("x %u #c -> x - ((x /u #(c)<v>)<v> * #(c)<v>)<v> if !isconst(x) && c != 0");
  }

  private static void reassociation() {
    RULES.add("Cvt64Fto32F(s:Sqrt(Cvt32Fto64F(x))) -> Sqrt32(x) if uses(s) == 1", 64);
    RULES
        .add("Select0(a:Add64carry(x, y, 0)) -> Add64(x, y) if uses(a) == 1", 64)
        .add("Select0(MakeTuple(x, y)) -> x", 64)
        .add("Select1(MakeTuple(x, y)) -> y", 64);
    for (int w : new int[] {64, 32}) {
      RULES
          .add("Convert(Add$(Convert(p, m), off), m) -> AddPtr(p, off)", w)
          .add("Convert(a:Add$(Add$(Convert(p, m), x), y), m) -> AddPtr(p, Add$(x, y)<a>)", w);
    }
    RULES.add("Convert(Convert(p, m), m) -> p", 64);
    RULES.add(
        "Phi(nx:!x, ny:!y) -> !(Phi(x, y)<v>) if uses(nx) == 1 && uses(ny) == 1"
            .replace("nx:!x", "nx:Not(x)")
            .replace("ny:!y", "ny:Not(y)"),
        64);
    RULES.add("Round32F(x:Const32F()) -> x", 32).add("Round64F(x:Const64F()) -> x", 64);
  }

  private static void rotations() {
    for (int w : new int[] {64, 32, 16, 8}) {
      RULES.add("RotateLeft$(x, #c) -> x if c % w() == 0", w);
      for (int by : new int[] {64, 32, 16, 8}) {
        RULES.add(
            "RotateLeft$(x, And%d(y, #c)) -> RotateLeft$(x, y) if (c & (w()-1)) == w()-1"
                .formatted(by),
            w);
      }
      for (int by : new int[] {64, 32, 16, 8}) {
        RULES.add(
            "RotateLeft$(x, Neg%d(And%d(y, #c))) -> RotateLeft$(x, Neg%d(y)<y>) if (c & (w()-1)) == w()-1"
                .formatted(by, by, by),
            w);
      }
      for (int by : new int[] {64, 32, 16, 8}) {
        RULES.add(
            "RotateLeft$(x, Add%d(y, #c)) -> RotateLeft$(x, y) if (c & (w()-1)) == 0".formatted(by),
            w);
      }
      for (int by : new int[] {64, 32, 16, 8}) {
        RULES.add(
            "RotateLeft$(x, Sub%d(#c, y)) -> RotateLeft$(x, Neg%d(y)<y>) if (c & (w()-1)) == 0"
                .formatted(by, by),
            w);
      }
      for (int by : new int[] {64, 32, 16, 8}) {
        RULES.add(
            "RotateLeft$(RotateLeft$(x, c), d) -> RotateLeft$(x, Add%d(c, d)<c>) if size(c) == %d && size(d) == %d"
                .formatted(by, by / 8, by / 8),
            w);
      }
    }
  }

  private static void selections() {
    RULES
        .add("CondSelect(t:Add8(x, 1), x, b) -> Add8(x, CvtBoolToUint8(b)<t>)", 8)
        .add(
            "CondSelect(t:Add$(x, 1), x, b) -> Add$(x, ZeroExt8to$(CvtBoolToUint8(b)<UInt8>)<t>)",
            64,
            32,
            16)
        .add("CondSelect(t:Add8(x, -1), x, b) -> Sub8(x, CvtBoolToUint8(b)<t>)", 8)
        .add(
            "CondSelect(t:Add$(x, -1), x, b) -> Sub$(x, ZeroExt8to$(CvtBoolToUint8(b)<UInt8>)<t>)",
            64,
            32,
            16)
        .add("CondSelect(Lsh$x64(x, 1), x, b) -> Lsh$x8[1](x, CvtBoolToUint8(b)<UInt8>)")
        .add("CondSelect(Rsh$x64(x, 1), x, b) -> Rsh$x8[1](x, CvtBoolToUint8(b)<UInt8>)")
        .add("CondSelect(Rsh$Ux64(x, 1), x, b) -> Rsh$Ux8[1](x, CvtBoolToUint8(b)<UInt8>)");
  }
}
