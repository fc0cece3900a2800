package dev.escapade.load.build;

import dev.escapade.load.build.Constraint.And;
import dev.escapade.load.build.Constraint.Not;
import dev.escapade.load.build.Constraint.Or;
import dev.escapade.load.build.Constraint.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Parses build constraints: the expression of a {@code //go:build} line, and the older list of a
 * {@code // +build} line (space is or, comma is and).
 */
final class ConstraintParser {
  /** As many operands as Go 1.26 accepts; this bounds the recursion, too. */
  private static final int MAX_OPERANDS = 1000;

  private static final int MAX_OLD_OPERATORS = 100;

  private final String text;
  private int next;
  private String token = "";
  private boolean isTag;
  private int operands;
  private @Nullable String error;

  private ConstraintParser(String text) {
    this.text = text;
  }

  /** A constraint, or what is wrong with it; exactly one is null. */
  record Result(@Nullable Constraint constraint, @Nullable String error) {}

  /** Parses what follows {@code //go:build}. */
  static Result parseGoBuild(String expression) {
    ConstraintParser p = new ConstraintParser(expression);
    Constraint x = p.or();
    if (p.error == null && !p.token.isEmpty()) {
      p.fail("unexpected token " + p.token);
    }
    return p.error != null ? new Result(null, p.error) : new Result(x, null);
  }

  /** Parses what follows {@code // +build}; null if it is too complex to have a meaning. */
  static @Nullable Constraint parsePlusBuild(String list) {
    int operators = 0;
    Constraint any = null;
    for (String clause : list.strip().split("[ \\t\\x0B\\f\\r]+", -1)) {
      if (clause.isEmpty()) {
        continue;
      }
      Constraint all = null;
      for (String literal : clause.split(",", -1)) {
        Constraint x = oldLiteral(literal);
        operators += all == null ? 0 : 1;
        all = all == null ? x : new And(all, x);
      }
      operators += any == null ? 0 : 1;
      any = any == null ? all : new Or(any, all == null ? any : all);
      if (operators > MAX_OLD_OPERATORS) {
        return null;
      }
    }
    return any == null ? new Tag("ignore") : any;
  }

  private static Constraint oldLiteral(String literal) {
    if (literal.startsWith("!!") || literal.equals("!")) {
      return new Tag("ignore");
    }
    boolean negated = literal.startsWith("!");
    String name = negated ? literal.substring(1) : literal;
    Constraint tag = new Tag(tagEnd(name, 0) == name.length() && !name.isEmpty() ? name : "ignore");
    return negated ? new Not(tag) : tag;
  }

  private Constraint or() {
    Constraint x = and();
    while (error == null && token.equals("||")) {
      x = new Or(x, and());
    }
    return x;
  }

  private Constraint and() {
    Constraint x = not();
    while (error == null && token.equals("&&")) {
      x = new And(x, not());
    }
    return x;
  }

  private Constraint not() {
    if (++operands > MAX_OPERANDS) {
      return fail("build expression too large");
    }
    lex();
    if (error == null && token.equals("!")) {
      lex();
      if (token.equals("!")) {
        return fail("double negation not allowed");
      }
      return new Not(atom());
    }
    return atom();
  }

  private Constraint atom() {
    if (error != null) {
      return new Tag("");
    }
    if (token.equals("(")) {
      Constraint x = or();
      if ("unexpected end of expression".equals(error)) {
        error = "missing close paren";
      }
      if (error == null && !token.equals(")")) {
        return fail("missing close paren");
      }
      lex();
      return x;
    }
    if (!isTag) {
      return fail(token.isEmpty() ? "unexpected end of expression" : "unexpected token " + token);
    }
    Constraint x = new Tag(token);
    lex();
    return x;
  }

  private Constraint fail(String message) {
    if (error == null) {
      error = message;
    }
    token = "";
    return new Tag("");
  }

  private void lex() {
    isTag = false;
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
      next++;
    }
    if (next >= text.length() || error != null) {
      token = "";
      return;
    }
    int start = next;
    char c = text.charAt(next);
    if (c == '(' || c == ')' || c == '!') {
      next++;
    } else if (c == '&' || c == '|') {
      if (next + 1 >= text.length() || text.charAt(next + 1) != c) {
        fail("invalid syntax at " + c);
        return;
      }
      next += 2;
    } else {
      next = tagEnd(text, start);
      isTag = true;
      if (next == start) {
        fail("invalid syntax at " + Character.toString(text.codePointAt(start)));
        return;
      }
    }
    token = text.substring(start, next);
  }

  private static int tagEnd(String s, int start) {
    int i = start;
    while (i < s.length()) {
      int c = s.codePointAt(i);
      if (!Character.isLetter(c) && !Character.isDigit(c) && c != '_' && c != '.') {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }
}
