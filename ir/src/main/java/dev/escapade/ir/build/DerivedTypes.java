package dev.escapade.ir.build;

import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Var;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Tells which types of a generic object depend on its type parameters (noder/writer.go: derived
 * types, Go 1.26). Types that are declared within generic functions always do.
 */
final class DerivedTypes {
  private final PackageSource source;
  private final IdentityHashMap<Type, Boolean> known = new IdentityHashMap<>();

  /**
   * The types of a generic object.
   *
   * @param source the package that declares it
   */
  DerivedTypes(PackageSource source) {
    this.source = source;
  }

  /** Reports whether {@code t} depends on type parameters. */
  boolean isDerived(Type t) {
    if (t instanceof Basic) {
      return false;
    }
    if (t instanceof TypeParam) {
      return true;
    }
    Boolean before = known.get(t);
    if (before == null) {
      known.put(t, false); // ends cycles through anonymous interfaces
      before = compute(t);
      known.put(t, before);
    }
    return before;
  }

  boolean isAnyDerived(List<Type> list) {
    for (Type t : list) {
      if (isDerived(t)) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether a type is declared within a generic function (or method). */
  boolean hasImplicits(Named t) {
    return t.obj().pkg() == source.pkg() && !source.implicits(t.obj()).isEmpty();
  }

  private boolean compute(Type t) {
    return switch (t) {
      case Basic _ -> false;
      case TypeParam _ -> true;
      case Alias x -> Exprs.isGlobal(x.obj()) ? isAnyDerived(x.typeArgs()) : isDerived(x.rhs());
      case Named x -> hasImplicits(x) || isAnyDerived(x.typeArgs());
      case Pointer x -> isDerived(x.elem());
      case Array x -> isDerived(x.elem());
      case Slice x -> isDerived(x.elem());
      case Chan x -> isDerived(x.elem());
      case MapType x -> isDerived(x.key()) || isDerived(x.elem());
      case Tuple x -> isAnyOf(x.vars());
      case Signature x -> isAnyOf(x.params().vars()) || isAnyOf(x.results().vars());
      case Struct x -> isAnyOf(x.fields());
      case Interface x -> {
        for (Func m : x.explicitMethods()) {
          if (isDerived(m.type())) {
            yield true;
          }
        }
        yield isAnyDerived(x.embeddeds());
      }
      case Union _ -> false;
    };
  }

  private boolean isAnyOf(List<Var> vars) {
    for (Var v : vars) {
      if (isDerived(v.type())) {
        return true;
      }
    }
    return false;
  }
}
