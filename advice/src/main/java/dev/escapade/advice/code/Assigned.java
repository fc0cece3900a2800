package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Struct;
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
 * What the variables and fields of a package are given by their names, where nothing else can give
 * them a value: no address is taken of them.
 */
final class Assigned {
  /**
   * A value.
   *
   * @param first it is given where the variable is declared
   */
  record Value(Expr expr, boolean first) {}

  private final Types types;
  private final Map<Var, List<Value>> values = new HashMap<>();
  private final Map<Var, List<Stmt.AssignStmt>> changes = new HashMap<>();
  private final Set<Var> open = new HashSet<>();

  Assigned(Tree tree, Types types) {
    this.types = types;
    tree.all(Stmt.AssignStmt.class).forEach(this::assignment);
    tree.all(Decl.VarDecl.class).forEach(this::declaration);
    tree.all(Expr.CompositeLit.class).forEach(this::literal);
    for (Stmt.RangeClause range : tree.all(Stmt.RangeClause.class)) {
      Syntax.unpackList(range.lhs()).forEach(this::open);
    }
    for (Expr.UnaryExpr u : tree.all(Expr.UnaryExpr.class)) {
      if (u.op() == Operator.AND) {
        open(u.x());
      }
    }
  }

  /** All that a variable or field is given besides its zero value; null if that is not known. */
  @Nullable List<Value> values(Var v) {
    return changes(v).isEmpty() ? given(v) : null;
  }

  /** The same, but for what {@link #changes} make of it. */
  @Nullable List<Value> given(Var v) {
    List<Value> list = values.get(v.origin());
    if (open.contains(v.origin())) {
      return null;
    }
    return list == null && v.kind() == VarKind.PARAM ? List.of() : list;
  }

  /**
   * Where something is added to a variable or field, or it is changed otherwise: {@code v |= x}.
   */
  List<Stmt.AssignStmt> changes(Var v) {
    return changes.getOrDefault(v.origin(), List.of());
  }

  private @Nullable Var target(Expr e) {
    Var field = types.field(e);
    return field != null ? field : types.variable(e);
  }

  private void open(Expr e) {
    Var v = target(e);
    if (v != null) {
      open.add(v.origin());
    }
  }

  private void assignment(Stmt.AssignStmt s) {
    for (Expr target : Syntax.unpackList(s.lhs())) {
      boolean isChange = s.op() != null && s.op() != Operator.DEF;
      Expr value = isChange ? null : Types.right(s, target);
      Var changed = isChange ? target(target) : null;
      if (changed != null) {
        changes.computeIfAbsent(changed.origin(), _ -> new ArrayList<>()).add(s);
      } else if (value == null) {
        open(target);
      } else {
        add(target(target), value, types.defined(target) != null);
      }
    }
  }

  private void declaration(Decl.VarDecl d) {
    List<Expr> list = d.values() == null ? List.of() : Syntax.unpackList(d.values());
    for (int i = 0; i < d.names().size(); i++) {
      Expr.Name name = d.names().get(i);
      Var v = types.defined(name);
      if (v != null && list.isEmpty()) {
        values.computeIfAbsent(v.origin(), _ -> new ArrayList<>());
      } else if (list.size() == d.names().size()) {
        add(v, list.get(i), true);
      } else {
        open(name);
      }
    }
  }

  private void literal(Expr.CompositeLit literal) {
    if (!(types.underlying(literal) instanceof Struct s)) {
      return;
    }
    List<Expr> elements = literal.elems();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Expr.KeyValueExpr k) {
        if (k.key() instanceof Expr.Name name && types.info().objectOf(name) instanceof Var field) {
          add(field, k.value(), false);
        }
      } else if (i < s.fields().size()) {
        add(s.fields().get(i), elements.get(i), false);
      }
    }
  }

  private void add(@Nullable Var v, Expr value, boolean first) {
    if (v != null) {
      values.computeIfAbsent(v.origin(), _ -> new ArrayList<>()).add(new Value(value, first));
    }
  }
}
