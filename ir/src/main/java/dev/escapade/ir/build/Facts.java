package dev.escapade.ir.build;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.types.Info;
import dev.escapade.types.Instance;
import dev.escapade.types.Obj;
import dev.escapade.types.OperandMode;
import dev.escapade.types.PkgName;
import dev.escapade.types.Selection;
import dev.escapade.types.Type;
import dev.escapade.types.TypeAndValue;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the expressions of a package: what the checker recorded, and the same for
 * expressions that rewriting has made, whose id is negative.
 */
final class Facts {
  /** The id of expressions that were not parsed. */
  static final int SYNTHETIC = -1;

  private final Info info;
  private final IdentityHashMap<Expr, TypeAndValue> types = new IdentityHashMap<>();
  private final IdentityHashMap<Expr.Name, Obj> uses = new IdentityHashMap<>();
  private final IdentityHashMap<Expr.Name, Obj> defs = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Obj> implicits = new IdentityHashMap<>();

  Facts(Info info) {
    this.info = info;
  }

  Info info() {
    return info;
  }

  /**
   * The type of an expression; of the name of an instantiated function that of the instance.
   *
   * @throws NullPointerException if there is none
   */
  Type typeOf(Expr e) {
    return Objects.requireNonNull(typeOrNull(e));
  }

  @Nullable Type typeOrNull(Expr e) {
    if (e.id() < 0) {
      TypeAndValue tv = types.get(e);
      return tv == null ? null : tv.type();
    }
    if (e instanceof Expr.Name name) {
      Instance inst = info.instance(name);
      if (inst != null) {
        return inst.type();
      }
    }
    return info.typeOf(e);
  }

  OperandMode mode(Expr e) {
    if (e.id() < 0) {
      TypeAndValue tv = types.get(e);
      return tv == null ? OperandMode.INVALID : tv.mode();
    }
    return info.mode(e);
  }

  @Nullable Constant value(Expr e) {
    if (e.id() < 0) {
      TypeAndValue tv = types.get(e);
      return tv == null ? null : tv.value();
    }
    return info.value(e);
  }

  @Nullable Obj use(Expr.Name name) {
    return name.id() < 0 ? uses.get(name) : info.use(name);
  }

  /** The (perhaps qualified or instantiated) name by which an expression refers to an object. */
  Expr.@Nullable Name reference(Expr e0) {
    Expr e = e0;
    if (e instanceof Expr.IndexExpr x) {
      Expr arg = Stmts.unpack(x.index()).get(0);
      if (!isType(arg)) {
        return null;
      }
      e = x.x();
    }
    if (e instanceof Expr.SelectorExpr s) {
      boolean qualified = s.x() instanceof Expr.Name p && use(p) instanceof PkgName;
      return qualified ? s.sel() : null;
    }
    return e instanceof Expr.Name name ? name : null;
  }

  /** The type that is assigned to, or null for the blank identifier. */
  @Nullable Type assigneeType(Expr e0) {
    Expr e = Exprs.unparen(e0);
    if (e instanceof Expr.Name name) {
      if (name.isBlank()) {
        return null;
      }
      if (def(name) instanceof Var v) {
        return v.type();
      }
      if (use(name) instanceof Var v) {
        return v.type();
      }
    }
    return typeOf(e);
  }

  @Nullable Obj def(Expr.Name name) {
    return name.id() < 0 ? defs.get(name) : info.def(name);
  }

  @Nullable Selection selection(Expr.SelectorExpr e) {
    return e.id() < 0 ? null : info.selection(e);
  }

  @Nullable Instance instance(Expr.Name name) {
    return name.id() < 0 ? null : info.instance(name);
  }

  @Nullable Obj implicit(Node node) {
    Obj obj = info.implicit(node);
    return obj != null ? obj : implicits.get(node);
  }

  // For rewriting, before the package is used.

  <E extends Expr> E record(E e, OperandMode mode, Type type, @Nullable Constant value) {
    types.put(e, new TypeAndValue(mode, type, value));
    return e;
  }

  void recordUse(Expr.Name name, Obj obj) {
    uses.put(name, obj);
  }

  void recordDef(Expr.Name name, Obj obj) {
    defs.put(name, obj);
  }

  void recordImplicit(Node node, Obj obj) {
    implicits.put(node, obj);
  }

  /** Reports whether {@code e} is a type. */
  boolean isType(Expr e) {
    return mode(e) == OperandMode.TYPE_EXPR;
  }

  boolean isBuiltin(Expr e) {
    return mode(e) == OperandMode.BUILTIN;
  }

  /** Reports whether {@code e} is the predeclared nil. */
  boolean isNil(Expr e) {
    return mode(e) == OperandMode.NIL_VALUE;
  }
}
