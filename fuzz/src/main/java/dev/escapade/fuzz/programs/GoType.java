package dev.escapade.fuzz.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A type of a generated program. Two types are identical in Go if they are equal here. */
sealed interface GoType {
  /** A predeclared type; {@code error} is one, {@code any} is {@link Predeclared#ANY}. */
  record Basic(String name) implements GoType {
    boolean isNumber() {
      return !name.equals("string") && !name.equals("bool") && !name.equals("error");
    }

    boolean isInteger() {
      return isNumber() && !name.startsWith("float") && !name.startsWith("complex");
    }
  }

  /** A declared type, or an instance of a generic one. */
  record Named(TypeDecl decl, List<GoType> args) implements GoType {
    public Named {
      args = List.copyOf(args);
    }

    Map<TypeParam, GoType> bindings() {
      return TypeParam.bind(decl.params, args);
    }

    /** The signature of one of its methods. */
    Func method(Method m) {
      return (Func) m.type().substitute(bindings());
    }
  }

  record Pointer(GoType elem) implements GoType {}

  record Slice(GoType elem) implements GoType {}

  record Array(int length, GoType elem) implements GoType {}

  record MapOf(GoType key, GoType elem) implements GoType {}

  record Chan(GoType elem) implements GoType {}

  record Func(List<GoType> params, boolean variadic, List<GoType> results) implements GoType {
    public Func {
      params = List.copyOf(params);
      results = List.copyOf(results);
    }
  }

  /** {@code embedded} fields have the name of their type. */
  record Field(String name, GoType type, boolean embedded) {}

  record Struct(List<Field> fields) implements GoType {
    public Struct {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A method.
   *
   * @param pointer whether the receiver is a pointer; of no meaning in an interface
   */
  record Method(String name, Func type, boolean pointer) {}

  record Interface(List<Method> methods) implements GoType {
    public Interface {
      methods = List.copyOf(methods);
    }
  }

  /** A type parameter as a type. */
  record Param(TypeParam param) implements GoType {}

  /** The underlying type; a type parameter is its own. */
  default GoType underlying() {
    return this instanceof Named n ? n.decl.underlying.substitute(n.bindings()) : this;
  }

  default boolean isInterface() {
    return underlying() instanceof Interface || equals(Predeclared.ERROR);
  }

  /** Replaces type parameters. */
  default GoType substitute(Map<TypeParam, GoType> by) {
    return by.isEmpty()
        ? this
        : switch (this) {
          case Basic b -> b;
          case Named n -> n.args.isEmpty() ? n : new Named(n.decl, all(n.args, by));
          case Pointer p -> new Pointer(p.elem.substitute(by));
          case Slice s -> new Slice(s.elem.substitute(by));
          case Array a -> new Array(a.length, a.elem.substitute(by));
          case MapOf m -> new MapOf(m.key.substitute(by), m.elem.substitute(by));
          case Chan c -> new Chan(c.elem.substitute(by));
          case Func f -> new Func(all(f.params, by), f.variadic, all(f.results, by));
          case Struct s ->
              new Struct(
                  s.fields.stream()
                      .map(f -> new Field(f.name, f.type.substitute(by), f.embedded))
                      .toList());
          case Interface i ->
              new Interface(
                  i.methods.stream()
                      .map(m -> new Method(m.name, (Func) m.type.substitute(by), m.pointer))
                      .toList());
          case Param p -> by.getOrDefault(p.param, p);
        };
  }

  private static List<GoType> all(List<GoType> types, Map<TypeParam, GoType> by) {
    List<GoType> result = new ArrayList<>(types.size());
    types.forEach(t -> result.add(t.substitute(by)));
    return result;
  }

  /** Reports whether {@code ==} is allowed. */
  default boolean isComparable() {
    return switch (underlying()) {
      case Basic _, Pointer _, Chan _, Interface _ -> true;
      case Array a -> a.elem.isComparable();
      case Struct s -> s.fields.stream().allMatch(f -> f.type.isComparable());
      case Param p -> p.param.constraint().isComparable();
      case Slice _, MapOf _, Func _, Named _ -> false;
    };
  }

  /** Reports whether {@code ==} is allowed and never panics, as map keys and switches want it. */
  default boolean isStrictlyComparable() {
    return switch (underlying()) {
      case Basic b -> !b.equals(Predeclared.ERROR);
      case Pointer _, Chan _ -> true;
      case Array a -> a.elem.isStrictlyComparable();
      case Struct s -> s.fields.stream().allMatch(f -> f.type.isStrictlyComparable());
      case Param p -> p.param.constraint().isComparable();
      case Interface _, Slice _, MapOf _, Func _, Named _ -> false;
    };
  }

  default boolean hasTypeParams() {
    return switch (this) {
      case Basic _ -> false;
      case Named n -> n.args.stream().anyMatch(GoType::hasTypeParams);
      case Pointer p -> p.elem.hasTypeParams();
      case Slice s -> s.elem.hasTypeParams();
      case Array a -> a.elem.hasTypeParams();
      case MapOf m -> m.key.hasTypeParams() || m.elem.hasTypeParams();
      case Chan c -> c.elem.hasTypeParams();
      case Func f ->
          f.params.stream().anyMatch(GoType::hasTypeParams)
              || f.results.stream().anyMatch(GoType::hasTypeParams);
      case Struct s -> s.fields.stream().anyMatch(f -> f.type.hasTypeParams());
      case Interface i -> i.methods.stream().anyMatch(m -> m.type.hasTypeParams());
      case Param _ -> true;
    };
  }

  /**
   * The spelling in a package.
   *
   * @param pkg the package in whose files it stands; notes what it imports
   */
  default String text(PackageModel pkg) {
    return switch (this) {
      case Basic b -> b.name;
      case Named n -> n.decl.name(pkg) + (n.args.isEmpty() ? "" : "[" + list(n.args, pkg) + "]");
      case Pointer p -> "*" + p.elem.text(pkg);
      case Slice s -> "[]" + s.elem.text(pkg);
      case Array a -> "[" + a.length + "]" + a.elem.text(pkg);
      case MapOf m -> "map[" + m.key.text(pkg) + "]" + m.elem.text(pkg);
      case Chan c -> "chan " + c.elem.text(pkg);
      case Func f -> "func" + signature(f, pkg);
      case Struct s ->
          s.fields.stream()
              .map(f -> f.embedded ? f.type.text(pkg) : f.name + " " + f.type.text(pkg))
              .collect(Collectors.joining("; ", "struct{ ", " }"));
      case Interface i ->
          i.methods.isEmpty()
              ? "any"
              : i.methods.stream()
                  .map(m -> m.name + signature(m.type, pkg))
                  .collect(Collectors.joining("; ", "interface{ ", " }"));
      case Param p -> p.param.name();
    };
  }

  private static String signature(Func f, PackageModel pkg) {
    List<String> params = new ArrayList<>();
    for (int i = 0; i < f.params.size(); i++) {
      boolean last = f.variadic && i == f.params.size() - 1;
      params.add(
          last ? "..." + ((Slice) f.params.get(i)).elem.text(pkg) : f.params.get(i).text(pkg));
    }
    return "(" + String.join(", ", params) + ")" + results(f.results, pkg);
  }

  /** Results without names, with a blank before them if there are any. */
  static String results(List<GoType> results, PackageModel pkg) {
    return switch (results.size()) {
      case 0 -> "";
      case 1 ->
          " "
              + (results.get(0) instanceof Func
                  ? "(" + results.get(0).text(pkg) + ")"
                  : results.get(0).text(pkg));
      default -> " (" + list(results, pkg) + ")";
    };
  }

  static String list(List<GoType> types, PackageModel pkg) {
    return types.stream().map(t -> t.text(pkg)).collect(Collectors.joining(", "));
  }
}
