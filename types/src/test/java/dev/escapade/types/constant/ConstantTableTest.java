package dev.escapade.types.constant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.syntax.LitKind;
import dev.escapade.syntax.Operator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Operations on constants whose results were recorded from go/constant (Go 1.26): kind, text as
 * messages show it, and exact text. A line is {@code kind literal op kind literal result...},
 * separated by tabs; a minus sign before the first literal negates it.
 */
class ConstantTableTest {
  private static final String TABLE = "constants.tsv";

  @Test
  void operationsGiveTheRecordedResults() throws IOException {
    List<String> lines;
    try (InputStream in = ConstantTableTest.class.getResourceAsStream(TABLE)) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertTrue(lines.size() > 200, "the table is there");
    for (String line : lines) {
      assertEquals(line.substring(line.indexOf("\t=\t") + 3), evaluate(line), line);
    }
  }

  /** The result of the operation that stands before the equals sign in a line of the table. */
  static String evaluate(String line) {
    String[] f = line.substring(0, line.indexOf("\t=\t")).split("\t");
    boolean negative = f[1].startsWith("-");
    Constant x = literal(f[0], negative ? f[1].substring(1) : f[1]);
    if (negative) {
      x = Constants.unaryOp(Operator.SUB, x, 0);
    }
    Constant result = f.length == 2 ? x : operation(x, f[2], literal(f[3], f[4]));
    String kind = result.kind().name();
    return kind.charAt(0)
        + kind.substring(1).toLowerCase(Locale.ROOT)
        + "\t"
        + result
        + "\t"
        + result.exactString();
  }

  private static Constant literal(String kind, String text) {
    return Constant.ofLiteral(text, LitKind.valueOf(kind));
  }

  private static Constant operation(Constant x, String op, Constant y) {
    if (op.equals("quo")) {
      return Constants.integerDivision(x, y);
    }
    Operator operator = operator(op);
    if (operator.isComparison()) {
      return Constant.of(Constants.compare(x, operator, y));
    }
    return operator.isShift()
        ? Constants.shift(x, operator, (int) Constants.int64Val(y))
        : Constants.binaryOp(x, operator, y);
  }

  private static Operator operator(String text) {
    for (Operator op : Operator.values()) {
      if (op.toString().equals(text)) {
        return op;
      }
    }
    throw new IllegalArgumentException(text);
  }
}
