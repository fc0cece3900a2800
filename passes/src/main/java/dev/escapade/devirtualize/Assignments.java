package dev.escapade.devirtualize;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.types.Array;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sources of all interface variables in the functions that were asked about so far. */
final class Assignments {
  /** Source {@code index} of {@code variable} is result {@code result} of a call. */
  private record ResultUse(Name variable, int index, int result) {}

  private final IdentityHashMap<Name, List<Source>> sources = new IdentityHashMap<>();
  private final IdentityHashMap<CallExpr, List<ResultUse>> resultUses = new IdentityHashMap<>();
  private final Set<Func> analyzed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Predicate<Node> visitor = this::visit;

  /** All sources of a local interface variable. */
  List<Source> of(Name n) {
    Func fn = n.curfn;
    if (fn != null && analyzed.add(fn)) {
      fn.doChildren(visitor);
    }
    return sources.getOrDefault(n, List.of());
  }

  /** Takes the body into account that replaced {@code call} in {@code fn}. */
  void inlined(Func fn, CallExpr call, InlinedCallExpr body) {
    if (!analyzed.contains(fn)) {
      return;
    }
    all(body.init());
    all(body.body);
    List<ResultUse> uses = resultUses.remove(call);
    if (uses != null) {
      for (ResultUse use : uses) {
        sources
            .getOrDefault(use.variable, List.of())
            .set(use.index, new Source.Value(body.returnVars.get(use.result)));
      }
    }
  }

  private void all(List<Node> list) {
    for (Node n : list) {
      visit(n);
    }
  }

  private boolean visit(Node n) {
    switch (n) {
      case AssignStmt s -> assign(s);
      case AssignListStmt s -> assignList(s);
      case RangeStmt s -> range(s);
      case SwitchStmt s when s.tag instanceof TypeSwitchGuard guard -> {
        for (CaseClause c : s.cases) {
          add(c.var, new Source.Value(guard.x));
        }
      }
      case ClosureExpr c -> {
        if (analyzed.add(c.func)) {
          c.func.doChildren(visitor);
        }
      }
      default -> {}
    }
    return n.doChildren(visitor);
  }

  private void assign(AssignStmt s) {
    if (s.x == null || s.y == null) {
      return;
    }
    Node value = unparen(s.y);
    if (value instanceof CallExpr call && call.fun != null) {
      addResult(s.x, call, 0);
    } else {
      add(s.x, new Source.Value(value));
    }
  }

  private void assignList(AssignListStmt s) {
    switch (s.op()) {
      case AS2 -> {
        for (int i = 0; i < s.lhs.size(); i++) {
          add(s.lhs.get(i), new Source.Value(s.rhs.get(i)));
        }
      }
      case AS2DOTTYPE -> add(s.lhs.get(0), new Source.Value(s.rhs.get(0)));
      case AS2MAPR, AS2RECV, SELRECV2 -> add(s.lhs.get(0), ofType(commaOkType(s.rhs.get(0))));
      case AS2FUNC -> results(s);
      default -> {}
    }
  }

  /** The type of the value in {@code v, ok = x}. */
  private static Type commaOkType(Node x) {
    Type t = Unit.typeOf(x);
    return t instanceof Tuple tuple && tuple.len() > 0 ? tuple.at(0).type() : t;
  }

  private void results(AssignListStmt s) {
    Node value = unparen(s.rhs.get(0));
    for (int i = 0; i < s.lhs.size(); i++) {
      switch (value) {
        case CallExpr call -> addResult(s.lhs.get(i), call, i);
        case InlinedCallExpr call -> add(s.lhs.get(i), new Source.Value(call.returnVars.get(i)));
        default -> {}
      }
    }
  }

  private static Node unparen(Node n) {
    Node x = n;
    while (x instanceof ParenExpr p) {
      x = p.x;
    }
    return x;
  }

  private void range(RangeStmt s) {
    Type t = Unit.typeOf(s.x).underlying();
    if (t instanceof Pointer p) {
      t = p.elem().underlying();
    }
    switch (t) {
      case Array a -> add(s.value, ofType(a.elem()));
      case Slice slice -> add(s.value, ofType(slice.elem()));
      case Chan c -> add(s.key, ofType(c.elem()));
      case MapType m -> {
        add(s.key, ofType(m.key()));
        add(s.value, ofType(m.elem()));
      }
      default -> {}
    }
  }

  private static Source ofType(Type t) {
    return TypeFacts.isInterface(t) ? Source.UNKNOWN : new Source.OfType(t);
  }

  private void addResult(Node target, CallExpr call, int result) {
    if (call.fun == null) {
      return;
    }
    Type t = ((Signature) Unit.typeOf(call.fun).underlying()).results().at(result).type();
    Source source = ofType(t);
    Name n = add(target, source);
    if (n != null && source instanceof Source.Unknown) {
      int index = sources.getOrDefault(n, List.of()).size() - 1;
      resultUses
          .computeIfAbsent(call, _ -> new ArrayList<>(1))
          .add(new ResultUse(n, index, result));
    }
  }

  /** Adds a source of what {@code target} is part of, if that is a local interface variable. */
  private @Nullable Name add(@Nullable Node target, Source source) {
    if (!(target instanceof Name use)
        || use.isBlank()
        || use.curfn == null
        || !TypeFacts.isInterface(use.type())) {
      return null;
    }
    Name n = use.canonical();
    if (n.storage != StorageClass.AUTO || isNil(source)) {
      return null;
    }
    sources.computeIfAbsent(n, _ -> new ArrayList<>(2)).add(source);
    return n;
  }

  private static boolean isNil(Source source) {
    return source instanceof Source.Value value && value.node() instanceof NilExpr;
  }
}
