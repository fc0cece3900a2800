package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instantiates generic types and functions, and decides which types implement which interfaces (Go
 * spec, "Instantiations", "Implementing an interface", "Satisfying a type constraint"; types2:
 * instantiate.go).
 */
final class Instantiator {
  private final @Nullable Checker check;
  private final MissingMethods methods;

  /** An instantiator for a running checker, or for types that are complete. */
  Instantiator(@Nullable Checker check) {
    this.check = check;
    this.methods = new MissingMethods(check);
  }

  /**
   * A type argument that does not satisfy its constraint.
   *
   * @param index the index of the argument
   * @param cause why it does not
   */
  record Failure(int index, String cause) {}

  /**
   * {@code generic} with {@code typeArgs}; see {@link #instance(Checker, int, Type, List, Named,
   * Context)}.
   */
  Type instance(int pos, Type generic, List<Type> typeArgs, @Nullable Named expanding) {
    Context context = check == null ? new Context() : check.ctxt;
    return instance(check, pos, generic, typeArgs, expanding, context);
  }

  /**
   * The instance of a {@link Named}, {@link Alias} or {@link Signature}: one that exists already if
   * possible. A named type is not expanded. The result is invalid, after an error, if the number of
   * type arguments is wrong for an alias or a signature.
   *
   * @param pos where the type is instantiated
   * @param expanding the instance whose expansion leads here, or null
   * @param context where instances are looked up and kept; may be null if {@code expanding} is not
   */
  static Type instance(
      @Nullable Checker check,
      int pos,
      Type generic,
      List<Type> typeArgs,
      @Nullable Named expanding,
      @Nullable Context context) {
    long hash = Context.hash(generic, typeArgs);
    // The context of the expansion comes first, so that cycles of references are kept.
    Context first = expanding == null ? null : expanding.context();
    Context second = context == first ? null : context;
    Type result = first == null ? null : first.lookup(hash, generic, typeArgs);
    if (result == null && second != null) {
      result = second.lookup(hash, generic, typeArgs);
    }
    if (result == null) {
      result = create(check, pos, generic, typeArgs, expanding, context);
      if (result == Basic.INVALID || result == generic) {
        return result;
      }
    }
    if (second != null) {
      result = second.update(hash, generic, typeArgs, result);
    }
    return first == null ? result : first.update(hash, generic, typeArgs, result);
  }

  private static void endlessExpansion(@Nullable Checker check, Named generic) {
    if (check != null && !check.errors.hasErrors()) {
      check.errors.errorf(
          generic.obj(),
          Code.INVALID_INSTANCE_CYCLE,
          "instantiation cycle: the type arguments of %s are nested too deeply",
          generic.obj().name());
    }
  }

  private static Type create(
      @Nullable Checker check,
      int pos,
      Type generic,
      List<Type> typeArgs,
      @Nullable Named expanding,
      @Nullable Context context) {
    return switch (generic) {
      case Named n -> {
        Named instance = Named.instance(check, pos, n, typeArgs, expanding);
        if (expanding != null && instance.depth() > TypeDepth.MAX) {
          endlessExpansion(check, n);
          yield Basic.INVALID;
        }
        yield instance;
      }
      case Alias a -> {
        List<TypeParam> params = a.typeParams();
        if (!validateTypeArgLen(check, pos, a.obj().name(), params.size(), typeArgs.size())) {
          yield Basic.INVALID;
        }
        yield params.isEmpty() ? a : aliasInstance(check, pos, a, typeArgs, expanding, context);
      }
      case Signature s -> {
        List<TypeParam> params = s.typeParams();
        if (!validateTypeArgLen(check, pos, s.toString(), params.size(), typeArgs.size())) {
          yield Basic.INVALID;
        }
        if (params.isEmpty()) {
          yield s;
        }
        Subst subst = new Subst(check, pos, params, typeArgs, null, context);
        Signature inst = (Signature) subst.type(s);
        if (inst == s) {
          inst = s.copy(); // it does not use its type parameters
        }
        inst.setTypeParams(List.of());
        yield inst;
      }
      case Basic _,
          Pointer _,
          Slice _,
          Array _,
          MapType _,
          Chan _,
          Struct _,
          Tuple _,
          Interface _,
          TypeParam _,
          Union _ ->
          throw new AssertionError("not generic: " + generic);
    };
  }

  /** An instance of a generic alias, whose right-hand side is expanded at once. */
  static Alias aliasInstance(
      @Nullable Checker check,
      int pos,
      Alias origin,
      List<Type> typeArgs,
      @Nullable Named expanding,
      @Nullable Context context) {
    TypeName obj = new TypeName(pos, origin.obj().pkg(), origin.obj().name(), null);
    Subst subst = new Subst(check, pos, origin.typeParams(), typeArgs, expanding, context);
    return new Alias(obj, subst.type(origin.rhs()), origin, typeArgs);
  }

  /** Reports an error and false if there are not as many type arguments as wanted. */
  boolean validateTypeArgLen(int pos, String name, int want, int got) {
    return validateTypeArgLen(check, pos, name, want, got);
  }

  private static boolean validateTypeArgLen(
      @Nullable Checker check, int pos, String name, int want, int got) {
    if (got == want) {
      return true;
    }
    if (check != null) {
      check.errors.errorf(
          pos,
          Code.WRONG_TYPE_ARG_COUNT,
          "%s type arguments for type %s: have %d, want %d",
          got < want ? "not enough" : "too many",
          name,
          got,
          want);
    }
    return false;
  }

  /** The first type argument that does not satisfy its constraint, or null. */
  @Nullable Failure verify(int pos, List<TypeParam> typeParams, List<Type> typeArgs) {
    Context context = check == null ? new Context() : check.ctxt;
    Subst subst = new Subst(check, pos, typeParams, typeArgs, null, context);
    Cause cause = new Cause();
    for (int i = 0; i < typeParams.size(); i++) {
      typeParams.get(i).iface(); // so that the constraint is an interface
      Type bound = subst.type(typeParams.get(i).constraint());
      if (!implementsType(typeArgs.get(i), bound, true, cause)) {
        return new Failure(i, cause.text);
      }
    }
    return null;
  }

  /** {@code t} with the type parameters {@code from} replaced by those of {@code to}. */
  Type renameTypeParams(int pos, Type t, List<TypeParam> from, List<TypeParam> to) {
    Context context = check == null ? new Context() : check.ctxt;
    return new Subst(check, pos, from, to, null, context).type(t);
  }

  private String sprintf(String pattern, @Nullable Object... args) {
    return MessageFormat.sprintf(check, pattern, args);
  }

  /**
   * Reports whether {@code v} implements the interface {@code t}, or satisfies the constraint. Of
   * invalid types everything is believed.
   *
   * @param cause gets the reason if not; may be null
   */
  boolean implementsType(Type v, Type t, boolean constraint, @Nullable Cause cause) {
    Type vu = v.underlying();
    Type tu = t.underlying();
    if (vu == Basic.INVALID
        || tu == Basic.INVALID
        || (vu instanceof Pointer p && p.elem().underlying() == Basic.INVALID)) {
      return true;
    }
    String verb = constraint ? "satisfy" : "implement";
    if (!(tu instanceof Interface ti)) {
      if (cause != null) {
        String detail =
            Lookup.isInterfacePtr(tu)
                ? sprintf("type %s is pointer to interface, not interface", t)
                : sprintf("%s is not an interface", t);
        cause.text = sprintf("%s does not %s %s (%s)", v, verb, t, detail);
      }
      return false;
    }
    // In wrong programs, where interfaces embed each other, the order has an effect: v comes first.
    TypeSet vset = vu instanceof Interface vi ? vi.typeSet() : null;
    TypeSet tset = ti.typeSet();
    if (tset.isAll()) {
      return true;
    }
    if (vset != null && vset.isEmpty()) {
      return true; // the empty set is a subset of any other
    }
    if (tset.isEmpty()) {
      if (cause != null) {
        cause.text = sprintf("cannot %s %s (empty type set)", verb, t);
      }
      return false;
    }
    if (!methods.hasAll(v, t, true, Predicates::identical, cause)) {
      if (cause != null) {
        cause.text = sprintf("%s does not %s %s %s", v, verb, t, cause.text);
      }
      return false;
    }
    if (!tset.hasTerms()) {
      return isComparable(v, tset, constraint, verb, cause);
    }
    if (vset != null) {
      if (!vset.subsetOf(tset)) {
        if (cause != null) {
          cause.text = sprintf("%s does not %s %s", v, verb, t);
        }
        return false;
      }
    } else if (!tset.terms().includes(v)) {
      if (cause != null) {
        cause.text = sprintf("%s does not %s %s (%s)", v, verb, t, missingDetail(v, t, ti));
      }
      return false;
    }
    return isComparable(v, tset, constraint, verb, cause);
  }

  /** Why the type is not in the type set of the terms, in words. */
  private String missingDetail(Type v, Type t, Interface ti) {
    TypeSet tset = ti.typeSet();
    for (Term term : tset.terms().terms()) {
      Type u = term.type();
      if (!term.tilde()
          && Predicates.identical(u, u.underlying())
          && new Term(true, u).includes(v)) {
        return sprintf("possibly missing ~ for %s in %s", u, t);
      }
    }
    if (mentions(ti, v)) {
      return sprintf("%s mentions %s, but %s is not in the type set of %s", t, v, v, t);
    }
    return sprintf("%s missing in %s", v, tset.terms());
  }

  /** Reports whether {@code typ} is written in an embedded element of {@code t}. */
  private static boolean mentions(Type t, Type typ) {
    return switch (t) {
      case Interface i -> {
        for (Type e : i.embeddeds()) {
          if (mentions(e, typ)) {
            yield true;
          }
        }
        yield false;
      }
      case Union u -> {
        for (Term term : u.terms()) {
          if (mentions(term.type(), typ)) {
            yield true;
          }
        }
        yield false;
      }
      case Type other -> Predicates.identical(other, typ);
    };
  }

  /**
   * Reports whether {@code v} is comparable, if the type set asks for it. For constraints, since Go
   * 1.20, it suffices that the comparison may panic.
   */
  private boolean isComparable(
      Type v, TypeSet tset, boolean constraint, String verb, @Nullable Cause cause) {
    if (!tset.isComparable() || Comparability.comparableType(v, false) == null) {
      return true;
    }
    if (constraint && Comparability.comparableType(v, true) == null) {
      if (check == null || check.allowVersion(GoVersion.GO1_20)) {
        return true;
      }
      if (cause != null) {
        cause.text = sprintf("%s to %s comparable requires go1.20 or later", v, verb);
      }
      return false;
    }
    if (cause != null) {
      cause.text = sprintf("%s does not %s comparable", v, verb);
    }
    return false;
  }

  /**
   * Reports whether a value of the interface type {@code v} may have the dynamic type {@code t}, or
   * may implement it.
   */
  boolean assertableTo(Type v, Type t, @Nullable Cause cause) {
    return Predicates.isInterface(t) || methods.hasAll(t, v, false, Predicates::identical, cause);
  }

  /** Like {@link #assertableTo}, also for interfaces that are constraints. */
  boolean newAssertableTo(Type v, Type t, @Nullable Cause cause) {
    return Predicates.isInterface(t) || implementsType(t, v, false, cause);
  }

  /** Which methods types lack. */
  MissingMethods missingMethods() {
    return methods;
  }
}
