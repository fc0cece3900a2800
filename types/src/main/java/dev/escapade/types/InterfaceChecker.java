package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks interface types and the unions in them (Go spec, "Interface types"; types2: interface.go,
 * union.go).
 */
final class InterfaceChecker {
  /** Checking terms against each other takes quadratic time, so their number is limited. */
  private static final int MAX_TERMS = 100;

  private final Checker check;

  InterfaceChecker(Checker check) {
    this.check = check;
  }

  /**
   * Checks an interface type.
   *
   * @param def the name of the type that is declared as this interface, or null
   */
  Interface interfaceType(Expr.InterfaceType e, @Nullable TypeName def) {
    Environment env = check.env;
    if (env.interfaceDepth == 0) {
      check.compilerChecks.interfaceType(e);
    }
    env.interfaceDepth++;
    Interface iface = elements(e, def);
    env.interfaceDepth--;
    return iface;
  }

  private Interface elements(Expr.InterfaceType e, @Nullable TypeName def) {
    Interface iface = new Interface(check);
    Named named = def == null ? null : def.type().asNamed();
    Type recvType = named != null ? named : iface;
    List<Func> methods = new ArrayList<>();
    List<Type> embeddeds = new ArrayList<>(0);
    List<Integer> embedPos = new ArrayList<>(0);
    for (Field f : e.methods()) {
      if (f.name() == null) {
        embedPos.add(ErrorReporter.posOf(f.type()));
        embeddeds.add(unionType(f.type()));
      } else if (f.name().isBlank()) {
        check.errors.error(
            f.name(), Code.BLANK_IFACE_METHOD, "methods must have a unique non-blank name");
      } else {
        Func m = method(f.name(), f.type(), recvType);
        if (m != null) {
          methods.add(m);
        }
      }
    }
    iface.setElements(methods, embeddeds, embedPos);
    if (methods.isEmpty() && embeddeds.isEmpty()) {
      iface.setTypeSet(TypeSet.TOP);
    } else {
      check.later(() -> TypeSet.compute(check, e.pos(), iface));
    }
    return iface;
  }

  private @Nullable Func method(Expr.Name name, Expr type, Type recvType) {
    Type t = check.typeExprs.typ(type);
    if (!(t instanceof Signature sig)) {
      if (Predicates.isValid(t)) {
        check.errors.errorf(type, Code.INVALID_SYNTAX_TREE, "%s is not a method signature", t);
      }
      return null;
    }
    sig.setRecv(new Var(VarKind.RECV, name.pos(), check.pkg, "", recvType));
    Func m = new Func(name.pos(), check.pkg, name.value(), sig);
    check.recorder.recordDef(name, m);
    return m;
  }

  // Unions.

  /** The type of an embedded element: a type, or a union of terms. */
  private Type unionType(Expr e) {
    List<Expr> unions = new ArrayList<>(0); // the expressions that join terms, innermost first
    List<Expr> termExprs = new ArrayList<>();
    flatten(e, unions, termExprs);
    List<Term> terms = new ArrayList<>();
    Type u = Basic.INVALID;
    boolean tooMany = false;
    for (int i = 0; i < termExprs.size(); i++) {
      Expr x = termExprs.get(i);
      Term term = term(x);
      if (termExprs.size() == 1 && !term.tilde()) {
        return term.type();
      }
      if (terms.size() < MAX_TERMS) {
        terms.add(term);
        u = new Union(terms);
      } else if (!tooMany) {
        tooMany = true;
        check.errors.errorf(
            x,
            Code.INVALID_UNION,
            "cannot handle more than %d union terms (implementation limitation)",
            MAX_TERMS);
        u = Basic.INVALID;
      }
      if (i > 0) {
        check.recorder.recordTypeAndValue(unions.get(i - 1), OperandMode.TYPE_EXPR, u, null);
      }
    }
    if (!tooMany) {
      check.later(() -> verifyTerms(terms, termExprs));
    }
    return u;
  }

  private static void flatten(Expr e, List<Expr> unions, List<Expr> terms) {
    Expr x = e;
    while (x instanceof Expr.BinaryExpr b && b.op() == Operator.OR) {
      unions.add(b);
      terms.add(b.y());
      x = b.x();
    }
    terms.add(x);
    java.util.Collections.reverse(unions);
    java.util.Collections.reverse(terms);
  }

  private Term term(Expr e) {
    Expr x = e;
    boolean tilde = false;
    if (e instanceof Expr.UnaryExpr u && u.op() == Operator.TILDE) {
      x = u.x();
      tilde = true;
    }
    Type t = check.typeExprs.typ(x);
    if (Predicates.isTypeParam(t)) {
      if (tilde) {
        check.errors.errorf(
            x, Code.MISPLACED_TYPE_PARAM, "type in term %s cannot be a type parameter", e);
      } else {
        check.errors.error(x, Code.MISPLACED_TYPE_PARAM, "term cannot be a type parameter");
      }
      t = Basic.INVALID;
    }
    Term term = new Term(tilde, t);
    if (tilde) {
      check.recorder.recordTypeAndValue(e, OperandMode.TYPE_EXPR, new Union(List.of(term)), null);
    }
    return term;
  }

  private void verifyTerms(List<Term> terms, List<Expr> exprs) {
    for (int i = 0; i < terms.size(); i++) {
      Term t = terms.get(i);
      Expr at = exprs.get(i);
      if (!Predicates.isValid(t.type())) {
        continue;
      }
      Type u = t.type().underlying();
      if (t.tilde() && u instanceof Interface) {
        check.errors.errorf(
            at, Code.INVALID_UNION, "invalid use of ~ (%s is an interface)", t.type());
      } else if (t.tilde() && !Predicates.identical(u, t.type())) {
        check.errors.errorf(
            at, Code.INVALID_UNION, "invalid use of ~ (underlying type of %s is %s)", t.type(), u);
      } else if (u instanceof Interface iface) {
        verifyInterfaceTerm(at, t, iface);
      } else {
        Term other = overlapping(terms.subList(0, i), t);
        if (other != null) {
          check.errors.softErrorf(at, Code.INVALID_UNION, "overlapping terms %s and %s", t, other);
        }
      }
    }
  }

  private void verifyInterfaceTerm(Expr at, Term t, Interface iface) {
    TypeSet tset = iface.typeSet();
    if (!tset.methods().isEmpty()) {
      check.errors.errorf(
          at, Code.INVALID_UNION, "cannot use %s in union (%s contains methods)", t, t);
    } else if (t.type() == Universe.COMPARABLE) {
      check.errors.error(at, Code.INVALID_UNION, "cannot use comparable in union");
    } else if (tset.comparable()) {
      check.errors.errorf(
          at, Code.INVALID_UNION, "cannot use %s in union (%s embeds comparable)", t, t);
    }
  }

  private static @Nullable Term overlapping(List<Term> terms, Term y) {
    for (Term x : terms) {
      if (!(x.type().underlying() instanceof Interface) && !x.disjoint(y)) {
        return x;
      }
    }
    return null;
  }
}
