package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Predicates;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a variable, parameter, field or result of an interface type could have the one type of
 * which its values are, as far as this package goes: it gets nothing else here, not nil either, and
 * nothing is done with it but to call its methods. Other packages may still have a say.
 */
public final class Narrowing {
  private final Tree tree;
  private final Types types;
  private final Calls calls;
  private final Visibility visibility;
  private final Map<Var, List<Expr.Name>> uses = new HashMap<>();
  private final Set<Var> positional = new HashSet<>();

  /** The variables of a package. */
  public Narrowing(Tree tree, Types types, Calls calls, Visibility visibility) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
    this.visibility = visibility;
    for (Expr.Name name : tree.all(Expr.Name.class)) {
      if (types.info().use(name) instanceof Var v) {
        uses.computeIfAbsent(v.origin(), _ -> new ArrayList<>()).add(name);
      }
    }
    for (Expr.CompositeLit literal : tree.all(Expr.CompositeLit.class)) {
      if (literal.keyCount() == 0
          && !literal.elems().isEmpty()
          && types.underlying(literal) instanceof Struct s) {
        s.fields().forEach(f -> positional.add(f.origin()));
      }
    }
  }

  /** The variable, parameter or field that a value is put in as it is, or null. */
  public @Nullable Var target(Expr value) {
    return switch (tree.parentSkippingParens(value)) {
      case Stmt.AssignStmt s
          when Types.singleRight(s) != null && !tree.isWithin(value, s.lhs()) -> {
        Var field = types.field(s.lhs());
        yield field != null ? field : types.variable(s.lhs());
      }
      case Expr.KeyValueExpr k when Tree.same(Syntax.unparen(k.value()), value) -> {
        Var v = types.variable(k.key());
        yield v != null && v.isField() ? v : null;
      }
      case Decl.VarDecl d when d.names().size() == 1 -> types.defined(d.names().getFirst());
      case Expr.CallExpr call -> parameter(call, value);
      case null, default -> null; // an element, or what has no name
    };
  }

  private @Nullable Var parameter(Expr.CallExpr call, Expr value) {
    Func f = types.builtin(call) == null ? types.callee(call) : null;
    Decl.FuncDecl d = f == null ? null : calls.declaration(f);
    if (f == null || d == null || f.signature().variadic()) {
      return null;
    }
    for (int i = 0; i < call.args().size(); i++) {
      if (Tree.same(Syntax.unparen(call.args().get(i)), value)) {
        List<Var> params = f.origin().signature().params().vars();
        return params.size() == call.args().size() ? params.get(i) : null;
      }
    }
    return null;
  }

  /** Reports whether a variable could be declared with the type of its values. */
  public boolean couldBe(@Nullable Var declared, Type concrete) {
    Var v = declared == null ? null : declared.origin();
    if (v == null
        || v.pkg() != types.pkg()
        || v.embedded()
        || !types.isNameable(concrete)
        || positional.contains(v)
        || !(switch (v.kind()) {
          case PARAM -> isParameterOf(v, concrete);
          case LOCAL, PACKAGE -> isDeclaredFor(v, concrete);
          case FIELD -> true;
          case RECV, RESULT -> false;
        })) {
      return false;
    }
    return hasOnly(v, concrete);
  }

  private boolean hasOnly(Var v, @Nullable Type concrete) {
    for (Expr.Name name : uses.getOrDefault(v, List.of())) {
      if (!isMethodCall(whole(name)) && (concrete == null || !sets(name, concrete))) {
        return false;
      }
    }
    return true;
  }

  /** {@code x.f} for the name of a field that is selected. */
  private Expr whole(Expr.Name name) {
    return tree.parent(name) instanceof Expr.SelectorExpr s && Tree.same(s.sel(), name) ? s : name;
  }

  private boolean isMethodCall(Expr e) {
    return tree.parentSkippingParens(e) instanceof Expr.SelectorExpr s
        && Tree.same(Syntax.unparen(s.x()), e)
        && tree.parentSkippingParens(s) instanceof Expr.CallExpr call
        && Tree.same(Syntax.unparen(call.fun()), s)
        && types.function(s) != null;
  }

  private boolean sets(Expr.Name name, Type concrete) {
    Expr e = whole(name);
    Node p = tree.parentSkippingParens(e);
    Node statement = p instanceof Expr.ListExpr list ? tree.parent(list) : p;
    if (p instanceof Expr.KeyValueExpr k) {
      return Tree.same(k.key(), name) && isOf(k.value(), concrete);
    }
    return statement instanceof Stmt.AssignStmt s
        && tree.isWithin(e, s.lhs())
        && isOf(Types.right(s, e), concrete);
  }

  private boolean isOf(@Nullable Expr value, Type concrete) {
    Type t = types.of(value);
    return t != null && Predicates.identical(t, concrete);
  }

  private boolean isDeclaredFor(Var v, Type concrete) {
    Expr.Name name = tree.at(v.pos(), Expr.Name.class);
    return name != null
        && tree.parent(name) instanceof Decl.VarDecl d
        && d.names().size() == 1
        && (d.values() == null || isOf(d.values(), concrete));
  }

  /** All calls here pass such a value, and nothing here but these calls needs the type. */
  private boolean isParameterOf(Var v, Type concrete) {
    Expr.Name name = tree.at(v.pos(), Expr.Name.class);
    Decl.FuncDecl d = name == null ? null : tree.declaration(name);
    Func f = d == null ? null : calls.function(d);
    if (name == null || d == null || f == null || visibility.isAskedFor(d, f)) {
      return false;
    }
    int index = indexOf(d.type().params(), name);
    for (Expr.CallExpr call : calls.of(f)) {
      if (call.args().size() != d.type().params().size()
          || index < 0
          || !isOf(call.args().get(index), concrete)) {
        return false;
      }
    }
    return index >= 0;
  }

  private static int indexOf(List<Field> fields, Expr.Name name) {
    for (int i = 0; i < fields.size(); i++) {
      if (Tree.same(fields.get(i).name(), name)) {
        return i;
      }
    }
    return -1;
  }

  /** Reports whether the callers here do nothing with a result but to call its methods. */
  public boolean couldReturn(Func f, int index) {
    for (Expr.CallExpr call : calls.of(f)) {
      if (!isMethodCall(call) && !isDropped(call, index)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDropped(Expr.CallExpr call, int index) {
    return switch (tree.parentSkippingParens(call)) {
      case Stmt.ExprStmt _ -> true;
      case Stmt.AssignStmt s -> {
        List<Expr> targets = Syntax.unpackList(s.lhs());
        if (index >= targets.size() || s.rhs() == null || s.rhs() instanceof Expr.ListExpr) {
          yield false;
        }
        Expr target = Syntax.unparen(targets.get(index));
        Var v = types.defined(target);
        yield (target instanceof Expr.Name n && n.value().equals("_"))
            || (v != null && v.kind() == VarKind.LOCAL && hasOnly(v, null));
      }
      case null, default -> false; // handed on
    };
  }
}
