package dev.escapade.driver;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Const;
import dev.escapade.types.Func;
import dev.escapade.types.Info;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.PkgName;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * What in a checked package has a type that is not known: because only a C compiler knows it, or
 * because of an error elsewhere. The checker gives the invalid type to all of it without a word, so
 * every expression that depends on it mentions, somewhere in it, a package that is not there, such
 * as "C", or a name whose type is made of the invalid one.
 *
 * @param info what the checker recorded
 */
record UnknownTypes(Info info) {
  /**
   * The first name in a declaration that stands for something unknown, or null; one that it
   * declares only if there is no other, for that is unknown because of the others.
   */
  Expr.@Nullable Name firstIn(Decl d) {
    Expr.Name[] found = {null, null};
    Walk.preorder(
        d,
        n -> {
          if (found[0] == null && n instanceof Expr.Name name && isUnknown(info.objectOf(name))) {
            found[info.def(name) == null ? 0 : 1] = name;
          }
          return found[0] == null;
        });
    return found[0] != null ? found[0] : found[1];
  }

  /** What a name stands for, as it is written: with the package that declares it. */
  String describe(Expr.Name name) {
    Obj obj = info.objectOf(name);
    if (obj == null || obj instanceof PkgName || obj.pkg() == null) {
      return name.value();
    }
    return obj.pkg().name() + "." + obj.name();
  }

  /** Reports whether an object, a package included, is not known. */
  static boolean isUnknown(@Nullable Obj obj) {
    return switch (obj) {
      case PkgName p -> p.imported().isFake();
      case Var v -> isUnknown(v.type());
      case Const c -> isUnknown(c.type());
      case TypeName t -> isUnknown(t.type());
      case Func f -> isUnknown(f.type());
      case null, default -> false;
    };
  }

  /** Reports whether a type is made of one that is not known, names of types left alone. */
  static boolean isUnknown(@Nullable Type t) {
    return switch (t) {
      case null -> true;
      case Basic b -> b == Basic.INVALID;
      case Pointer p -> isUnknown(p.elem());
      case Slice s -> isUnknown(s.elem());
      case Array a -> isUnknown(a.elem());
      case Chan c -> isUnknown(c.elem());
      case MapType m -> isUnknown(m.key()) || isUnknown(m.elem());
      case Signature s -> isUnknown(s.params()) || isUnknown(s.results());
      case Tuple v -> v.vars().stream().anyMatch(x -> isUnknown(x.type()));
      case Struct s -> s.fields().stream().anyMatch(x -> isUnknown(x.type()));
      case Alias a -> isUnknown(a.unalias());
      case Named n -> n.underlying() == Basic.INVALID;
      case Interface _, TypeParam _, Union _ -> false;
    };
  }
}
