package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Array;
import dev.escapade.fuzz.programs.GoType.Basic;
import dev.escapade.fuzz.programs.GoType.Chan;
import dev.escapade.fuzz.programs.GoType.Field;
import dev.escapade.fuzz.programs.GoType.FuncOf;
import dev.escapade.fuzz.programs.GoType.Instance;
import dev.escapade.fuzz.programs.GoType.MapOf;
import dev.escapade.fuzz.programs.GoType.Method;
import dev.escapade.fuzz.programs.GoType.Named;
import dev.escapade.fuzz.programs.GoType.Param;
import dev.escapade.fuzz.programs.GoType.Pointer;
import dev.escapade.fuzz.programs.GoType.Slice;
import dev.escapade.fuzz.programs.Universe.Function;
import dev.escapade.fuzz.programs.Universe.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes expressions of wanted types. */
final class Exprs {
  private static final int DEEPEST = 3;

  private final SplittableRandom random;
  private final Universe universe;

  /** The variables in scope, inner ones last. */
  final List<Variable> scope = new ArrayList<>();

  /** Whether functions may be called: not where package variables are initialized. */
  boolean mayCall = true;

  private int names;

  Exprs(SplittableRandom random, Universe universe) {
    this.random = random;
    this.universe = universe;
  }

  /** A new name. */
  String name(String prefix) {
    return prefix + names++;
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  int below(int n) {
    return random.nextInt(n);
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  String text(GoType t) {
    return t.in(universe.pkg);
  }

  /** A type that a variable may have. */
  GoType type(int depth) {
    int choice = below(depth <= 0 ? 8 : 17);
    return switch (choice) {
      case 0, 1 -> Basic.INT;
      case 2 -> Basic.STRING;
      case 3 -> oneIn(2) ? Basic.BOOL : Basic.BYTE;
      case 4 -> oneIn(2) ? Basic.ANY : Basic.FLOAT;
      case 5 -> universe.structs.isEmpty() ? Basic.INT : pick(universe.structs);
      case 6 -> universe.structs.isEmpty() ? Basic.INT : new Pointer(pick(universe.structs));
      case 7 -> universe.interfaces.isEmpty() ? Basic.ANY : pick(universe.interfaces);
      case 8, 9 -> new Pointer(type(depth - 1));
      case 10, 11 -> new Slice(type(depth - 1));
      case 12 -> new Array(1 + below(5), type(depth - 1));
      case 13 -> new MapOf(oneIn(2) ? Basic.STRING : Basic.INT, type(depth - 1));
      case 14 -> new Chan(type(depth - 1));
      case 15 ->
          universe.generics.isEmpty() ? Basic.INT : new Instance(pick(universe.generics), type(0));
      default -> signature(depth - 1);
    };
  }

  /** A function type. */
  FuncOf signature(int depth) {
    List<GoType> params = new ArrayList<>();
    for (int i = below(3); i > 0; i--) {
      params.add(type(depth));
    }
    return new FuncOf(params, oneIn(3) ? null : type(depth));
  }

  /** An expression of a type. */
  String of(GoType t) {
    return of(t, 0);
  }

  String of(GoType t, int depth) {
    if (depth < DEEPEST && below(10) < 7) {
      String found = fromScope(t, depth);
      if (found != null) {
        return found;
      }
    }
    return made(t, depth);
  }

  /** An expression that uses what is there, or null. */
  private @Nullable String fromScope(GoType t, int depth) {
    List<Supplier<String>> ways = new ArrayList<>();
    for (Variable v : List.copyOf(scope)) {
      ways(v, t, depth, ways);
    }
    if (mayCall) {
      for (Variable v : universe.globals) {
        ways(v, t, depth, ways);
      }
      for (Function f : universe.functions) {
        if (t.equals(f.type().result()) && oneIn(3)) {
          ways.add(() -> call(f, depth));
        }
      }
    }
    return ways.isEmpty() ? null : pick(ways).get();
  }

  private void ways(Variable v, GoType t, int depth, List<Supplier<String>> ways) {
    if (v.type().equals(t)) {
      ways.add(() -> v.name());
      ways.add(() -> v.name());
    }
    if (t instanceof Pointer p && p.elem().equals(v.type())) {
      ways.add(() -> "&" + v.name());
      ways.add(() -> "&" + v.name());
    }
    switch (v.type()) {
      case Pointer p when p.elem().equals(t) -> ways.add(() -> "*" + v.name());
      case Pointer p when p.elem() instanceof Named n && !n.isInterface ->
          selectors(v.name(), n, t, depth, ways);
      case Pointer p when p.elem() instanceof Instance i -> instance(v.name(), i, t, ways);
      case Named n -> selectors(v.name(), n, t, depth, ways);
      case Instance i -> instance(v.name(), i, t, ways);
      case Slice s when s.elem().equals(t) ->
          ways.add(() -> v.name() + "[" + of(Basic.INT, depth + 2) + "]");
      case Array a when a.elem().equals(t) ->
          ways.add(() -> v.name() + "[" + below(a.length()) + "]");
      case MapOf m when m.elem().equals(t) ->
          ways.add(() -> v.name() + "[" + of(m.key(), depth + 2) + "]");
      case Chan c when c.elem().equals(t) -> ways.add(() -> "<-" + v.name());
      case FuncOf f when t.equals(f.result()) && mayCall ->
          ways.add(() -> v.name() + "(" + args(f, depth + 1) + ")");
      case Basic b when b.equals(Basic.ANY) && !(t instanceof Param) && oneIn(3) ->
          ways.add(() -> v.name() + ".(" + text(t) + ")");
      default -> {} // of no use here
    }
  }

  private void selectors(String x, Named n, GoType t, int depth, List<Supplier<String>> ways) {
    for (Field f : n.fields) {
      if (f.type().equals(t)) {
        ways.add(() -> x + "." + f.name());
      }
    }
    if (!mayCall) {
      return;
    }
    for (Method m : n.methods) {
      if (t.equals(m.type().result())) {
        ways.add(() -> x + "." + m.name() + "(" + args(m.type(), depth + 1) + ")");
      }
      if (t.equals(m.type())) {
        ways.add(() -> x + "." + m.name());
      }
    }
  }

  private void instance(String x, Instance i, GoType t, List<Supplier<String>> ways) {
    if (t.equals(i.argument())) {
      ways.add(() -> x + ".V");
      if (mayCall) {
        ways.add(() -> x + ".Get()");
      }
    }
    if (t.equals(new Pointer(i))) {
      ways.add(() -> x + ".Next");
    }
  }

  /** Arguments for a call. */
  String args(FuncOf f, int depth) {
    return f.params().stream().map(p -> of(p, depth + 1)).collect(Collectors.joining(", "));
  }

  /** A call of a function. */
  String call(Function f, int depth) {
    if (!f.variadic()) {
      return f.in(universe.pkg) + "(" + args(f.type(), depth) + ")";
    }
    List<String> args = new ArrayList<>();
    List<GoType> params = f.type().params();
    for (GoType p : params.subList(0, params.size() - 1)) {
      args.add(of(p, depth + 1));
    }
    Slice last = (Slice) params.getLast();
    if (oneIn(4)) {
      args.add(of(last, depth + 1) + "...");
    } else {
      for (int i = below(4); i > 0; i--) {
        args.add(of(last.elem(), depth + 1));
      }
    }
    return f.in(universe.pkg) + "(" + String.join(", ", args) + ")";
  }

  /** An expression that makes a new value. */
  private String made(GoType t, int depth) {
    boolean deep = depth >= DEEPEST;
    if (mayCall && !deep && oneIn(9)) {
      String generic = generic(t, depth);
      if (generic != null) {
        return generic;
      }
    }
    return switch (t) {
      case Basic b -> basic(b, depth);
      case Pointer p -> pointer(p, depth);
      case Slice s -> slice(s, depth);
      case Array a -> text(a) + "{" + (deep ? "" : of(a.elem(), depth + 1)) + "}";
      case MapOf m ->
          deep || oneIn(2)
              ? "make(" + text(m) + (oneIn(2) ? ")" : ", " + of(Basic.INT, depth + 2) + ")")
              : text(m) + "{" + key(m.key()) + ": " + of(m.elem(), depth + 1) + "}";
      case Chan c -> "make(" + text(c) + (oneIn(2) ? ")" : ", " + below(4) + ")");
      case FuncOf f -> literal(f, depth);
      case Named n -> n.isInterface ? implementation(n, depth) : struct(n, depth);
      case Instance i -> box(i, depth);
      case Param p -> "*new(" + p.name() + ")";
    };
  }

  private String key(GoType t) {
    return t.equals(Basic.STRING) ? "\"k\"" : "7";
  }

  private @Nullable String generic(GoType t, int depth) {
    if (universe.genericFunctions.isEmpty() || t instanceof Param || t.equals(Basic.ANY)) {
      return null;
    }
    Function f = pick(universe.genericFunctions);
    // All generic functions are func F[T any](x T, more ...func(T) T) T, by name.
    return f.in(universe.pkg) + "[" + text(t) + "](" + of(t, depth + 1) + ")";
  }

  private String basic(Basic t, int depth) {
    boolean deep = depth >= DEEPEST;
    return switch (t.name()) {
      case "int" -> integer(deep ? 0 : below(7), depth);
      case "string" ->
          switch (deep ? 0 : below(5)) {
            case 1 -> of(t, depth + 1) + " + " + of(t, depth + 1);
            case 2 -> "string(" + of(new Slice(Basic.BYTE), depth + 1) + ")";
            case 3 -> "string(rune(" + of(Basic.INT, depth + 1) + "))";
            default -> "\"s" + below(9) + "\"";
          };
      case "bool" ->
          switch (deep ? 0 : below(5)) {
            case 1 -> of(Basic.INT, depth + 1) + " < " + of(Basic.INT, depth + 1);
            case 2 -> "!(" + of(t, depth + 1) + ")";
            case 3 -> "(" + of(t, depth + 1) + ") && (" + of(t, depth + 1) + ")";
            case 4 ->
                "(" + of(Basic.STRING, depth + 1) + ") == (" + of(Basic.STRING, depth + 1) + ")";
            default -> oneIn(2) ? "true" : "false";
          };
      case "byte" -> deep ? "byte(3)" : "byte(" + of(Basic.INT, depth + 3) + "&1)";
      case "float64" -> deep ? "1.5" : "float64(" + of(Basic.INT, depth + 2) + ") * 2.5";
      default -> "any(" + of(deep ? Basic.INT : type(1), depth + 1) + ")";
    };
  }

  private String integer(int choice, int depth) {
    return switch (choice) {
      case 1 -> "(" + of(Basic.INT, depth + 1) + " + " + of(Basic.INT, depth + 1) + ")";
      case 2 -> "len(" + of(oneIn(2) ? Basic.STRING : new Slice(type(0)), depth + 1) + ")";
      case 3 -> "(" + of(Basic.INT, depth + 1) + " & " + (1 + below(7)) + ")";
      case 4 -> "int(" + of(Basic.FLOAT, depth + 3) + " + v0f)";
      case 5 -> "cap(" + of(new Slice(type(0)), depth + 1) + ")";
      default -> Integer.toString(below(300));
    };
  }

  private String pointer(Pointer p, int depth) {
    GoType elem = p.elem();
    boolean literal = (elem instanceof Named n && !n.isInterface) || elem instanceof Instance;
    if (literal && !oneIn(3)) {
      return "&" + (elem instanceof Named n ? struct(n, depth) : box((Instance) elem, depth));
    }
    if (elem instanceof Slice || elem instanceof Array) {
      return oneIn(2) ? "new(" + text(elem) + ")" : "&" + literalOf(elem, depth);
    }
    return oneIn(6) ? "(" + text(p) + ")(nil)" : "new(" + text(elem) + ")";
  }

  private String literalOf(GoType t, int depth) {
    GoType elem = t instanceof Slice s ? s.elem() : ((Array) t).elem();
    return text(t) + "{" + (depth >= DEEPEST ? "" : of(elem, depth + 1)) + "}";
  }

  private String slice(Slice s, int depth) {
    if (depth >= DEEPEST) {
      return "(" + text(s) + ")(nil)";
    }
    return switch (below(6)) {
      case 0 -> "make(" + text(s) + ", " + of(Basic.INT, depth + 2) + ")";
      case 1 -> "make(" + text(s) + ", " + below(9) + ", " + (9 + below(90)) + ")";
      case 2 ->
          mayCall
              ? "append(" + of(s, depth + 1) + ", " + of(s.elem(), depth + 1) + ")"
              : text(s) + "{}";
      case 3 ->
          s.elem().equals(Basic.BYTE)
              ? "[]byte(" + of(Basic.STRING, depth + 1) + ")"
              : literalOf(s, depth);
      case 4 -> "append((" + text(s) + ")(nil), " + of(s, depth + 1) + "...)";
      default -> literalOf(s, depth);
    };
  }

  private String box(Instance i, int depth) {
    return text(i) + "{" + (depth >= DEEPEST ? "" : "V: " + of(i.argument(), depth + 1)) + "}";
  }

  private String struct(Named n, int depth) {
    if (depth >= DEEPEST || n.fields.isEmpty()) {
      return text(n) + "{}";
    }
    List<String> values = new ArrayList<>();
    for (Field f : n.fields) {
      if (oneIn(2)) {
        values.add(f.name() + ": " + of(f.type(), depth + 1));
      }
    }
    return text(n) + "{" + String.join(", ", values) + "}";
  }

  private String implementation(Named n, int depth) {
    List<GoType> types = universe.implementations.getOrDefault(n, List.of());
    return types.isEmpty() || depth > DEEPEST
        ? text(n) + "(nil)"
        : text(n) + "(" + of(pick(types), depth + 1) + ")";
  }

  /** A function literal with a short body that refers to what is in scope. */
  private String literal(FuncOf f, int depth) {
    int before = scope.size();
    List<String> params = new ArrayList<>();
    for (GoType p : f.params()) {
      String name = name("p");
      params.add(name + " " + text(p));
      scope.add(new Variable(name, p));
    }
    StringBuilder body = new StringBuilder("func(" + String.join(", ", params) + ")");
    GoType result = f.result();
    body.append(result == null ? "" : " " + text(result)).append(" { ");
    Variable changed = assignable();
    if (changed != null && depth < DEEPEST && oneIn(2)) {
      body.append(changed.name()).append(" = ").append(of(changed.type(), depth + 2)).append("; ");
    }
    if (result != null) {
      body.append("return ").append(of(result, depth + 2)).append(' ');
    }
    while (scope.size() > before) {
      scope.removeLast();
    }
    return body.append('}').toString();
  }

  /** A variable that may be assigned, or null. */
  @Nullable Variable assignable() {
    return scope.isEmpty() ? null : scope.get(below(scope.size()));
  }
}
