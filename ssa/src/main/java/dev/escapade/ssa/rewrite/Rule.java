package dev.escapade.ssa.rewrite;

import dev.escapade.ssa.core.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule for one width.
 *
 * @param goals the parts of the pattern, outer ones first
 */
record Rule(Op root, List<Pattern> goals, @Nullable Expression condition, Result result) {
  private static final Map<String, Op> OPS = new HashMap<>();

  static {
    for (Op op : Op.values()) {
      OPS.put(op.text(), op);
    }
  }

  /** Reads a rule. */
  static Rule parse(String text, int width) {
    return new Parser(text, width).rule();
  }

  private static final class Parser {
    private final Tokens in;
    private final Names names = new Names();
    private final int width;
    private final List<Pattern> goals = new ArrayList<>();

    Parser(String text, int width) {
      this.in = new Tokens(text.replace("$", Integer.toString(width)));
      this.width = width;
    }

    Rule rule() {
      Tree pattern = tree(0, width);
      Op root = pattern.op;
      if (root == null) {
        throw in.error("no operation");
      }
      goal(pattern, -1, 0);
      in.expect("->");
      Result result = result(tree(0, width));
      Expression condition = in.skip("if") ? Expression.parse(in, names, width) : null;
      if (!in.peek().isEmpty()) {
        throw in.error("left over: " + in.peek());
      }
      return new Rule(root, List.copyOf(goals), condition, result);
    }

    /** A pattern or result as it is written. */
    private static final class Tree {
      @Nullable Op op;
      String name = "";
      String alias = "";
      @Nullable Expression number;
      @Nullable Long literal;
      boolean constant;
      String type = "";
      int bits;
      final List<Tree> args = new ArrayList<>();

      Tree() {}

      Tree(@Nullable Op op, int bits, Tree... args) {
        this.op = op;
        this.bits = bits;
        this.args.addAll(List.of(args));
      }
    }

    private static int precedence(String op) {
      return switch (op) {
        case "||" -> 1;
        case "&&" -> 2;
        case "==", "!=", "<", "<=", "<u", "<=u" -> 3;
        case "+", "-", "|", "^" -> 4;
        case "*", "&", "<<", ">>", ">>>", "/", "/u", "%", "%u" -> 5;
        default -> 0;
      };
    }

    private Tree tree(int above, int bits) {
      Tree x = unary(bits);
      while (precedence(in.peek()) > above) {
        String op = in.take();
        boolean shift = op.equals("<<") || op.equals(">>") || op.equals(">>>");
        Tree y = tree(precedence(op), shift ? 64 : bits);
        x = new Tree(operation(op), bits, x, y);
      }
      return x;
    }

    private Op operation(String op) {
      return switch (op) {
        case "||" -> Op.OR_B;
        case "&&" -> Op.AND_B;
        case "==" -> Op.width(Op.EQ8, width);
        case "!=" -> Op.width(Op.NEQ8, width);
        case "<" -> Op.width(Op.LESS8, width);
        case "<=" -> Op.width(Op.LEQ8, width);
        case "<u" -> Op.width(Op.LESS8U, width);
        case "<=u" -> Op.width(Op.LEQ8U, width);
        case "+" -> Op.width(Op.ADD8, width);
        case "-" -> Op.width(Op.SUB8, width);
        case "|" -> Op.width(Op.OR8, width);
        case "^" -> Op.width(Op.XOR8, width);
        case "*" -> Op.width(Op.MUL8, width);
        case "&" -> Op.width(Op.AND8, width);
        case "/" -> Op.width(Op.DIV8, width);
        case "/u" -> Op.width(Op.DIV8U, width);
        case "%" -> Op.width(Op.MOD8, width);
        case "%u" -> Op.width(Op.MOD8U, width);
        case "<<" -> Op.shift(Op.LSH8X8, width, 64);
        case ">>" -> Op.shift(Op.RSH8X8, width, 64);
        case ">>>" -> Op.shift(Op.RSH8UX8, width, 64);
        default -> throw in.error("no operator " + op);
      };
    }

    private Tree unary(int bits) {
      if (in.peek().equals("-") && !Character.isDigit(in.peek(1).charAt(0))) {
        in.take();
        return new Tree(Op.width(Op.NEG8, width), bits, unary(bits));
      }
      if (in.skip("~")) {
        return new Tree(Op.width(Op.COM8, width), bits, unary(bits));
      }
      if (in.skip("!")) {
        return new Tree(Op.NOT, bits, unary(bits));
      }
      Tree x = primary(bits);
      // A type follows directly; a comparison has spaces around it, but so looks the same here.
      if (in.peek().equals("<") && in.peek(2).equals(">")) {
        in.take();
        x.type = in.take();
        in.expect(">");
      }
      return x;
    }

    private Tree primary(int bits) {
      if (in.skip("(")) {
        Tree x = tree(0, bits);
        in.expect(")");
        return x;
      }
      if (in.skip("#")) {
        return constant(bits);
      }
      boolean negative = in.skip("-");
      String t = in.take();
      if (Character.isDigit(t.charAt(0))) {
        Tree x = new Tree(Op.constant(bits), bits);
        x.constant = true;
        long n = negative ? -Long.parseLong(t) : Long.parseLong(t);
        x.literal = n;
        x.number = _ -> n;
        return x;
      }
      if (t.equals("true") || t.equals("false")) {
        Tree x = new Tree(Op.CONST_BOOL, bits);
        x.constant = true;
        long n = t.equals("true") ? 1 : 0;
        x.literal = n;
        x.number = _ -> n;
        return x;
      }
      if (in.skip(":")) {
        Tree x = primary(bits);
        if (x.name.isEmpty()) {
          x.name = t;
        } else {
          x.alias = t;
        }
        return x;
      }
      if (in.peek().equals("(") || in.peek().equals("[")) {
        return call(t, bits);
      }
      Tree x = new Tree();
      x.name = t;
      x.bits = bits;
      return x;
    }

    /** After {@code #}: a name, {@code min}, {@code max}, or an expression in parentheses. */
    private Tree constant(int bits) {
      Tree x = new Tree(Op.constant(bits), bits);
      x.constant = true;
      if (in.skip("(")) {
        // The names are known when the pattern was read: only results have expressions.
        x.number = Expression.parse(in, names, width);
        in.expect(")");
        return x;
      }
      String t = in.take();
      if (t.equals("MIN") || t.equals("MAX")) {
        long n = t.equals("MIN") ? -1L << (bits - 1) : ~(-1L << (bits - 1));
        x.literal = n;
        x.number = _ -> n;
        return x;
      }
      if (t.equals("W")) {
        long n = width;
        x.literal = n;
        x.number = _ -> n;
        return x;
      }
      if (Character.isDigit(t.charAt(0))) {
        throw in.error("a number needs no #");
      }
      x.name = t;
      return x;
    }

    private Tree call(String name, int bits) {
      Op op = OPS.get(name);
      if (op == null) {
        throw in.error("no operation " + name);
      }
      Tree x = new Tree(op, bits);
      if (in.skip("[")) {
        x.literal = Long.parseLong(in.take());
        long n = x.literal;
        x.number = _ -> n;
        in.expect("]");
      }
      in.expect("(");
      int argBits = op.bits() == 0 ? width : op.bits();
      boolean shift = isShift(op);
      while (!in.skip(")")) {
        boolean count = shift && x.args.size() == 1;
        x.args.add(tree(0, count ? countBits(op) : argBits > 64 ? 64 : argBits));
        in.skip(",");
      }
      return x;
    }

    private static boolean isShift(Op op) {
      return op.text().startsWith("Lsh") || op.text().startsWith("Rsh");
    }

    private static int countBits(Op op) {
      return Integer.parseInt(op.text().substring(op.text().indexOf('x') + 1));
    }

    private void goal(Tree t, int parent, int index) {
      boolean known = !t.name.isEmpty() && !t.name.equals("_") && names.has(t.name);
      int slot =
          parent < 0 && t.name.isEmpty()
              ? 0
              : t.name.isEmpty() || t.name.equals("_") ? names.anonymous() : names.define(t.name);
      if (!t.alias.isEmpty()) {
        names.alias(t.alias, slot);
      }
      Pattern p = new Pattern(t.op, slot, known, t.literal, List.of(), parent, index);
      int at = goals.size();
      goals.add(p);
      List<Pattern> args = new ArrayList<>();
      for (int i = 0; i < t.args.size(); i++) {
        int before = goals.size();
        goal(t.args.get(i), slot, i);
        args.add(goals.get(before));
      }
      goals.set(at, new Pattern(t.op, slot, known, t.literal, args, parent, index));
    }

    private Result result(Tree t) {
      int typeSlot = -1;
      String typeName = "";
      if (!t.type.isEmpty()) {
        if (names.has(t.type)) {
          typeSlot = names.slot(t.type);
        } else {
          typeName = t.type;
        }
      }
      List<Result> args = new ArrayList<>();
      for (Tree a : t.args) {
        args.add(result(a));
      }
      if (t.op == null || (t.constant && t.number == null)) {
        int slot = names.slot(t.name);
        if (t.constant && !t.type.isEmpty()) {
          // A constant with another type: a new one.
          return new Result(t.op, -1, m -> m.value(slot).auxInt, typeSlot, typeName, t.bits, args);
        }
        return new Result(null, slot, null, typeSlot, typeName, t.bits, args);
      }
      return new Result(t.op, -1, t.number, typeSlot, typeName, t.bits, args);
    }
  }
}
