package dev.escapade.fuzz.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type of a generated program. Equal types are equal as records. */
sealed interface GoType {
  /** The spelling in a package. */
  String in(String pkg);

  /** A predeclared type. */
  record Basic(String name) implements GoType {
    static final Basic INT = new Basic("int");
    static final Basic STRING = new Basic("string");
    static final Basic BOOL = new Basic("bool");
    static final Basic BYTE = new Basic("byte");
    static final Basic FLOAT = new Basic("float64");
    static final Basic ANY = new Basic("any");

    @Override
    public String in(String pkg) {
      return name;
    }
  }

  record Pointer(GoType elem) implements GoType {
    @Override
    public String in(String pkg) {
      return "*" + elem.in(pkg);
    }
  }

  record Slice(GoType elem) implements GoType {
    @Override
    public String in(String pkg) {
      return "[]" + elem.in(pkg);
    }
  }

  record Array(int length, GoType elem) implements GoType {
    @Override
    public String in(String pkg) {
      return "[" + length + "]" + elem.in(pkg);
    }
  }

  record MapOf(GoType key, GoType elem) implements GoType {
    @Override
    public String in(String pkg) {
      return "map[" + key.in(pkg) + "]" + elem.in(pkg);
    }
  }

  record Chan(GoType elem) implements GoType {
    @Override
    public String in(String pkg) {
      return "chan " + elem.in(pkg);
    }
  }

  /** A function type; without result if {@code result} is null. */
  record FuncOf(List<GoType> params, @Nullable GoType result) implements GoType {
    @Override
    public String in(String pkg) {
      return "func(" + list(params, pkg) + ")" + (result == null ? "" : " " + result.in(pkg));
    }
  }

  /** A type parameter of the function that is being written. */
  record Param(String name) implements GoType {
    @Override
    public String in(String pkg) {
      return name;
    }
  }

  /** An instance of a generic struct with one type parameter. */
  record Instance(Named generic, GoType argument) implements GoType {
    @Override
    public String in(String pkg) {
      return generic.in(pkg) + "[" + argument.in(pkg) + "]";
    }
  }

  /** A declared struct or interface. Compared by identity. */
  final class Named implements GoType {
    final String pkg;
    final String name;
    final boolean isInterface;
    final List<Field> fields = new ArrayList<>();
    final List<Method> methods = new ArrayList<>();

    Named(String pkg, String name, boolean isInterface) {
      this.pkg = pkg;
      this.name = name;
      this.isInterface = isInterface;
    }

    @Override
    public String in(String where) {
      return where.equals(pkg) ? name : pkg + "." + name;
    }
  }

  /** A field; embedded if its name is that of its type. */
  record Field(String name, GoType type, boolean embedded) {}

  /** A method. */
  record Method(String name, FuncOf type, boolean byPointer) {}

  private static String list(List<GoType> types, String pkg) {
    return types.stream().map(t -> t.in(pkg)).collect(Collectors.joining(", "));
  }

  /** Reports whether values can be compared with {@code ==} without a panic at compile time. */
  default boolean isComparable() {
    return switch (this) {
      case Basic _, Pointer _, Chan _ -> true;
      case Array a -> a.elem.isComparable();
      case Named n -> n.isInterface || n.fields.stream().allMatch(f -> f.type.isComparable());
      case Slice _, MapOf _, FuncOf _, Param _, Instance _ -> false;
    };
  }
}
