package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Basic;
import dev.escapade.fuzz.programs.GoType.Func;
import dev.escapade.fuzz.programs.GoType.Interface;
import dev.escapade.fuzz.programs.GoType.Method;
import dev.escapade.fuzz.programs.GoType.Named;
import dev.escapade.fuzz.programs.GoType.Pointer;
import dev.escapade.fuzz.programs.GoType.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of a program, and choices among them. */
final class Types {
  private final Choice choice;
  private final List<PackageModel> packages = new ArrayList<>();
  private final Interface error =
      new Interface(
          List.of(
              new Method("Error", new Func(List.of(), false, List.of(Predeclared.STRING)), false)));

  Types(Choice choice) {
    this.choice = choice;
  }

  /** The packages so far; a file may import all of them. */
  List<PackageModel> packages() {
    return packages;
  }

  Interface errorMethods() {
    return error;
  }

  Basic basic() {
    return choice.chance(70)
        ? choice.of(Predeclared.INT, Predeclared.STRING, Predeclared.BOOL)
        : new Basic(
            choice.of("byte", "int64", "uint32", "float64", "uint16", "uint", "error", "rune"));
  }

  /** Any type that can be written in a scope. */
  GoType any(Scope s, int depth) {
    return any(s.typeParams, depth);
  }

  GoType any(List<TypeParam> params, int depth) {
    if (!params.isEmpty() && choice.chance(30)) {
      return new GoType.Param(choice.of(params));
    }
    if (depth <= 0) {
      return choice.chance(60) ? basic() : named(params);
    }
    return switch (choice.below(15)) {
      case 14 -> anonymous(params, depth - 1);
      case 0, 1 -> basic();
      case 2, 3 -> new Pointer(any(params, depth - 1));
      case 4 -> new Slice(any(params, depth - 1));
      case 5 -> new GoType.Array(choice.between(1, 4), any(params, depth - 1));
      case 6 -> new GoType.MapOf(key(), any(params, depth - 1));
      case 7 -> new GoType.Chan(any(params, depth - 1));
      case 8 -> func(params, depth - 1);
      case 9 -> Predeclared.ANY;
      case 10 -> choice.chance(20) ? Predeclared.BYTES : new Pointer(named(params));
      default -> named(params);
    };
  }

  /** A struct without a name, which may have an embedded field. */
  private GoType.Struct anonymous(List<TypeParam> params, int depth) {
    List<GoType.Field> fields = new ArrayList<>();
    if (choice.chance(60)
        && named(params) instanceof Named n
        && !(n.underlying() instanceof Pointer)) {
      boolean pointer = !n.isInterface() && choice.chance(40);
      fields.add(new GoType.Field(n.decl().name, pointer ? new Pointer(n) : n, true));
    }
    fields.add(new GoType.Field("X", any(params, depth), false));
    return new GoType.Struct(fields);
  }

  GoType key() {
    return choice.of(
        Predeclared.INT, Predeclared.STRING, Predeclared.INT, new GoType.Array(2, Predeclared.INT));
  }

  Func func(List<TypeParam> params, int depth) {
    List<GoType> in = new ArrayList<>();
    for (int i = choice.below(3); i > 0; i--) {
      in.add(any(params, depth));
    }
    List<GoType> out = new ArrayList<>();
    for (int i = choice.of(0, 1, 1, 2); i > 0; i--) {
      out.add(any(params, depth));
    }
    return new Func(in, false, out);
  }

  /** A declared type, with arguments if it is generic. */
  GoType named(List<TypeParam> params) {
    List<TypeDecl> all = decls();
    if (all.isEmpty()) {
      return Predeclared.INT;
    }
    TypeDecl decl = choice.of(all);
    List<GoType> args = new ArrayList<>();
    for (TypeParam p : decl.params) {
      args.add(argument(p, params));
    }
    return new Named(decl, args);
  }

  private List<TypeDecl> decls() {
    List<TypeDecl> all = new ArrayList<>();
    packages.forEach(p -> all.addAll(p.types));
    return all;
  }

  /** A type that satisfies a constraint without other parameters. */
  private GoType argument(TypeParam p, List<TypeParam> params) {
    for (TypeParam own : params) {
      if (choice.chance(40)
          && (p.constraint() instanceof TypeParam.Constraint.Any
              || p.constraint().equals(own.constraint()))) {
        return new GoType.Param(own);
      }
    }
    return switch (p.constraint()) {
      case TypeParam.Constraint.Any() ->
          choice.of(
              Predeclared.INT,
              Predeclared.STRING,
              new Pointer(Predeclared.INT),
              Predeclared.ANY,
              Predeclared.BYTES,
              new Pointer(plain()),
              plain());
      case TypeParam.Constraint.Equality() ->
          choice.of(Predeclared.INT, Predeclared.STRING, new Pointer(plain()));
      case TypeParam.Constraint.Numeric _ ->
          choice.of(Predeclared.INT, Predeclared.BYTE, new Basic("int64"));
      case TypeParam.Constraint.Text() -> choice.of(Predeclared.STRING, Predeclared.BYTES);
      case TypeParam.Constraint.Methods(Named type) -> {
        GoType t = implementer((Interface) type.underlying(), List.of());
        yield t == null ? type : t;
      }
      case TypeParam.Constraint.SliceOf(GoType elem) -> new Slice(elem);
    };
  }

  private GoType plain() {
    List<TypeDecl> all = decls();
    all.removeIf(d -> !d.params.isEmpty());
    return all.isEmpty() ? Predeclared.INT : new Named(choice.of(all), List.of());
  }

  /** Chooses arguments for the parameters that are not bound yet; reports whether all fit. */
  boolean complete(List<TypeParam> params, Map<TypeParam, GoType> bound, Scope s) {
    for (TypeParam p : params) {
      if (!bound.containsKey(p)) {
        GoType arg =
            p.constraint() instanceof TypeParam.Constraint.SliceOf(GoType elem)
                ? new Slice(elem.substitute(bound))
                : argument(p, s.typeParams);
        bound.put(p, arg);
      }
    }
    for (TypeParam p : params) {
      GoType arg = bound.get(p);
      if (arg == null
          || (arg.hasTypeParams() && depth(arg) > 1)
          || !satisfies(arg, p.constraint(), bound)) {
        return false;
      }
    }
    return true;
  }

  private static int depth(GoType t) {
    return t instanceof GoType.Param ? 1 : 2;
  }

  static boolean satisfies(GoType t, TypeParam.Constraint c, Map<TypeParam, GoType> bound) {
    if (t instanceof GoType.Param p) {
      return c instanceof TypeParam.Constraint.Any
          || (c.equals(p.param().constraint()) && !(c instanceof TypeParam.Constraint.SliceOf));
    }
    return switch (c) {
      case TypeParam.Constraint.Any() -> true;
      case TypeParam.Constraint.Equality() -> t.isStrictlyComparable() && !t.hasTypeParams();
      case TypeParam.Constraint.Numeric(boolean integer) ->
          t.underlying() instanceof Basic b
              && (b.name().equals("int")
                  || b.name().equals("int64")
                  || b.name().equals("byte")
                  || (!integer && b.name().equals("float64")));
      case TypeParam.Constraint.Text() ->
          t.underlying().equals(Predeclared.STRING) || t.underlying().equals(Predeclared.BYTES);
      case TypeParam.Constraint.Methods(Named type) ->
          implementsAll(t, (Interface) type.underlying());
      case TypeParam.Constraint.SliceOf(GoType elem) ->
          t.underlying() instanceof Slice s && s.elem().equals(elem.substitute(bound));
    };
  }

  /** The methods that can be called on an operand of type {@code t}. */
  List<Method> methods(GoType t, boolean addressable) {
    if (t instanceof GoType.Param p) {
      return p.param().constraint() instanceof TypeParam.Constraint.Methods(Named type)
          ? ((Interface) type.underlying()).methods()
          : List.of();
    }
    if (t.equals(Predeclared.ERROR)) {
      return error.methods();
    }
    if (t.underlying() instanceof Interface i) {
      return i.methods();
    }
    if (t instanceof Pointer p && p.elem() instanceof Named n) {
      return n.underlying() instanceof Interface || n.underlying() instanceof Pointer
          ? List.of()
          : all(n);
    }
    if (t instanceof Named n) {
      List<Method> result = new ArrayList<>();
      for (Method m : all(n)) {
        if (addressable || !m.pointer()) {
          result.add(m);
        }
      }
      return result;
    }
    return List.of();
  }

  /** Declared and promoted methods; {@code pointer} tells whether the receiver must be one. */
  private static List<Method> all(Named n) {
    List<Method> result = new ArrayList<>(n.decl().methods);
    if (n.underlying() instanceof GoType.Struct st) {
      for (GoType.Field f : st.fields()) {
        if (f.embedded()) {
          promote(f.type(), result);
        }
      }
    }
    return result;
  }

  private static void promote(GoType embedded, List<Method> result) {
    GoType base = embedded instanceof Pointer p ? p.elem() : embedded;
    if (!(base instanceof Named n)) {
      return;
    }
    List<Method> inner = n.underlying() instanceof Interface i ? i.methods() : all(n);
    for (Method m : inner) {
      if (result.stream().noneMatch(own -> own.name().equals(m.name()))) {
        boolean pointer =
            m.pointer() && !(embedded instanceof Pointer) && !(n.underlying() instanceof Interface);
        result.add(new Method(m.name(), n.method(m), pointer));
      }
    }
  }

  /** The signature of a method on an operand. */
  Func methodType(GoType t, Method m) {
    GoType base = t instanceof Pointer p ? p.elem() : t;
    return base instanceof Named n ? n.method(m) : m.type();
  }

  static boolean implementsAll(GoType t, Interface i) {
    for (Method m : i.methods()) {
      boolean found = false;
      boolean pointer = t instanceof Pointer;
      GoType base = t instanceof Pointer p ? p.elem() : t;
      if (!(base instanceof Named n)
          || (pointer
              && (n.underlying() instanceof Interface || n.underlying() instanceof Pointer))) {
        return false;
      }
      List<Method> own = n.underlying() instanceof Interface j ? j.methods() : all(n);
      for (Method o : own) {
        found |=
            o.name().equals(m.name())
                && n.method(o).equals(m.type())
                && (pointer || !o.pointer() || n.underlying() instanceof Interface);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  @Nullable GoType implementer(Interface i, Scope s) {
    return implementer(i, s.typeParams);
  }

  /** A type that is no interface and has the methods, or null. */
  @Nullable GoType implementer(Interface i, List<TypeParam> params) {
    List<GoType> found = new ArrayList<>();
    for (TypeDecl d : decls()) {
      if (d.underlying instanceof Interface) {
        continue;
      }
      List<GoType> args = new ArrayList<>();
      for (TypeParam p : d.params) {
        args.add(argument(p, params));
      }
      GoType t = new Named(d, args);
      if (implementsAll(t, i)) {
        found.add(t);
      }
      if (implementsAll(new Pointer(t), i)) {
        found.add(new Pointer(t));
      }
    }
    return found.isEmpty() ? null : choice.of(found);
  }
}
