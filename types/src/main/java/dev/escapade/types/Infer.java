package dev.escapade.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Infers missing type arguments (Go spec, "Type inference"; types2: infer.go): first from the typed
 * arguments of the call, then from the constraints as long as that yields more, and last from
 * untyped constants. What was found may still speak of type parameters; they are replaced until
 * nothing changes.
 */
final class Infer {
  private final Checker check;

  Infer(Checker check) {
    this.check = check;
  }

  /**
   * A type after renaming.
   *
   * @param typeParams the new type parameters
   */
  record Renamed(List<TypeParam> typeParams, Type type) {}

  /**
   * {@code type} with fresh type parameters in place of {@code tparams}, so that those to be
   * inferred are not mistaken for those of the same function around the call.
   */
  Renamed renameTypeParams(int pos, List<TypeParam> tparams, Type type) {
    if (tparams.isEmpty()) {
      return new Renamed(tparams, type);
    }
    List<TypeParam> fresh = new ArrayList<>(tparams.size());
    for (TypeParam p : tparams) {
      TypeName obj = p.obj();
      TypeName copy = new TypeName(obj.pos(), obj.pkg(), obj.name(), null);
      TypeParam q = new TypeParam(null, copy, Basic.INVALID);
      q.setIndex(p.index());
      fresh.add(q);
    }
    Subst subst = new Subst(check, pos, tparams, fresh, null, check.ctxt);
    for (int i = 0; i < fresh.size(); i++) {
      fresh.get(i).setBound(subst.type(tparams.get(i).constraint()));
    }
    return new Renamed(fresh, subst.type(type));
  }

  /**
   * The type arguments, one for each type parameter; or null with an error in {@code err}, or
   * without one if an argument is invalid.
   *
   * @param targs the type arguments that are given; may be shorter than {@code tparams} and contain
   *     null
   * @param params the parameters for {@code args}, one for each
   * @param reverse whether the call stands for an assignment of a generic function, which changes
   *     messages
   */
  @Nullable List<Type> infer(
      int pos,
      List<TypeParam> tparams,
      List<? extends @Nullable Type> targs,
      Tuple params,
      List<Operand> args,
      boolean reverse,
      ErrorReporter.Report err) {
    List<Type> given = complete(targs);
    if (given != null && given.size() == tparams.size()) {
      return given;
    }
    for (Operand arg : args) {
      if (arg.isInvalid()) {
        return null;
      }
    }
    return new Run(pos, tparams, targs, params, args, reverse, err).run();
  }

  /** The list if it has no null, else null. */
  private static @Nullable List<Type> complete(List<? extends @Nullable Type> list) {
    List<Type> result = new ArrayList<>(list.size());
    for (Type t : list) {
      if (t == null) {
        return null;
      }
      result.add(t);
    }
    return result;
  }

  /** One inference. */
  private final class Run {
    private final int pos;
    private final List<TypeParam> tparams;
    private final List<@Nullable Type> targs;
    private final Tuple params;
    private final List<Operand> args;
    private final boolean reverse;
    private final ErrorReporter.Report err;
    private final Unifier u;

    /** The indices of arguments that are untyped constants for a parameter of parameter type. */
    private final List<Integer> untyped = new ArrayList<>(0);

    Run(
        int pos,
        List<TypeParam> tparams,
        List<? extends @Nullable Type> given,
        Tuple genericParams,
        List<Operand> args,
        boolean reverse,
        ErrorReporter.Report err) {
      this.pos = pos;
      this.tparams = tparams;
      this.args = args;
      this.reverse = reverse;
      this.err = err;
      this.targs = new ArrayList<>(given);
      while (targs.size() < tparams.size()) {
        targs.add(null);
      }
      // Parameters whose type is given must not be matched again: arguments need only be
      // assignable.
      this.params = subst(targs).tuple(genericParams);
      this.u = new Unifier(tparams, targs, check.allowVersion(GoVersion.GO1_21));
    }

    private Subst subst(List<? extends @Nullable Type> types) {
      return new Subst(check, 0, tparams, types, null, check.ctxt);
    }

    @Nullable List<Type> run() {
      if (!unifyArguments() || !unifyConstraints() || !defaultUntyped()) {
        return null;
      }
      List<@Nullable Type> inferred = u.inferred();
      killCycles(tparams, inferred);
      simplify(inferred);
      for (int i = 0; i < inferred.size(); i++) {
        Type t = inferred.get(i);
        if (t == null || isParameterized(tparams, t)) {
          TypeName obj = tparams.get(i).obj();
          err.addf(
              pos,
              "cannot infer %s (declared at %v)",
              obj.name(),
              check.errors.position(obj.pos()));
          return null;
        }
      }
      return complete(inferred);
    }

    // Arguments.

    private boolean unifyArguments() {
      for (int i = 0; i < args.size(); i++) {
        Operand arg = args.get(i);
        Type par = params.at(i).type();
        if (!isParameterized(tparams, par) && !isParameterized(tparams, arg.typ)) {
          continue;
        }
        if (Predicates.isTyped(arg.typ)) {
          if (!u.unify(par, arg.typ, Unifier.ASSIGN)) {
            mismatch(par, arg.typ, arg);
            return false;
          }
        } else if (par instanceof TypeParam && !arg.isNil()) {
          untyped.add(i);
        }
      }
      return true;
    }

    private void mismatch(Type par, Type targ, Operand arg) {
      List<@Nullable Type> found = u.inferred();
      boolean nothingFound = true;
      for (Type t : found) {
        nothingFound &= t == null;
      }
      if (nothingFound) {
        err.addf(
            arg,
            "type %s of %s does not match %s (cannot infer %s)",
            targ,
            arg.expr,
            par,
            typeParamsString(tparams));
        return;
      }
      Type inferred = subst(found).type(par);
      if (inferred == par) {
        err.addf(arg, "type %s of %s does not match %s", targ, arg.expr, par);
      } else if (reverse) {
        err.addf(
            arg,
            "inferred type %s for %s does not match type %s of %s",
            inferred,
            par,
            targ,
            arg.expr);
      } else {
        err.addf(
            arg,
            "type %s of %s does not match inferred type %s for %s",
            targ,
            arg.expr,
            inferred,
            par);
      }
    }

    // Constraints.

    /** Each pass either finds a type or is the last. */
    private boolean unifyConstraints() {
      int unknowns;
      do {
        unknowns = u.unknowns();
        for (int i = 0; i < tparams.size(); i++) {
          if (!unifyConstraint(i)) {
            return false;
          }
        }
      } while (u.unknowns() < unknowns);
      return true;
    }

    private boolean unifyConstraint(int i) {
      TypeParam p = tparams.get(i);
      Type tx = u.at(i);
      CoreTerm core = coreTerm(p);
      if (core != null) {
        if (tx != null) {
          // A core type with a tilde is an underlying type, which unifies with a defined type.
          if (!u.unify(tx, core.type, 0)) {
            err.addf(pos, "%s (type %s) does not satisfy %s", p, tx, p.constraint());
            return false;
          }
        } else if (core.single && !core.tilde) {
          u.set(p, core.type); // nothing else is possible
        }
      }
      if (tx != null && !isParameterized(tparams, tx)) {
        Cause cause = new Cause();
        MissingMethods methods = check.instantiator.missingMethods();
        if (!methods.hasAll(tx, p.iface(), true, (a, b) -> u.unify(a, b, Unifier.EXACT), cause)) {
          err.addf(pos, "%s (type %s) does not satisfy %s %s", p, tx, p.constraint(), cause.text);
          return false;
        }
      }
      return true;
    }

    // Untyped constants.

    private boolean defaultUntyped() {
      Map<TypeParam, Type> max = new LinkedHashMap<>();
      for (int index : untyped) {
        TypeParam p = (TypeParam) params.at(index).type();
        if (u.at(p) != null) {
          continue;
        }
        Operand arg = args.get(index);
        Type known = max.get(p);
        Type t = known == null ? arg.typ : Predicates.maxType(known, arg.typ);
        if (t == null) {
          err.addf(arg, "mismatched types %s and %s (cannot infer %s)", known, arg.typ, p);
          return false;
        }
        max.put(p, t);
      }
      max.forEach((p, t) -> u.set(p, Predicates.defaultType(t)));
      return true;
    }

    // Simplification.

    /** Replaces type parameters in the types found until there is nothing left to replace. */
    private void simplify(List<@Nullable Type> inferred) {
      List<Integer> dirty = new ArrayList<>();
      for (int i = 0; i < inferred.size(); i++) {
        if (inferred.get(i) != null && targs.get(i) == null) {
          dirty.add(i);
        }
      }
      while (!dirty.isEmpty()) {
        Subst subst = subst(new ArrayList<>(inferred));
        List<Integer> changed = new ArrayList<>();
        for (int i : dirty) {
          Type t = inferred.get(i);
          Type s = t == null ? null : subst.type(t);
          if (s != t) {
            if (s instanceof Signature sig
                && !sig.typeParams().isEmpty()
                && !isParameterized(tparams, sig)) {
              sig.setTypeParams(List.of()); // it was a generic argument and is so no more
            }
            inferred.set(i, s);
            changed.add(i);
          }
        }
        dirty = changed;
      }
    }
  }

  /** The names of type parameters as an enumeration. */
  private static String typeParamsString(List<TypeParam> list) {
    int n = list.size();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        boolean last = i == n - 1;
        out.append(n == 2 ? " and " : last ? ", and " : ", ");
      }
      out.append(list.get(i).obj().name());
    }
    return out.toString();
  }

  /**
   * What all types of a type set have in common.
   *
   * @param tilde whether a term has a tilde
   * @param single whether there is just one term
   */
  private record CoreTerm(boolean tilde, Type type, boolean single) {}

  /** The only term of a type parameter's type set, or else its core type; or null. */
  private static @Nullable CoreTerm coreTerm(TypeParam p) {
    List<Term> terms = p.iface().typeSet().terms().terms();
    if (terms.size() == 1) {
      Term t = terms.getFirst();
      return new CoreTerm(t.tilde(), t.type(), true);
    }
    boolean tilde = false;
    for (Term t : terms) {
      tilde |= t.tilde();
    }
    Type core = TypeSets.coreType(p);
    return core == null ? null : new CoreTerm(tilde, core, false);
  }

  // Walks over types.

  /**
   * Reports whether one of the type parameters occurs in {@code type}; those that a signature
   * declares itself do not count.
   */
  static boolean isParameterized(List<TypeParam> tparams, Type type) {
    return new ParamFinder(tparams).test(type);
  }

  private static final class ParamFinder {
    private final List<TypeParam> tparams;

    /** The answers for interfaces, through which types can be cyclic. */
    private @Nullable IdentityHashMap<Type, Boolean> seen;

    ParamFinder(List<TypeParam> tparams) {
      this.tparams = tparams;
    }

    boolean test(Type type) {
      return switch (type) {
        case Basic _, Union _ -> false;
        case Alias a -> test(a.unalias());
        case Array a -> test(a.elem());
        case Slice s -> test(s.elem());
        case Struct s -> vars(s.fields());
        case Pointer p -> test(p.elem());
        case Tuple t -> vars(t.vars());
        case Signature s -> vars(s.params().vars()) || vars(s.results().vars());
        case Interface i -> interfaceType(i);
        case MapType m -> test(m.key()) || test(m.elem());
        case Chan c -> test(c.elem());
        case Named n -> types(n.typeArgs());
        case TypeParam p -> tparams.contains(p);
      };
    }

    private boolean interfaceType(Interface t) {
      if (seen == null) {
        seen = new IdentityHashMap<>();
      }
      Boolean known = seen.putIfAbsent(t, false);
      if (known != null) {
        return known;
      }
      boolean result = elements(t.typeSet());
      seen.put(t, result);
      return result;
    }

    private boolean elements(TypeSet set) {
      for (Func m : set.methods()) {
        if (test(m.type())) {
          return true;
        }
      }
      return set.is(term -> term != null && test(term.type()));
    }

    private boolean vars(List<Var> list) {
      for (Var v : list) {
        if (test(v.type())) {
          return true;
        }
      }
      return false;
    }

    private boolean types(List<Type> list) {
      for (Type t : list) {
        if (test(t)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Forgets the types of type parameters that refer back to themselves, directly or by way of
   * others: replacing the parameters in them would never end.
   */
  private static void killCycles(List<TypeParam> tparams, List<@Nullable Type> inferred) {
    CycleFinder finder = new CycleFinder(tparams, inferred);
    for (TypeParam p : tparams) {
      finder.visitFrom(p);
    }
  }

  private static final class CycleFinder {
    private final List<TypeParam> tparams;
    private final List<@Nullable Type> inferred;
    private final Set<Type> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What has been looked at since the start, since types may share parts many times over. */
    private final Set<Type> done = Collections.newSetFromMap(new IdentityHashMap<>());

    CycleFinder(List<TypeParam> tparams, List<@Nullable Type> inferred) {
      this.tparams = tparams;
      this.inferred = inferred;
    }

    /** Finds the cycle on which {@code p} lies, if any, and perhaps others. */
    void visitFrom(TypeParam p) {
      done.clear();
      visit(p);
    }

    private void visit(Type type) {
      Type t = type.unalias();
      if (done.contains(t)) {
        return;
      }
      if (!seen.add(t)) {
        int i = t instanceof TypeParam p ? tparams.indexOf(p) : -1;
        if (i >= 0) {
          inferred.set(i, null);
        }
        return;
      }
      switch (t) {
        case Basic _, Alias _ -> {}
        case Array a -> visit(a.elem());
        case Slice s -> visit(s.elem());
        case Struct s -> vars(s.fields());
        case Pointer p -> visit(p.elem());
        case Tuple p -> vars(p.vars());
        case Signature s -> {
          vars(s.params().vars());
          vars(s.results().vars());
        }
        case Union u -> u.terms().forEach(term -> visit(term.type()));
        case Interface i -> {
          i.explicitMethods().forEach(m -> visit(m.type()));
          i.embeddeds().forEach(this::visit);
        }
        case MapType m -> {
          visit(m.key());
          visit(m.elem());
        }
        case Chan c -> visit(c.elem());
        case Named n -> n.typeArgs().forEach(this::visit);
        case TypeParam p -> {
          int i = tparams.indexOf(p);
          Type found = i < 0 ? null : inferred.get(i);
          if (found != null) {
            visit(found);
          }
        }
      }
      seen.remove(t);
      done.add(t);
    }

    private void vars(List<Var> list) {
      for (Var v : list) {
        visit(v.type());
      }
    }
  }
}
