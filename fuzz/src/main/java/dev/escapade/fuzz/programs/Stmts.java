package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Func;
import dev.escapade.fuzz.programs.GoType.Method;
import dev.escapade.fuzz.programs.GoType.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes statements and blocks. */
final class Stmts {
  private static final int MAX_DEPTH = 4;

  private final Choice choice;
  private final Types types;
  private final Names names;
  private final Exprs exprs;

  Stmts(Choice choice, Types types, Names names, Exprs exprs) {
    this.choice = choice;
    this.types = types;
    this.names = names;
    this.exprs = exprs;
  }

  /** The statements of a function's body, a line each. */
  String body(Scope s, int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(statement(s)).append('\n');
    }
    s.useAll(out).forEach(line -> out.append(line).append('\n'));
    if (!s.results.isEmpty()) {
      out.append(returns(s)).append('\n');
    }
    return out.toString();
  }

  private String returns(Scope s) {
    if (s.results.isEmpty() || (s.hasNamedResults && choice.chance(40))) {
      return "return";
    }
    List<String> values = new ArrayList<>();
    s.results.forEach(t -> values.add(exprs.of(t, s, 2)));
    return "return " + String.join(", ", values);
  }

  /** The statements of a block with its braces. */
  private String block(Scope inner) {
    return block(inner, "");
  }

  private String block(Scope inner, String last) {
    StringBuilder out = new StringBuilder("{\n");
    for (int i = inner.depth > 2 ? 1 : choice.between(1, 2); i > 0; i--) {
      out.append(statement(inner)).append('\n');
    }
    inner.useAll(out).forEach(line -> out.append(line).append('\n'));
    return out.append(last).append("}").toString();
  }

  String statement(Scope s) {
    boolean nested = s.depth < MAX_DEPTH;
    return switch (choice.below(nested ? 36 : 16)) {
      case 34 -> localType(s);
      case 35 -> forward(s);
      case 0, 1, 2, 3 -> declare(s);
      case 4, 5, 6 -> assign(s);
      case 7, 8 -> call(s);
      case 9 -> several(s);
      case 10 -> jump(s);
      case 11 -> builtin(s);
      case 12 -> operate(s);
      case 13 -> declareBySeveral(s);
      case 14 -> selfAssign(s);
      case 15 -> choice.chance(30) ? "panic(" + exprs.of(Predeclared.ANY, s, 1) + ")" : declare(s);
      case 16, 17 -> ifs(s);
      case 18, 19, 20, 21 -> loop(s);
      case 22 -> block(s.block());
      case 23 -> switches(s);
      case 24 -> typeSwitch(s);
      case 25 -> select(s);
      case 26, 27 -> defers(s);
      case 28 -> recursiveClosure(s);
      case 29 -> jumps(s);
      case 30 -> assertion(s);
      case 31 -> rangeFunc(s);
      default -> closure(s);
    };
  }

  private String declare(Scope s) {
    GoType t = types.any(s, 2);
    String text = t.text(s.pkg);
    String value = exprs.of(t, s, 3);
    String name = names.local();
    String result =
        switch (choice.below(4)) {
          case 0 -> "var " + name + " " + text;
          case 1 -> "var " + name + " " + text + " = " + value;
          default -> name + " := " + typed(text, value);
        };
    s.declare(name, t);
    return result;
  }

  private static String typed(String text, String value) {
    boolean plain =
        value.startsWith(text + "{")
            || value.startsWith("make(")
            || value.startsWith("new(")
            || value.startsWith("&v");
    return plain ? value : "(" + text + ")(" + value + ")";
  }

  private String assign(Scope s) {
    for (int tries = 0; tries < 4; tries++) {
      List<Variable> all = Exprs.visible(s);
      if (all.isEmpty()) {
        break;
      }
      GoType t = choice.chance(60) ? choice.of(all).type : types.any(s, 1);
      String place = exprs.place(t, s);
      if (place != null) {
        return place + " = " + exprs.of(t, s, 3);
      }
    }
    return "_ = " + valueOfOwnType(s);
  }

  private String valueOfOwnType(Scope s) {
    GoType t = types.any(s, 1);
    return typed(t.text(s.pkg), exprs.of(t, s, 2));
  }

  private String several(Scope s) {
    GoType a = types.any(s, 1);
    GoType b = choice.chance(50) ? a : types.any(s, 1);
    String x = exprs.place(a, s);
    String y = exprs.place(b, s);
    if (x == null || y == null) {
      return assign(s);
    }
    return x + ", " + y + " = " + exprs.of(a, s, 2) + ", " + exprs.of(b, s, 2);
  }

  /** {@code a, b := f()}, of a map, a channel, or a call. */
  private String declareBySeveral(Scope s) {
    for (PackageModel p : types.packages()) {
      for (FuncDecl f : p.funcs) {
        if (f.type().results().size() == 2 && choice.chance(40) && (f.isLeaf() || !s.isLeaf)) {
          Map<TypeParam, GoType> bound = new HashMap<>();
          if (types.complete(f.params(), bound, s)) {
            String value = exprs.call(f, bound, s, 2);
            Func type = (Func) f.type().substitute(bound);
            String a = names.local();
            String b = names.local();
            s.declare(a, type.results().get(0));
            s.declare(b, type.results().get(1));
            return a + ", " + b + " := " + value;
          }
        }
      }
    }
    for (Variable v : Exprs.visible(s)) {
      if (v.type.underlying() instanceof GoType.MapOf m && choice.chance(60)) {
        String value = v.use(s.pkg) + "[" + exprs.of(m.key(), s, 1) + "]";
        String a = names.local();
        String b = names.local();
        s.declare(a, m.elem());
        s.declare(b, Predeclared.BOOL);
        return a + ", " + b + " := " + value;
      }
      if (v.type.underlying() instanceof GoType.Chan c) {
        String a = names.local();
        String b = names.local();
        String value = v.use(s.pkg);
        s.declare(a, c.elem());
        s.declare(b, Predeclared.BOOL);
        return a + ", " + b + " := <-" + value;
      }
    }
    return declare(s);
  }

  private String selfAssign(Scope s) {
    for (Variable v : Exprs.visible(s)) {
      GoType u = v.type.underlying();
      GoType st = u instanceof GoType.Pointer p ? p.elem().underlying() : u;
      if (st instanceof GoType.Struct fields && choice.chance(70)) {
        for (GoType.Field f : fields.fields()) {
          if (f.type().underlying() instanceof Slice && choice.chance(70)) {
            String x = v.use(s.pkg) + "." + f.name();
            return x + " = " + x + "[" + choice.of("1:", ":2", "1:2", ":") + "]";
          }
        }
      }
      if (u instanceof Slice sl && choice.chance(50)) {
        String x = v.use(s.pkg);
        return x
            + " = append("
            + x
            + choice.of("", "[:0]")
            + ", "
            + exprs.of(sl.elem(), s, 2)
            + ")";
      }
    }
    return assign(s);
  }

  /** A call as a statement, or null. */
  private @Nullable String callOnly(Scope s, int depth) {
    List<String> found = new ArrayList<>();
    for (PackageModel p : types.packages()) {
      for (FuncDecl f : p.funcs) {
        if (choice.chance(25) && (f.isLeaf() || !s.isLeaf)) {
          Map<TypeParam, GoType> bound = new HashMap<>();
          if (types.complete(f.params(), bound, s)) {
            found.add(exprs.call(f, bound, s, depth));
            break;
          }
        }
      }
    }
    if (!s.isLeaf) {
      for (Variable v : Exprs.visible(s)) {
        List<Method> methods = types.methods(v.type, true);
        if (!methods.isEmpty() && choice.chance(30)) {
          Method m = choice.of(methods);
          found.add(
              v.use(s.pkg) + "." + m.name() + exprs.args(types.methodType(v.type, m), s, depth));
        } else if (v.type.underlying() instanceof Func f && choice.chance(30)) {
          found.add(v.use(s.pkg) + exprs.args(f, s, depth));
        }
        if (found.size() > 2) {
          break;
        }
      }
    }
    return found.isEmpty() ? null : choice.of(found);
  }

  private String call(Scope s) {
    String call = callOnly(s, 2);
    return call == null ? assign(s) : call;
  }

  private String builtin(Scope s) {
    for (Variable v : Exprs.visible(s)) {
      if (choice.chance(60)) {
        switch (v.type.underlying()) {
          case GoType.MapOf m -> {
            return choice.chance(60)
                ? "delete(" + v.use(s.pkg) + ", " + exprs.of(m.key(), s, 1) + ")"
                : "clear(" + v.use(s.pkg) + ")";
          }
          case Slice sl -> {
            return sl.equals(Predeclared.BYTES) && choice.chance(40)
                ? "copy(" + v.use(s.pkg) + ", " + exprs.of(Predeclared.STRING, s, 1) + ")"
                : "copy(" + v.use(s.pkg) + ", " + exprs.of(sl, s, 2) + ")";
          }
          case GoType.Chan c -> {
            return choice.chance(80)
                ? v.use(s.pkg) + " <- " + exprs.of(c.elem(), s, 2)
                : "close(" + v.use(s.pkg) + ")";
          }
          default -> {}
        }
      }
    }
    return choice.chance(50) ? "println(" + exprs.of(Predeclared.STRING, s, 1) + ")" : assign(s);
  }

  private String operate(Scope s) {
    GoType t =
        choice.of(Predeclared.INT, Predeclared.INT, Predeclared.STRING, new GoType.Basic("int64"));
    String place = exprs.place(t, s);
    if (place == null) {
      return assign(s);
    }
    if (t.equals(Predeclared.STRING)) {
      return place + " += " + exprs.of(t, s, 2);
    }
    return choice.chance(40)
        ? place + choice.of("++", "--")
        : place + choice.of(" += ", " -= ", " |= ", " ^= ") + exprs.of(t, s, 2);
  }

  private String jump(Scope s) {
    if (!s.labels.isEmpty() && choice.chance(60)) {
      Scope.Label label = choice.of(s.labels);
      label.used = true;
      String word = label.isLoop && choice.chance(40) ? "continue " : "break ";
      return "if (" + exprs.bool(s, 1) + ") {\n" + word + label.name + "\n}";
    }
    return "if (" + exprs.bool(s, 1) + ") {\n" + returns(s) + "\n}";
  }

  private String ifs(Scope s) {
    Scope inner = s.block();
    String init = "";
    if (choice.chance(30)) {
      GoType t = types.any(s, 1);
      String value = exprs.of(t, s, 2);
      String name = names.local();
      init = name + " := (" + typed(t.text(s.pkg), value) + "); ";
      inner.declare(name, t);
    }
    String cond = exprs.bool(inner, 2);
    // The variable of the statement itself is used in its block.
    String use = String.join("", inner.useAll(cond).stream().map(l -> l + "\n").toList());
    String then = block(inner.block(), use);
    String rest =
        switch (choice.below(3)) {
          case 0 -> " else " + block(inner.block());
          case 1 -> " else if (" + exprs.bool(s, 1) + ") " + block(s.block());
          default -> "";
        };
    return "if " + init + "(" + cond + ") " + then + rest;
  }

  private String loop(Scope s) {
    Scope.Label label = new Scope.Label(names.label(), true);
    Scope inner = s.block(label);
    String head =
        switch (choice.below(9)) {
          case 0 -> "for (" + exprs.bool(s, 1) + ") ";
          case 1 -> "for ";
          case 2, 3 -> {
            String i = names.local();
            String limit = exprs.of(Predeclared.INT, s, 1);
            inner.declare(i, Predeclared.INT).isParameter = true;
            yield "for " + i + " := 0; " + i + " < (" + limit + "); " + i + "++ ";
          }
          case 4 -> {
            String n = exprs.of(Predeclared.INT, s, 1);
            String i = names.local();
            inner.declare(i, Predeclared.INT);
            yield "for " + i + " := range int(" + n + ") ";
          }
          default -> ranges(s, inner);
        };
    String loop = "for ".equals(head) ? head + block(inner, "break\n") : head + block(inner);
    return label.used ? label.name + ":\n" + loop : loop;
  }

  private String ranges(Scope s, Scope inner) {
    GoType elem = types.any(s, 1);
    GoType t =
        switch (choice.below(5)) {
          case 0 -> new GoType.MapOf(types.key(), elem);
          case 1 -> new GoType.Array(choice.between(1, 4), elem);
          case 2 -> Predeclared.STRING;
          case 3 -> new GoType.Chan(elem);
          default -> new Slice(elem);
        };
    String over = exprs.of(t, s, 2);
    if (t.equals(Predeclared.STRING)) {
      over = "string(" + over + ")";
    }
    if (t instanceof GoType.Chan) {
      String v = names.local();
      inner.declare(v, elem);
      return "for " + v + " := range (" + over + ") ";
    }
    String k = choice.chance(50) ? "_" : names.local();
    if (!k.equals("_")) {
      inner.declare(k, t instanceof GoType.MapOf m ? m.key() : Predeclared.INT);
    }
    if (choice.chance(20) && !k.equals("_")) {
      return "for " + k + " := range (" + over + ") ";
    }
    String v = names.local();
    inner.declare(v, t.equals(Predeclared.STRING) ? new GoType.Basic("rune") : elem);
    return "for " + k + ", " + v + " := range (" + over + ") ";
  }

  private String rangeFunc(Scope s) {
    List<GoType> yielded = new ArrayList<>();
    for (int i = choice.below(3); i > 0; i--) {
      yielded.add(types.any(s, 1));
    }
    Func iterator =
        new Func(List.of(new Func(yielded, false, List.of(Predeclared.BOOL))), false, List.of());
    String over = exprs.of(iterator, s, 2);
    Scope.Label label = new Scope.Label(names.label(), true);
    Scope inner = s.block(label);
    List<String> vars = new ArrayList<>();
    for (GoType t : yielded) {
      String v = names.local();
      vars.add(v);
      inner.declare(v, t);
    }
    String loop =
        "for "
            + (vars.isEmpty() ? "" : String.join(", ", vars) + " := ")
            + "range ("
            + over
            + ") "
            + block(inner);
    return label.used ? label.name + ":\n" + loop : loop;
  }

  private String switches(Scope s) {
    boolean ofString = choice.chance(40);
    String tag =
        ofString
            ? choice.chance(50)
                ? "string(" + exprs.of(Predeclared.BYTES, s, 2) + ")"
                : exprs.of(Predeclared.STRING, s, 2) + " + \"\""
            : "int(" + exprs.of(Predeclared.INT, s, 2) + ")";
    StringBuilder out = new StringBuilder("switch (" + tag + ") {\n");
    int clauses = choice.between(1, 4);
    for (int i = 0; i < clauses; i++) {
      out.append("case ").append(ofString ? "\"c" + i + "\"" : "" + i);
      out.append(":\n").append(clause(s));
      if (i + 1 < clauses && choice.chance(15)) {
        out.append("fallthrough\n");
      }
    }
    if (choice.chance(50)) {
      out.append("default:\n").append(clause(s));
    }
    return out.append("}").toString();
  }

  private String clause(Scope s) {
    return clauseOf(s.block());
  }

  private String clauseOf(Scope inner) {
    StringBuilder out = new StringBuilder();
    for (int i = choice.between(0, 2); i > 0; i--) {
      out.append(statement(inner)).append('\n');
    }
    inner.useAll(out).forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private String typeSwitch(Scope s) {
    String subject =
        "any(" + exprs.of(choice.chance(50) ? Predeclared.ANY : types.any(s, 1), s, 2) + ")";
    boolean bound = choice.chance(70);
    String v = names.local();
    StringBuilder out = new StringBuilder();
    List<GoType> seen = new ArrayList<>();
    boolean used = false;
    for (int i = choice.between(1, 4); i > 0; i--) {
      GoType t = types.any(s, 1);
      if (seen.contains(t) || t.equals(Predeclared.ANY) || t.hasTypeParams()) {
        continue;
      }
      seen.add(t);
      Scope inner = s.block();
      if (bound) {
        inner.declare(v, t);
        used = true;
      }
      out.append("case ").append(t.text(s.pkg)).append(":\n").append(clauseOf(inner));
    }
    if (choice.chance(50) || !used) {
      Scope inner = s.block();
      if (bound) {
        inner.declare(v, Predeclared.ANY);
      }
      out.append("default:\n").append(clauseOf(inner));
    }
    return "switch " + (bound ? v + " := " : "") + "(" + subject + ").(type) {\n" + out + "}";
  }

  private String select(Scope s) {
    StringBuilder out = new StringBuilder("select {\n");
    for (int i = choice.between(1, 3); i > 0; i--) {
      GoType elem = types.any(s, 1);
      String chan = exprs.of(new GoType.Chan(elem), s, 1);
      Scope inner = s.block();
      if (choice.chance(50)) {
        out.append("case (").append(chan).append(") <- ").append(exprs.of(elem, s, 2));
      } else if (choice.chance(60)) {
        String v = names.local();
        out.append("case ").append(v).append(" := <-(").append(chan).append(")");
        inner.declare(v, elem);
      } else {
        out.append("case <-(").append(chan).append(")");
      }
      out.append(":\n").append(clauseOf(inner));
    }
    if (choice.chance(50)) {
      out.append("default:\n").append(clause(s));
    }
    return out.append("}").toString();
  }

  private String defers(Scope s) {
    String word = choice.of("defer ", "defer ", "go ");
    if (choice.chance(40)) {
      String call = callOnly(s, 2);
      if (call != null) {
        return word + call;
      }
    }
    if (choice.chance(15)) {
      return "defer func() {\nrecover()\n}()";
    }
    Func f = new Func(choice.chance(50) ? List.of() : List.of(types.any(s, 1)), false, List.of());
    return word + exprs.literal(f, s, 2) + exprs.args(f, s, 2);
  }

  private String closure(Scope s) {
    Func f = types.func(s.typeParams, 1);
    String literal = exprs.literal(f, s, 2);
    if (choice.chance(30)) {
      String blanks = "_, ".repeat(Math.max(0, f.results().size() - 1)) + "_ = ";
      return (f.results().isEmpty() ? "" : blanks) + literal + exprs.args(f, s, 2);
    }
    String name = names.local();
    s.declare(name, f);
    return name + " := " + literal;
  }

  /** A type that is declared here, a value of it, and pointers to its fields. */
  private String localType(Scope s) {
    String name = "L" + names.local();
    GoType first = types.any(s, 1);
    GoType second = types.any(s, 1);
    String x = exprs.of(first, s, 2);
    String y = exprs.of(second, s, 2);
    String value = names.local();
    String field = names.local();
    s.declare(field, new GoType.Pointer(first));
    String use =
        switch (choice.below(3)) {
          case 0 -> "_ = any(" + value + ")";
          case 1 -> value + ".C = &" + value;
          default -> "println(any([]*" + name + "{&" + value + "}))";
        };
    return "type "
        + name
        + " struct {\nA "
        + first.text(s.pkg)
        + "\nB "
        + second.text(s.pkg)
        + "\nC *"
        + name
        + "\n}\n"
        + value
        + " := "
        + name
        + "{A: "
        + x
        + ", B: "
        + y
        + "}\n"
        + use
        + "\n"
        + field
        + " := &"
        + value
        + ".A";
  }

  /** {@code f(g())}, where g has several results. */
  private String forward(Scope s) {
    for (PackageModel p : types.packages()) {
      for (FuncDecl f : p.funcs) {
        if (f.type().results().size() > 1 && choice.chance(50) && (f.isLeaf() || !s.isLeaf)) {
          Map<TypeParam, GoType> bound = new HashMap<>();
          if (types.complete(f.params(), bound, s)) {
            Func type = (Func) f.type().substitute(bound);
            Func literal = new Func(type.results(), false, List.of());
            return exprs.literal(literal, s, 2) + "(" + exprs.call(f, bound, s, 2) + ")";
          }
        }
      }
    }
    return closure(s);
  }

  private String recursiveClosure(Scope s) {
    Func f = types.func(s.typeParams, 1);
    String name = names.local();
    s.declare(name, f);
    String literal = exprs.literal(f, s, 2);
    return "var " + name + " " + f.text(s.pkg) + "\n" + name + " = " + literal;
  }

  private String jumps(Scope s) {
    String label = names.label();
    if (choice.chance(50)) {
      Scope inner = s.block();
      return label
          + ":\n"
          + block(inner, "if (" + exprs.bool(s, 1) + ") {\ngoto " + label + "\n}\n");
    }
    return "if ("
        + exprs.bool(s, 1)
        + ") {\ngoto "
        + label
        + "\n}\n"
        + block(s.block())
        + "\n"
        + label
        + ":\n{\n}";
  }

  private String assertion(Scope s) {
    for (Variable v : Exprs.visible(s)) {
      if (v.type.underlying() instanceof GoType.Interface i) {
        GoType t = i.methods().isEmpty() ? types.any(s, 1) : types.implementer(i, s);
        if (t == null) {
          continue;
        }
        String text = t.text(s.pkg);
        String value = v.use(s.pkg) + ".(" + text + ")";
        if (choice.chance(40)) {
          String x = names.local();
          s.declare(x, t);
          return x + " := " + value;
        }
        Scope inner = s.block();
        String x = names.local();
        inner.declare(x, t);
        return "if " + x + ", ok := " + value + "; ok " + block(inner);
      }
    }
    return closure(s);
  }
}
