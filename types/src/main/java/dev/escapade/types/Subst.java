package dev.escapade.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces type parameters in types by type arguments (types2: subst.go). Types in which nothing is
 * replaced are shared: the result is the same object then. Nothing is expanded on the way, so that
 * a substitution can be part of an expansion.
 */
final class Subst {
  private final @Nullable Checker check;
  private final int pos;
  private final List<TypeParam> typeParams;
  private final List<? extends @Nullable Type> typeArgs;
  private final @Nullable Named expanding;
  private final @Nullable Context context;

  /**
   * A substitution.
   *
   * @param check the running checker, or null
   * @param pos where the substitution is asked for
   * @param typeParams replaced by the types of {@code typeArgs} with the same index; a null
   *     argument leaves its parameter
   * @param expanding the instance that is being expanded, or null
   * @param context holds instances; may be null if {@code expanding} is not
   */
  Subst(
      @Nullable Checker check,
      int pos,
      List<TypeParam> typeParams,
      List<? extends @Nullable Type> typeArgs,
      @Nullable Named expanding,
      @Nullable Context context) {
    this.check = check;
    this.pos = pos;
    this.typeParams = typeParams;
    this.typeArgs = typeArgs;
    this.expanding = expanding;
    this.context = context;
  }

  Type type(Type t) {
    return switch (t) {
      case Basic _ -> t;
      case TypeParam p -> lookup(p);
      case Alias a -> alias(a);
      case Array a -> {
        Type elem = type(a.elem());
        yield elem == a.elem() ? a : new Array(elem, a.len());
      }
      case Slice s -> {
        Type elem = type(s.elem());
        yield elem == s.elem() ? s : new Slice(elem);
      }
      case Struct s -> {
        List<Var> fields = vars(s.fields());
        yield fields == null ? s : new Struct(fields, s.tags());
      }
      case Pointer p -> {
        Type elem = type(p.elem());
        yield elem == p.elem() ? p : new Pointer(elem);
      }
      case Tuple p -> tuple(p);
      case Signature s -> signature(s);
      case Union u -> union(u);
      case Interface i -> interfaceType(i);
      case MapType m -> {
        Type key = type(m.key());
        Type elem = type(m.elem());
        yield key == m.key() && elem == m.elem() ? m : new MapType(key, elem);
      }
      case Chan c -> {
        Type elem = type(c.elem());
        yield elem == c.elem() ? c : new Chan(c.dir(), elem);
      }
      case Named n -> named(n);
    };
  }

  private Type lookup(TypeParam p) {
    for (int i = 0; i < typeParams.size(); i++) {
      if (typeParams.get(i) == p) {
        Type t = typeArgs.get(i);
        return t == null ? p : t;
      }
    }
    return p;
  }

  private Type alias(Alias a) {
    int n = a.origin().typeParams().size();
    if (n == 0) {
      return a;
    }
    if (a.typeArgs().size() != n) {
      return Basic.INVALID; // an error was reported
    }
    List<Type> targs = types(a.typeArgs());
    return targs == null
        ? a
        : Instantiator.aliasInstance(check, pos, a.origin(), targs, expanding, context);
  }

  private Type named(Named t) {
    int n = t.typeParams().size();
    if (n == 0) {
      return t;
    }
    if (t.typeArgs().size() != n) {
      return Basic.INVALID; // an error was reported
    }
    List<Type> targs = types(t.typeArgs());
    return targs == null
        ? t
        : Instantiator.instance(check, pos, t.origin(), targs, expanding, context);
  }

  Tuple tuple(Tuple t) {
    List<Var> vars = vars(t.vars());
    return vars == null ? t : Tuple.of(vars);
  }

  /** The receiver stays: it is taken care of where interfaces and named types are expanded. */
  private Signature signature(Signature s) {
    Tuple params = tuple(s.params());
    Tuple results = tuple(s.results());
    return params == s.params() && results == s.results()
        ? s
        : new Signature(
            s.recv(), s.recvTypeParams(), s.typeParams(), params, results, s.variadic());
  }

  private Union union(Union u) {
    List<Term> terms = u.terms();
    List<Term> changed = null;
    for (int i = 0; i < terms.size(); i++) {
      Term t = terms.get(i);
      Type type = type(t.type());
      if (type != t.type()) {
        if (changed == null) {
          changed = new ArrayList<>(terms);
        }
        changed.set(i, new Term(t.tilde(), type));
      }
    }
    return changed == null ? u : new Union(changed);
  }

  private Interface interfaceType(Interface t) {
    List<Func> methods = t.explicitMethods();
    List<Func> changed = null;
    for (int i = 0; i < methods.size(); i++) {
      Func m = methods.get(i);
      Signature sig = m.signature();
      Signature newSig = signature(sig);
      if (newSig != sig) {
        if (changed == null) {
          changed = new ArrayList<>(methods);
        }
        changed.set(i, m.withSignature(newSig));
      }
    }
    List<Type> embeddeds = types(t.embeddeds());
    if (changed == null && embeddeds == null) {
      return t;
    }
    Interface result = new Interface(check);
    List<Func> all = changed == null ? methods : changed;
    List<Func> own = replaceRecv(all, t, result);
    result.setElements(
        own == null ? all : own, embeddeds == null ? t.embeddeds() : embeddeds, t.embedPos());
    if (t.isImplicit()) {
      result.markImplicit();
    }
    if (check == null) {
      result.typeSet(); // complete before anybody else sees it
    }
    return result;
  }

  /** The methods with receivers of type {@code old} replaced; null if there are none. */
  static @Nullable List<Func> replaceRecv(List<Func> methods, Type old, Type replacement) {
    List<Func> changed = null;
    for (int i = 0; i < methods.size(); i++) {
      Func m = methods.get(i);
      Signature sig = m.signature();
      Var recv = sig.recv();
      if (recv != null && recv.type() == old) {
        if (changed == null) {
          changed = new ArrayList<>(methods);
        }
        Signature newSig = sig.copy();
        newSig.setRecv(recv.withType(replacement));
        changed.set(i, m.withSignature(newSig));
      }
    }
    return changed;
  }

  /** The types after substitution; null if nothing changes. */
  private @Nullable List<Type> types(List<Type> list) {
    List<Type> changed = null;
    for (int i = 0; i < list.size(); i++) {
      Type t = list.get(i);
      Type u = type(t);
      if (u != t) {
        if (changed == null) {
          changed = new ArrayList<>(list);
        }
        changed.set(i, u);
      }
    }
    return changed;
  }

  /** The variables after substitution; null if nothing changes. */
  private @Nullable List<Var> vars(List<Var> list) {
    List<Var> changed = null;
    for (int i = 0; i < list.size(); i++) {
      Var v = list.get(i);
      Type t = v.type();
      Type u = type(t);
      if (u != t) {
        if (changed == null) {
          changed = new ArrayList<>(list);
        }
        changed.set(i, v.withType(u));
      }
    }
    return changed;
  }
}
