package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Interface;
import dev.escapade.types.Predicates;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What types of values the fields of a package have that nobody else can set: unexported ones of an
 * interface type, whose address is not taken.
 */
public final class FieldTypes {
  private final Types types;
  private final Map<Var, Type> single = new LinkedHashMap<>();
  private final Set<Var> several = new HashSet<>();

  /** The fields of a package. */
  public FieldTypes(Tree tree, Types types) {
    this.types = types;
    for (Expr.CompositeLit literal : tree.all(Expr.CompositeLit.class)) {
      if (types.underlying(literal) instanceof Struct s) {
        literal(literal, s);
      }
    }
    for (Stmt.AssignStmt s : tree.all(Stmt.AssignStmt.class)) {
      for (Expr target : Syntax.unpackList(s.lhs())) {
        set(types.field(target), Types.right(s, target));
      }
    }
    for (Stmt.RangeClause range : tree.all(Stmt.RangeClause.class)) {
      for (Expr target : Syntax.unpackList(range.lhs())) {
        set(types.field(target), null);
      }
    }
    for (Expr.UnaryExpr u : tree.all(Expr.UnaryExpr.class)) {
      if (u.op() == Operator.AND) {
        set(types.field(u.x()), null);
      }
    }
  }

  /** The fields that always have values of one type, or nil, and that type. */
  public Map<Var, Type> single() {
    return single;
  }

  private void literal(Expr.CompositeLit literal, Struct s) {
    List<Expr> elements = literal.elems();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Expr.KeyValueExpr k) {
        if (k.key() instanceof Expr.Name name && types.info().objectOf(name) instanceof Var field) {
          set(field, k.value());
        }
      } else if (i < s.fields().size()) {
        set(s.fields().get(i), elements.get(i));
      }
    }
  }

  private void set(@Nullable Var assigned, @Nullable Expr value) {
    Var field = assigned == null ? null : assigned.origin();
    if (field == null
        || field.exported()
        || field.pkg() != types.pkg()
        || !(field.type().underlying() instanceof Interface)
        || Predicates.isTypeParam(field.type())
        || several.contains(field)
        || (value != null && types.isNil(value))) {
      return;
    }
    Type t = types.of(value);
    Type old = single.get(field);
    if (t == null || Predicates.isInterface(t) || (old != null && !Predicates.identical(old, t))) {
      single.remove(field);
      several.add(field);
    } else {
      single.put(field, t);
    }
  }
}
