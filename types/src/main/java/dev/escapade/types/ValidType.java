package dev.escapade.types;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports defined types that contain themselves and so would have no finite size (types2:
 * validtype.go).
 *
 * <p>A type contains the types of its fields, array elements and embedded elements, and a type
 * parameter stands for the type argument of the instance around it. That argument was written where
 * the instance was, so it is looked at in the nest of types that the instance itself is in.
 */
final class ValidType {
  private final Checker check;

  /** Types that are not generic and known to be valid. */
  private final Set<Named> valid = new HashSet<>();

  ValidType(Checker check) {
    this.check = check;
  }

  /** Reports an error if {@code t} contains itself; it is invalid then. */
  void validType(Named t) {
    new Walk().visit(t);
  }

  private final class Walk {
    /** The types that contain each other, the outermost first. */
    private final List<Named> nest = new ArrayList<>();

    /** Those in {@link #nest} that are not generic, to find them without a search. */
    private final Set<Named> plainNest = new HashSet<>();

    /** All types on the way, of which {@link #nest} is a part. */
    private final List<Named> path = new ArrayList<>();

    boolean visit(Type type) {
      return switch (type.unalias()) {
        case Array a -> visit(a.elem());
        case Struct s -> {
          for (Var f : s.fields()) {
            if (!visit(f.type())) {
              yield false;
            }
          }
          yield true;
        }
        case Union u -> {
          for (Term t : u.terms()) {
            if (!visit(t.type())) {
              yield false;
            }
          }
          yield true;
        }
        case Interface i -> {
          for (Type t : i.embeddeds()) {
            if (!visit(t)) {
              yield false;
            }
          }
          yield true;
        }
        case Named n -> named(n);
        case TypeParam p -> typeParam(p);
        case Basic _, Pointer _, Slice _, MapType _, Chan _, Tuple _, Signature _, Alias _ -> true;
      };
    }

    private boolean named(Named t) {
      boolean plain = t.typeArgs().isEmpty() && t.typeParams().isEmpty();
      if (plain && (t.obj().pkg() != check.pkg || valid.contains(t))) {
        return true; // types of other packages were checked there
      }
      if (plain ? plainNest.contains(t) : isInNest(t)) {
        cycle(t);
        return false;
      }
      Type rhs = t.origin().fromRhs();
      if (rhs == null) {
        return true;
      }
      nest.add(t);
      path.add(t);
      if (plain) {
        plainNest.add(t);
      }
      boolean ok = visit(rhs);
      path.removeLast();
      nest.removeLast();
      if (plain) {
        plainNest.remove(t);
        if (ok) {
          valid.add(t);
        }
      }
      return ok;
    }

    private boolean isInNest(Named t) {
      for (Named outer : nest) {
        if (Predicates.identical(outer, t)) {
          return true;
        }
      }
      return false;
    }

    private void cycle(Named t) {
      t.origin().setFromRhs(Basic.INVALID);
      int start = 0;
      while (start < path.size() - 1 && !Predicates.identical(path.get(start), t)) {
        start++;
      }
      List<Obj> objs = new ArrayList<>();
      for (Named n : path.subList(start, path.size())) {
        objs.add(n.ownObj());
      }
      check.decls.cycleError(objs, 0);
    }

    private boolean typeParam(TypeParam p) {
      if (nest.isEmpty()) {
        return true;
      }
      Named inst = nest.getLast();
      List<TypeParam> params = inst.typeParams();
      for (int i = 0; i < params.size(); i++) {
        if (params.get(i) == p && i < inst.typeArgs().size()) {
          nest.removeLast();
          boolean ok = visit(inst.typeArgs().get(i));
          nest.add(inst);
          return ok;
        }
      }
      return true;
    }
  }
}
