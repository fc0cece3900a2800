package dev.escapade.devirtualize;

import dev.escapade.decisions.Decision;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Replaces interface method calls in one package. */
public final class Devirtualizer {
  /** What is known of the type of a value. */
  private sealed interface Known {
    /** Nothing: it may be of several types. */
    record Nothing() implements Known {}

    /** It is nil, or only ever itself. */
    record NoValue() implements Known {}

    /** It is of one type. */
    record OneType(Type type) implements Known {}
  }

  private static final Known NOTHING = new Known.Nothing();
  private static final Known NO_VALUE = new Known.NoValue();

  private final Unit unit;
  private final Assignments assignments = new Assignments();

  /** A devirtualizer that has seen nothing yet. */
  public Devirtualizer(Unit unit) {
    this.unit = unit;
  }

  /** Takes note of an inlined call in {@code fn}. */
  public void inlined(Func fn, CallExpr call, InlinedCallExpr body) {
    assignments.inlined(fn, call, body);
  }

  /** Replaces {@code call} if it is an interface method call whose receiver's type is known. */
  public void devirtualize(CallExpr call) {
    if (call.goDefer
        || call.op() != Op.CALLINTER
        || !(call.fun instanceof SelectorExpr sel)
        || !(typeOf(sel.x, newSeen()) instanceof Known.OneType(Type type))
        || !unit.code().isImplementation(type, Unit.typeOf(sel.x))
        || Shapes.isShape(type)) {
      return;
    }
    if (Shapes.hasShape(type)) {
      refuse(call, Decision.ShapeObstacle.RECEIVER, type);
    } else if (Shapes.hasShape(Unit.typeOf(sel.x))) {
      refuse(call, Decision.ShapeObstacle.INTERFACE, Unit.typeOf(sel.x));
    } else {
      replace(call, sel, type);
    }
  }

  private void refuse(CallExpr call, Decision.ShapeObstacle obstacle, Type type) {
    if (unit.log().isEnabled()) {
      unit.log()
          .add(
              new Decision.CannotDevirtualize(
                  unit.pos(call), unit.text(call), obstacle, unit.text(type)));
    }
  }

  private void replace(CallExpr call, SelectorExpr sel, Type type) {
    TypeAssertExpr receiver = new TypeAssertExpr(call.pos, call.inl, Op.DOTTYPE, type, sel.x);
    receiver.useNilPanic = true; // a nil interface panics as it did
    SelectorExpr method = unit.code().method(sel.pos, sel.inl, receiver, sel.sel);
    boolean partially = method.op() == Op.DOTINTER;
    if (unit.log().isEnabled()) {
      unit.log()
          .add(
              new Decision.Devirtualizing(
                  unit.pos(call), unit.text(sel), unit.text(type), partially));
    }
    unit.code().setCallee(call, method);
  }

  private static Set<Name> newSeen() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private Known typeOf(Node n, Set<Name> seen) {
    Node at = n;
    while (true) {
      Type t = Unit.typeOf(at);
      if (!TypeFacts.isInterface(t)) {
        return new Known.OneType(t);
      }
      Node next =
          switch (at) {
            case ConvExpr c when c.op() == Op.CONVNOP || c.op() == Op.CONVIFACE -> c.x;
            case InlinedCallExpr c -> Ir.singleResult(c);
            case ParenExpr p -> p.x;
            case TypeAssertExpr a -> a.x;
            default -> null;
          };
      if (next == null) {
        return at instanceof Name name ? typeOf(name.canonical(), seen) : NOTHING;
      }
      at = next;
    }
  }

  private Known typeOf(Name n, Set<Name> seen) {
    if (n.storage != StorageClass.AUTO || n.isAddrtaken()) {
      return NOTHING;
    }
    if (!seen.add(n)) {
      return NO_VALUE;
    }
    Type common = null;
    for (Source source : assignments.of(n)) {
      Known known =
          switch (source) {
            case Source.Unknown _ -> NOTHING;
            case Source.OfType s -> new Known.OneType(s.type());
            case Source.Value v -> typeOf(v.node(), seen);
          };
      switch (known) {
        case Known.Nothing _ -> {
          return NOTHING;
        }
        case Known.NoValue _ -> {}
        case Known.OneType(Type t) -> {
          if (common != null && !isSame(common, t)) {
            return NOTHING;
          }
          common = t;
        }
      }
    }
    return common == null ? NO_VALUE : new Known.OneType(common);
  }

  /**
   * Reports whether two types are known to be one. As in the compiler, two type literals are not,
   * however alike they are (cmd/compile/internal/devirtualize: concreteType1, go 1.26); pointers
   * are made once for what they point to, but not while calls are inlined.
   */
  private boolean isSame(Type a, Type b) {
    if (a == b) {
      return true;
    }
    if (a instanceof Pointer p && b instanceof Pointer q) {
      return isSame(p.elem(), q.elem())
          && (!(p.elem().unalias() instanceof Named n) || unit.code().hasOnePointer(n));
    }
    return a.unalias() instanceof Named && Predicates.identical(a, b);
  }
}
