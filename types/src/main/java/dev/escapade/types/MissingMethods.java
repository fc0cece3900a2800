package dev.escapade.types;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Finds methods that a type lacks to implement an interface (types2: lookup.go). */
final class MissingMethods {
  /** How many embedded structs are searched for fields of invalid type. */
  private static final int MAX_EMBEDDED = 200;

  private final @Nullable Checker check;

  /** For a running checker, or for types that are complete. */
  MissingMethods(@Nullable Checker check) {
    this.check = check;
  }

  /**
   * A method that is missing.
   *
   * @param method the method of the interface
   * @param wrongType whether there is a method of the name, but with another signature or with a
   *     pointer as receiver
   */
  record Missing(Func method, boolean wrongType) {}

  /** What may be wrong about a method. */
  private enum Problem {
    NOT_FOUND,
    WRONG_NAME,
    UNEXPORTED,
    WRONG_SIGNATURE,
    AMBIGUOUS,
    POINTER_RECEIVER,
    FIELD
  }

  /**
   * The first method of the interface {@code t} that {@code v} lacks, or null.
   *
   * @param isStatic whether an interface {@code v} needs all methods; if not, it is enough that
   *     those it has agree
   * @param equivalent compares signatures
   * @param cause gets the reason; may be null
   */
  @Nullable Missing missingMethod(
      Type v, Type t, boolean isStatic, BiPredicate<Type, Type> equivalent, @Nullable Cause cause) {
    List<Func> methods = ((Interface) t.underlying()).typeSet().methods();
    if (methods.isEmpty()) {
      return null;
    }
    TypeSet vset = v.underlying() instanceof Interface i ? i.typeSet() : null;
    for (Func m : methods) {
      Func f = null;
      Problem problem = null;
      if (vset != null) {
        int i = vset.lookupMethod(m.pkg(), m.name(), false);
        if (i < 0 && !isStatic) {
          continue;
        }
        if (i < 0) {
          problem = Problem.NOT_FOUND;
        } else {
          f = vset.methods().get(i);
        }
      } else {
        Lookup.Result r = Lookup.lookup(v, false, m.pkg(), m.name(), false);
        if (r.obj() instanceof Func found) {
          f = found;
          complete(f);
        } else if (r.obj() != null) {
          problem = Problem.FIELD;
        } else if (r.isAmbiguous()) {
          problem = Problem.AMBIGUOUS;
        } else if (r.indirect()) {
          problem = Problem.POINTER_RECEIVER;
        } else {
          problem = Problem.NOT_FOUND;
          f = similar(v, m);
          if (f != null) {
            problem = f.name().equals(m.name()) ? Problem.UNEXPORTED : Problem.WRONG_NAME;
          }
        }
      }
      if (problem == null && f != null && !equivalent.test(f.type(), m.type())) {
        problem = Problem.WRONG_SIGNATURE;
      }
      if (problem != null) {
        if (cause != null) {
          cause.text = explain(problem, v, t, m, f);
        }
        return new Missing(
            m, problem == Problem.WRONG_SIGNATURE || problem == Problem.POINTER_RECEIVER);
      }
    }
    return null;
  }

  /** A method whose name differs in the case of letters, or that another package cannot see. */
  private static @Nullable Func similar(Type v, Func m) {
    return Lookup.lookup(v, false, m.pkg(), m.name(), true).obj() instanceof Func f ? f : null;
  }

  /** Makes sure that the method has its signature. */
  private void complete(Func f) {
    if (check != null) {
      check.decls.objDecl(f);
    }
  }

  private String sprintf(String pattern, @Nullable Object... args) {
    return MessageFormat.sprintf(check, pattern, args);
  }

  private String explain(Problem problem, Type v, Type t, Func m, @Nullable Func f) {
    String name = m.name();
    if (f != null) {
      complete(f);
    }
    return switch (problem) {
      case NOT_FOUND -> {
        if (Lookup.isInterfacePtr(v)) {
          yield "(" + interfacePtrError(v) + ")";
        }
        yield Lookup.isInterfacePtr(t)
            ? "(" + interfacePtrError(t) + ")"
            : sprintf("(missing method %s)", name);
      }
      case WRONG_NAME ->
          sprintf(
              "(missing method %s)\n\t\thave %s\n\t\twant %s",
              name, f == null ? null : funcString(f, false), funcString(m, false));
      case UNEXPORTED -> sprintf("(unexported method %s)", name);
      case WRONG_SIGNATURE -> f == null ? "" : explainSignatures(m, f);
      case AMBIGUOUS -> sprintf("(ambiguous selector %s.%s)", v, name);
      case POINTER_RECEIVER -> sprintf("(method %s has pointer receiver)", name);
      case FIELD -> sprintf("(%s.%s is a field, not a method)", v, name);
    };
  }

  private String explainSignatures(Func m, Func f) {
    String have = funcString(f, false);
    String want = funcString(m, false);
    if (have.equals(want)) {
      have = funcString(f, true);
      want = funcString(m, true);
    }
    if (have.equals(want)) {
      return sprintf("(wrong type for method %s)", m.name());
    }
    return sprintf("(wrong type for method %s)\n\t\thave %s\n\t\twant %s", m.name(), have, want);
  }

  /** Why a pointer to an interface is not what is asked for. */
  String interfacePtrError(Type t) {
    boolean isParam = t.underlying() instanceof Pointer p && Predicates.isTypeParam(p.elem());
    return isParam
        ? sprintf("type %s is pointer to type parameter, not type parameter", t)
        : sprintf("type %s is pointer to interface, not interface", t);
  }

  /**
   * Name and signature.
   *
   * @param pkgInfo whether packages are named in full, also those of fields
   */
  String funcString(Func f, boolean pkgInfo) {
    Qualifier qf = check == null || pkgInfo ? Qualifier.PATH : check.errors::qualifier;
    return f.name() + TypeString.plainSignature(f.signature(), qf, pkgInfo);
  }

  /**
   * Reports whether {@code v} has all methods of {@code t}. Of an invalid type, and of one with an
   * embedded field of invalid type, this is believed.
   */
  boolean hasAll(
      Type v, Type t, boolean isStatic, BiPredicate<Type, Type> equivalent, @Nullable Cause cause) {
    return !Predicates.isValid(v)
        || missingMethod(v, t, isStatic, equivalent, cause) == null
        || hasInvalidEmbeddedFields(v, new IdentityHashMap<>());
  }

  /**
   * Reports whether a field of invalid type is embedded in {@code t}, at any depth; but gives up in
   * a type that embeds too many, perhaps ever new instances of a generic type.
   */
  private static boolean hasInvalidEmbeddedFields(Type t, IdentityHashMap<Struct, Boolean> seen) {
    if (seen.size() < MAX_EMBEDDED
        && Lookup.derefStructPtr(t).underlying() instanceof Struct s
        && seen.put(s, true) == null) {
      for (Var f : s.fields()) {
        if (f.embedded()
            && (!Predicates.isValid(f.type()) || hasInvalidEmbeddedFields(f.type(), seen))) {
          return true;
        }
      }
    }
    return false;
  }
}
