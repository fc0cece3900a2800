package dev.escapade.types;

import dev.escapade.types.constant.GoStrings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects in Go's notation, as messages show them (types2: object.go, selection.go). */
public final class ObjectString {
  private ObjectString() {}

  /** {@code obj} with its kind and type, such as {@code var x int}. */
  public static String objectString(Obj obj, Qualifier qf) {
    StringBuilder out = new StringBuilder();
    switch (obj) {
      case PkgName p -> packageName(out, p);
      case Const c -> {
        out.append("const ");
        name(out, c, qf);
        typeAfter(out, c.typeOrNull(), qf);
      }
      case TypeName t -> typeName(out, t, qf);
      case Var v -> {
        out.append(v.isField() ? "field " : "var ");
        name(out, v, qf);
        typeAfter(out, v.typeOrNull(), qf);
      }
      case Func f -> {
        out.append("func ").append(funcName(f, qf));
        if (f.typeOrNull() instanceof Signature sig) {
          TypeString.writeSignature(out, sig, qf);
        }
      }
      case Label l -> out.append("label ").append(l.name());
      case Builtin b -> {
        out.append("builtin ");
        name(out, b, qf);
      }
      case Nil _ -> out.append("nil");
    }
    return out.toString();
  }

  private static void packageName(StringBuilder out, PkgName p) {
    out.append("package ").append(p.name());
    String path = p.imported().path();
    if (!path.isEmpty() && !path.equals(p.name())) {
      out.append(" (").append(GoStrings.quote(GoStrings.encode(path))).append(')');
    }
  }

  /** The name, qualified if the object is declared at package level. */
  private static void name(StringBuilder out, Obj obj, Qualifier qf) {
    Package pkg = obj.pkg();
    if (pkg != null && pkg.scope().lookup(obj.name()) == obj) {
      out.append(TypeString.packagePrefix(pkg, qf));
    }
    out.append(obj.name());
  }

  private static void typeAfter(StringBuilder out, @Nullable Type t, Qualifier qf) {
    if (t != null) {
      out.append(' ');
      TypeString.write(out, t, qf);
    }
  }

  private static void typeName(StringBuilder out, TypeName obj, Qualifier qf) {
    Type t = obj.typeOrNull();
    out.append(t != null && Predicates.isTypeParam(t) ? "type parameter " : "type ");
    name(out, obj, qf);
    if (t == null || t instanceof Basic) {
      return;
    }
    List<TypeParam> typeParams =
        switch (t) {
          case Named n -> n.typeParams();
          case Alias a -> a.typeParams();
          default -> List.of();
        };
    if (!typeParams.isEmpty()) {
      TypeString.writeTypeParams(out, typeParams, qf);
    }
    Type shown;
    if (obj.isAlias()) {
      out.append(" =");
      shown = t instanceof Alias a ? a.rhs() : t;
    } else {
      shown = t instanceof TypeParam p ? p.constraint() : t.underlying();
    }
    if (obj == Universe.ANY) {
      out.append(" interface{}"); // which prints as any everywhere else
    } else {
      typeAfter(out, shown, qf);
    }
  }

  /** The name of a function with its package, or of a method with its receiver type. */
  public static String funcName(Func f, Qualifier qf) {
    if (!(f.typeOrNull() instanceof Signature sig)) {
      return f.name();
    }
    Var recv = sig.recv();
    if (recv == null) {
      return TypeString.packagePrefix(f.pkg(), qf) + f.name();
    }
    String type =
        recv.type() instanceof Interface ? "interface" : TypeString.typeString(recv.type(), qf);
    return "(" + type + ")." + f.name();
  }

  /** A selection in words, such as {@code method (T) f(X) Y}. */
  public static String selectionString(Selection s, Qualifier qf) {
    StringBuilder out = new StringBuilder();
    out.append(
        switch (s.kind()) {
          case FIELD_VAL -> "field (";
          case METHOD_VAL -> "method (";
          case METHOD_EXPR -> "method expr (";
        });
    TypeString.write(out, s.recv(), qf);
    out.append(") ").append(s.obj().name());
    if (s.type() instanceof Signature sig && s.kind() != SelectionKind.FIELD_VAL) {
      TypeString.writeSignature(out, sig, qf);
    } else {
      typeAfter(out, s.type(), qf);
    }
    return out.toString();
  }

  /** What kind of object this is, in words, such as {@code package-level variable}. */
  static String objectKind(Obj obj) {
    return switch (obj) {
      case PkgName _ -> "package name";
      case Const _ -> "constant";
      case TypeName t -> {
        if (t.isAlias()) {
          yield "type alias";
        }
        yield t.type() instanceof TypeParam ? "type parameter" : "defined type";
      }
      case Var v -> v.kind().toString();
      case Func f -> f.signature().recv() != null ? "method" : "function";
      case Label _ -> "label";
      case Builtin _ -> "built-in function";
      case Nil _ -> "untyped nil";
    };
  }
}
