package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Basic;
import dev.escapade.fuzz.programs.GoType.Func;
import dev.escapade.fuzz.programs.GoType.Method;
import dev.escapade.fuzz.programs.GoType.Named;
import dev.escapade.fuzz.programs.GoType.Pointer;
import dev.escapade.fuzz.programs.GoType.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes expressions of a wanted type out of what is in scope. */
final class Exprs {
  /** How deep blocks may be for expressions in them to be nested. */
  private static final int MAX_DEPTH = 4;

  private final Choice choice;
  private final Types types;
  private final Names names;

  private static final int MAX_NESTING = 6;

  /** How many expressions are being made around the current one. */
  private int nesting;

  /** Makes the bodies of function literals; set once. */
  @Nullable Stmts stmts;

  Exprs(Choice choice, Types types, Names names) {
    this.choice = choice;
    this.types = types;
    this.names = names;
  }

  /** An expression that can be assigned to a variable of type {@code t}. */
  String of(GoType t, Scope s, int wantedDepth) {
    int depth = Math.min(wantedDepth, MAX_DEPTH - s.depth);
    if (depth < -1 || nesting > MAX_NESTING) {
      return zero(t, s);
    }
    nesting++;
    String result = choose(t, s, depth);
    nesting--;
    return result;
  }

  private String choose(GoType t, Scope s, int depth) {
    List<Supplier<String>> options = new ArrayList<>();
    if (depth > 0 || choice.chance(70)) {
      paths(t, s, options);
    }
    if (depth > 0) {
      calls(t, s, depth, options);
      // What is in scope shall not drown what is made.
      int made = Math.max(1, options.size() / 3);
      for (int i = 0; i < made; i++) {
        options.add(() -> fresh(t, s, depth));
      }
    }
    return options.isEmpty() ? fresh(t, s, depth) : choice.of(options).get();
  }

  private static String zero(GoType t, Scope s) {
    if (t.equals(Predeclared.INT)) {
      return "1";
    }
    return t.equals(Predeclared.STRING) ? "\"z\"" : "*new(" + t.text(s.pkg) + ")";
  }

  String args(Func f, Scope s, int depth) {
    List<String> args = new ArrayList<>();
    for (int i = 0; i < f.params().size(); i++) {
      GoType p = f.params().get(i);
      if (f.variadic() && i == f.params().size() - 1) {
        if (choice.chance(20)) {
          args.add(of(p, s, depth - 1) + "...");
        } else {
          for (int n = choice.below(4); n > 0; n--) {
            args.add(of(((Slice) p).elem(), s, depth - 1));
          }
        }
      } else {
        args.add(of(p, s, depth - 1));
      }
    }
    return "(" + String.join(", ", args) + ")";
  }

  /** An operand whose address can be taken, of type {@code t}, or null. */
  @Nullable String place(GoType t, Scope s) {
    List<String> found = new ArrayList<>();
    for (Variable v : visible(s)) {
      String name = v.use(s.pkg);
      GoType u = v.type.underlying();
      if (v.type.equals(t)) {
        found.add(name);
      }
      if (u instanceof Pointer p && p.elem().equals(t)) {
        found.add("*" + name);
      }
      if (u instanceof Slice sl && sl.elem().equals(t)) {
        found.add(name + "[" + smallIndex(s) + "]");
      }
      if (u instanceof GoType.Array a && a.elem().equals(t)) {
        found.add(name + "[" + choice.below(a.length()) + "]");
      }
      GoType st = u instanceof Pointer p ? p.elem().underlying() : u;
      if (st instanceof GoType.Struct fields) {
        for (GoType.Field f : fields.fields()) {
          if (f.type().equals(t)) {
            found.add(name + "." + f.name());
          }
        }
      }
    }
    return found.isEmpty() ? null : choice.of(found);
  }

  /** The variables that can be named. */
  static List<Variable> visible(Scope s) {
    List<Variable> all = new ArrayList<>(s.vars);
    if (!s.isLeaf) {
      all.addAll(s.pkg.vars);
    }
    return all;
  }

  private String smallIndex(Scope s) {
    return choice.chance(30) ? number(Predeclared.INT, s, 0) : "" + choice.below(3);
  }

  private void paths(GoType t, Scope s, List<Supplier<String>> options) {
    for (Variable v : visible(s)) {
      path(t, v, v.type, "", s, 2, options);
    }
  }

  /** Adds what of type {@code t} can be reached from a variable. */
  private void path(
      GoType t,
      Variable v,
      GoType at,
      String suffix,
      Scope s,
      int depth,
      List<Supplier<String>> options) {
    if (at.equals(t)) {
      options.add(() -> v.use(s.pkg) + suffix);
    }
    if (depth == 0) {
      return;
    }
    GoType u = at.underlying();
    switch (u) {
      case Pointer p -> {
        if (p.elem().equals(t) && suffix.isEmpty()) {
          options.add(() -> "*" + v.use(s.pkg));
        }
        if (p.elem().underlying() instanceof GoType.Struct st) {
          fields(t, v, st, suffix, s, depth, options);
        }
      }
      case GoType.Struct st -> fields(t, v, st, suffix, s, depth, options);
      case Slice sl ->
          path(t, v, sl.elem(), suffix + "[" + choice.below(3) + "]", s, depth - 1, options);
      case GoType.Array a ->
          path(
              t, v, a.elem(), suffix + "[" + choice.below(a.length()) + "]", s, depth - 1, options);
      case GoType.MapOf m -> {
        if (m.elem().equals(t)) {
          options.add(() -> v.use(s.pkg) + suffix + "[" + of(m.key(), s, 0) + "]");
        }
      }
      case GoType.Chan c -> {
        if (c.elem().equals(t) && choice.chance(30)) {
          options.add(() -> "<-" + v.use(s.pkg) + suffix);
        }
      }
      case Func f -> {
        if (f.results().equals(List.of(t))) {
          options.add(() -> v.use(s.pkg) + suffix + args(f, s, 1));
        }
      }
      default -> {}
    }
  }

  private void fields(
      GoType t,
      Variable v,
      GoType.Struct st,
      String suffix,
      Scope s,
      int depth,
      List<Supplier<String>> options) {
    for (GoType.Field f : st.fields()) {
      path(t, v, f.type(), suffix + "." + f.name(), s, depth - 1, options);
    }
  }

  private void calls(GoType t, Scope s, int depth, List<Supplier<String>> options) {
    for (PackageModel p : types.packages()) {
      for (FuncDecl f : p.funcs) {
        if (s.isLeaf && !f.isLeaf()) {
          continue;
        }
        if (f.type().results().size() == 1) {
          Map<TypeParam, GoType> bound = new HashMap<>();
          if (match(f.type().results().get(0), t, bound) && types.complete(f.params(), bound, s)) {
            options.add(() -> call(f, bound, s, depth));
          }
        }
        if (t instanceof Func && f.params().isEmpty() && f.type().equals(t)) {
          options.add(() -> f.name(s.pkg));
        }
      }
    }
    if (!s.isLeaf) {
      methodCalls(t, s, depth, options);
    }
  }

  private void methodCalls(GoType t, Scope s, int depth, List<Supplier<String>> options) {
    for (Variable v : visible(s)) {
      for (Method m : types.methods(v.type, true)) {
        Func type = types.methodType(v.type, m);
        if (type.results().equals(List.of(t))) {
          options.add(() -> v.use(s.pkg) + "." + m.name() + args(type, s, depth - 1));
        }
        if (type.equals(t)) {
          options.add(() -> v.use(s.pkg) + "." + m.name());
        }
        if (type.results().equals(List.of(t)) && hasMethod(v.type, m) && choice.chance(30)) {
          options.add(() -> methodExpression(v, m, type, s, depth));
        }
      }
    }
  }

  /** Reports whether a method can be called without taking the operand's address. */
  private static boolean hasMethod(GoType t, Method m) {
    return t instanceof Pointer || t.isInterface() || !m.pointer();
  }

  /** {@code T.m(x, args)}. */
  private String methodExpression(Variable v, Method m, Func type, Scope s, int depth) {
    String args = args(type, s, depth - 1);
    String rest = args.equals("()") ? ")" : ", " + args.substring(1);
    return "(" + v.type.text(s.pkg) + ")." + m.name() + "(" + v.use(s.pkg) + rest;
  }

  /** A call of a declared function whose type arguments are known. */
  String call(FuncDecl f, Map<TypeParam, GoType> bound, Scope s, int depth) {
    Func type = (Func) f.type().substitute(bound);
    return f.name(s.pkg) + instance(f, bound, s) + args(type, s, depth);
  }

  private String instance(FuncDecl f, Map<TypeParam, GoType> bound, Scope s) {
    if (f.params().isEmpty()) {
      return "";
    }
    List<GoType> args = f.params().stream().map(bound::get).toList();
    return "[" + GoType.list(args, s.pkg) + "]";
  }

  private static boolean match(GoType pattern, GoType t, Map<TypeParam, GoType> bound) {
    if (pattern instanceof GoType.Param p) {
      GoType old = bound.putIfAbsent(p.param(), t);
      return (old == null || old.equals(t)) && Types.satisfies(t, p.param().constraint(), bound);
    }
    return switch (pattern) {
      case Pointer a when t instanceof Pointer b -> match(a.elem(), b.elem(), bound);
      case Slice a when t instanceof Slice b -> match(a.elem(), b.elem(), bound);
      case Func a when t instanceof Func b && a.variadic() == b.variadic() ->
          matchAll(a.params(), b.params(), bound) && matchAll(a.results(), b.results(), bound);
      case Named a when t instanceof Named b && a.decl() == b.decl() -> {
        boolean ok = true;
        for (int i = 0; i < a.args().size(); i++) {
          ok &= match(a.args().get(i), b.args().get(i), bound);
        }
        yield ok;
      }
      default -> !pattern.hasTypeParams() && pattern.equals(t);
    };
  }

  private static boolean matchAll(
      List<GoType> patterns, List<GoType> types, Map<TypeParam, GoType> bound) {
    boolean ok = patterns.size() == types.size();
    for (int i = 0; ok && i < patterns.size(); i++) {
      ok = match(patterns.get(i), types.get(i), bound);
    }
    return ok;
  }

  /** A new value. */
  String fresh(GoType t, Scope s, int depth) {
    if (t instanceof Named n && n.underlying() instanceof Basic b) {
      return n.text(s.pkg) + "(" + of(b, s, depth - 1) + ")";
    }
    if (t instanceof Named n && n.underlying() instanceof Func f) {
      return choice.chance(80)
          ? n.text(s.pkg) + "(" + literal(f, s, depth) + ")"
          : n.text(s.pkg) + "(nil)";
    }
    return switch (t.underlying()) {
      case Basic b -> basic(b, s, depth);
      case Pointer p -> pointer(t, p, s, depth);
      case Slice sl -> slice(t, sl, s, depth);
      case GoType.Array a -> {
        List<String> elems = new ArrayList<>();
        for (int i = choice.below(Math.min(a.length(), 3) + 1); i > 0; i--) {
          elems.add(of(a.elem(), s, depth - 1));
        }
        yield t.text(s.pkg) + "{" + String.join(", ", elems) + "}";
      }
      case GoType.MapOf m -> map(t, m, s, depth);
      case GoType.Chan _ ->
          "make(" + t.text(s.pkg) + (choice.chance(50) ? ", " + choice.between(1, 4) : "") + ")";
      case Func f -> literal(f, s, depth);
      case GoType.Struct st -> struct(t, st, s, depth);
      case GoType.Interface i -> dynamic(t, i, s, depth);
      case GoType.Param p -> ofTypeParam(p, s, depth);
      case Named _ -> throw new AssertionError(t);
    };
  }

  private String ofTypeParam(GoType.Param p, Scope s, int depth) {
    String name = p.param().name();
    return switch (p.param().constraint()) {
      case TypeParam.Constraint.Numeric _ when choice.chance(70) ->
          name + "(" + choice.below(9) + ")";
      case TypeParam.Constraint.Text _ when choice.chance(70) ->
          name + "(" + of(Predeclared.STRING, s, depth - 1) + ")";
      case TypeParam.Constraint.SliceOf(GoType elem) when choice.chance(70) ->
          choice.chance(50)
              ? "make(" + name + ", " + choice.below(5) + ")"
              : name + "{" + of(elem, s, depth - 1) + "}";
      default -> "*new(" + name + ")";
    };
  }

  private String basic(Basic b, Scope s, int depth) {
    if (b.equals(Predeclared.ERROR)) {
      return dynamic(b, types.errorMethods(), s, depth);
    }
    if (b.equals(Predeclared.BOOL)) {
      return bool(s, depth);
    }
    if (b.equals(Predeclared.STRING)) {
      return string(s, depth);
    }
    String constant =
        b.equals(Predeclared.INT)
            ? "" + choice.of(0, 1, 2, 3, 7, 100, 255, 1000)
            : b.name() + "(" + choice.below(100) + ")";
    if (depth <= 0 || choice.chance(30)) {
      return constant;
    }
    String x = number(b, s, depth);
    if (!b.isInteger()) {
      return choice.chance(50) ? x : x + choice.of(" + ", " - ", " * ") + of(b, s, 0);
    }
    return switch (choice.below(6)) {
      case 5 -> choice.of("min(", "max(") + x + ", " + of(b, s, depth - 1) + ")";
      case 0 -> x + " % " + b.name() + "(" + choice.between(1, 20) + ")";
      case 1 -> x + " << (" + number(new Basic("uint"), s, 0) + " & 3)";
      case 2 -> x + choice.of(" & ", " | ", " ^ ", " &^ ") + of(b, s, depth - 1);
      case 3 -> x + choice.of(" + ", " - ", " * ") + of(b, s, depth - 1);
      default -> x;
    };
  }

  /** A number that is not a constant. */
  private String number(Basic b, Scope s, int depth) {
    List<Supplier<String>> options = new ArrayList<>();
    paths(b, s, options);
    if (!options.isEmpty() && choice.chance(60)) {
      return choice.of(options).get();
    }
    String n = sized(s, depth);
    return b.equals(Predeclared.INT) ? n : b.name() + "(" + n + ")";
  }

  private String sized(Scope s, int depth) {
    List<Variable> sized = new ArrayList<>();
    for (Variable v : visible(s)) {
      if (v.type.underlying() instanceof Slice
          || v.type.underlying() instanceof GoType.MapOf
          || v.type.equals(Predeclared.STRING)) {
        sized.add(v);
      }
    }
    if (sized.isEmpty() || (depth > 0 && choice.chance(20))) {
      return "len(" + bytesOrMake(s, depth - 1) + ")";
    }
    return "len(" + choice.of(sized).use(s.pkg) + ")";
  }

  private String bytesOrMake(Scope s, int depth) {
    return depth > 0
        ? "[]byte(" + of(Predeclared.STRING, s, depth) + ")"
        : "make([]int, " + choice.below(9) + ")";
  }

  private String string(Scope s, int depth) {
    String constant = choice.of("\"\"", "\"a\"", "\"abc\"", "\"hello\"", "`raw`");
    if (depth <= 0 || choice.chance(25)) {
      return constant;
    }
    return switch (choice.below(6)) {
      case 0 -> of(Predeclared.STRING, s, depth - 1) + " + " + of(Predeclared.STRING, s, depth - 1);
      case 1 ->
          constant
              + " + "
              + of(Predeclared.STRING, s, depth - 1)
              + " + "
              + of(Predeclared.STRING, s, depth - 1);
      case 2 -> "string(" + of(Predeclared.BYTES, s, depth - 1) + ")";
      case 3 -> "string(rune(" + number(Predeclared.INT, s, depth - 1) + "))";
      case 4 -> {
        List<Supplier<String>> options = new ArrayList<>();
        paths(Predeclared.STRING, s, options);
        yield options.isEmpty()
            ? constant
            : "(" + choice.of(options).get() + ")[" + sized(s, 0) + ":]";
      }
      default -> constant;
    };
  }

  String bool(Scope s, int depth) {
    if (choice.chance(3)) {
      return choice.of("Used == 1", "Used > 1", "Used != 1");
    }
    if (depth <= 0) {
      return number(Predeclared.INT, s, 0) + choice.of(" < ", " > ", " == ") + choice.below(50);
    }
    return switch (choice.below(6)) {
      case 0 -> "!(" + of(Predeclared.BOOL, s, depth - 1) + ")";
      case 1 -> "(" + bool(s, depth - 1) + choice.of(" && ", " || ") + bool(s, depth - 1) + ")";
      case 2 -> {
        GoType t = types.any(s, 1);
        yield (t.isComparable() && !(t instanceof GoType.Interface)) || t.isInterface()
            ? "(" + typed(t, s, depth - 1) + " == " + typed(t, s, depth - 1) + ")"
            : number(Predeclared.INT, s, depth - 1) + " > " + choice.below(9);
      }
      case 3 ->
          "string("
              + of(Predeclared.BYTES, s, depth - 1)
              + ") == "
              + of(Predeclared.STRING, s, depth - 1);
      case 4 -> nilCheck(s, depth);
      default ->
          number(Predeclared.INT, s, depth - 1)
              + choice.of(" < ", " != ")
              + of(Predeclared.INT, s, 0);
    };
  }

  /** A value whose type is {@code t} even where no type is wanted. */
  private String typed(GoType t, Scope s, int depth) {
    String x = of(t, s, depth);
    return t.equals(Predeclared.INT) || t.equals(Predeclared.STRING)
        ? "(" + x + ")"
        : "(" + t.text(s.pkg) + ")(" + x + ")";
  }

  private String nilCheck(Scope s, int depth) {
    for (Variable v : visible(s)) {
      GoType u = v.type.underlying();
      if ((u instanceof Pointer
              || u instanceof Func
              || u instanceof Slice
              || u instanceof GoType.MapOf
              || u.isInterface())
          && choice.chance(40)) {
        return v.use(s.pkg) + choice.of(" == nil", " != nil");
      }
    }
    return number(Predeclared.INT, s, depth - 1) + " == " + choice.below(5);
  }

  private String pointer(GoType t, Pointer p, Scope s, int depth) {
    if (depth > 0 || choice.chance(60)) {
      String place = choice.chance(70) ? place(p.elem(), s) : null;
      if (place != null && !place.startsWith("*")) {
        return "&" + place;
      }
    }
    GoType u = p.elem().underlying();
    boolean literal = u instanceof GoType.Struct || u instanceof Slice || u instanceof GoType.Array;
    if (literal && !(p.elem() instanceof GoType.Param) && choice.chance(70)) {
      String value = fresh(p.elem(), s, Math.min(depth, 1));
      if (value.startsWith(p.elem().text(s.pkg) + "{")) {
        return "&" + value;
      }
    }
    if (choice.chance(10) && t.equals(p)) {
      return "(" + t.text(s.pkg) + ")(nil)";
    }
    return "new(" + p.elem().text(s.pkg) + ")";
  }

  private String slice(GoType t, Slice sl, Scope s, int depth) {
    String text = t.text(s.pkg);
    if (depth > 0) {
      switch (choice.below(6)) {
        case 0 -> {
          return "append(" + of(t, s, depth - 1) + ", " + of(sl.elem(), s, depth - 1) + ")";
        }
        case 1 -> {
          return "append((" + text + ")(nil), " + of(t, s, depth - 1) + "...)";
        }
        case 2 -> {
          if (sl.equals(Predeclared.BYTES)) {
            return text + "(" + of(Predeclared.STRING, s, depth - 1) + ")";
          }
        }
        case 3 -> {
          List<Supplier<String>> options = new ArrayList<>();
          paths(t, s, options);
          if (!options.isEmpty()) {
            return "("
                + choice.of(options).get()
                + ")["
                + choice.of("", "1", "" + sized(s, 0))
                + ":"
                + choice.of("", number(Predeclared.INT, s, 0))
                + "]";
          }
        }
        default -> {}
      }
    }
    return switch (choice.below(4)) {
      case 0 ->
          "make("
              + text
              + ", "
              + choice.of("0", "4", "100", "10000", number(Predeclared.INT, s, 0))
              + ")";
      case 1 ->
          "make(" + text + ", 0, " + choice.of("4", "64", number(Predeclared.INT, s, 0)) + ")";
      default -> {
        List<String> elems = new ArrayList<>();
        for (int i = choice.below(4); i > 0; i--) {
          elems.add(of(sl.elem(), s, depth - 1));
        }
        yield text + "{" + String.join(", ", elems) + "}";
      }
    };
  }

  private String map(GoType t, GoType.MapOf m, Scope s, int depth) {
    String text = t.text(s.pkg);
    if (depth <= 0 || choice.chance(40)) {
      return "make(" + text + (choice.chance(40) ? ", " + number(Predeclared.INT, s, 0) : "") + ")";
    }
    List<String> entries = new ArrayList<>();
    boolean constantKeys = m.key().equals(Predeclared.INT) || m.key().equals(Predeclared.STRING);
    for (int i = choice.below(3); i > 0; i--) {
      String key = m.key().equals(Predeclared.INT) ? "" + i : "\"k" + i + "\"";
      if (!constantKeys && !entries.isEmpty()) {
        break;
      }
      entries.add((constantKeys ? key : of(m.key(), s, 0)) + ": " + of(m.elem(), s, depth - 1));
    }
    return text + "{" + String.join(", ", entries) + "}";
  }

  private String struct(GoType t, GoType.Struct st, Scope s, int depth) {
    String text = t.text(s.pkg);
    if (st.fields().isEmpty() || choice.chance(15)) {
      return text + "{}";
    }
    boolean keyed = choice.chance(60);
    List<String> values = new ArrayList<>();
    for (GoType.Field f : st.fields()) {
      if (keyed && choice.chance(40)) {
        continue;
      }
      values.add((keyed ? f.name() + ": " : "") + of(f.type(), s, depth - 1));
    }
    return text + "{" + String.join(", ", values) + "}";
  }

  /** A value in an interface. */
  private String dynamic(GoType t, GoType.Interface i, Scope s, int depth) {
    for (int tries = 0; tries < 6; tries++) {
      GoType concrete = i.methods().isEmpty() ? types.any(s, 1) : types.implementer(i, s);
      if (concrete == null || concrete instanceof GoType.Interface || concrete.isInterface()) {
        continue;
      }
      String value = of(concrete, s, depth - 1);
      if (i.methods().isEmpty() && choice.chance(60)) {
        return "any(" + value + ")";
      }
      return t.text(s.pkg) + "(" + value + ")";
    }
    return "(" + t.text(s.pkg) + ")(nil)";
  }

  /** A function literal. */
  String literal(Func f, Scope s, int depth) {
    Scope inner = s.literal(f.results());
    List<String> params = new ArrayList<>();
    for (int i = 0; i < f.params().size(); i++) {
      GoType p = f.params().get(i);
      boolean variadic = f.variadic() && i == f.params().size() - 1;
      String name = choice.chance(10) ? "_" : names.local();
      if (!name.equals("_")) {
        inner.declare(name, p).isParameter = true;
      }
      params.add(name + " " + (variadic ? "..." + ((Slice) p).elem().text(s.pkg) : p.text(s.pkg)));
    }
    String body =
        stmts == null
            ? ""
            : stmts.body(inner, depth <= 0 || s.depth > 2 ? choice.below(2) : choice.between(0, 2));
    return "func("
        + String.join(", ", params)
        + ")"
        + GoType.results(f.results(), s.pkg)
        + " {\n"
        + body
        + "}";
  }
}
