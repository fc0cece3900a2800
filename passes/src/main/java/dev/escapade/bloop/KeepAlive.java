package dev.escapade.bloop;

import dev.escapade.decisions.Decision;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds calls of runtime.KeepAlive after statements of one function. */
final class KeepAlive {
  private final Unit unit;
  private final Func fn;

  KeepAlive(Unit unit, Func fn) {
    this.unit = unit;
    this.fn = fn;
  }

  /** {@code stmt}, or a block that begins with it and keeps its values alive. */
  Node after(Node stmt) {
    return switch (stmt) {
      case AssignStmt s -> assign(s);
      case AssignListStmt s -> assignList(s);
      case AssignOpStmt s -> withTarget(s, s.x);
      case CallExpr s when s.fun != null && hasResults(s.fun) -> results(s);
      case CallExpr s -> arguments(s);
      default -> stmt;
    };
  }

  private static boolean hasResults(Node fun) {
    return signature(fun).results().len() != 0;
  }

  private static Signature signature(Node fun) {
    return (Signature) Unit.typeOf(fun).underlying();
  }

  private Node assign(AssignStmt s) {
    if (Ir.isBlank(s.x) && s.y != null) {
      s.x = newVariable(s, Unit.typeOf(s.y));
      s.def = true;
    }
    return withTarget(s, s.x);
  }

  /** A new variable that {@code stmt} declares. */
  private Name newVariable(Node stmt, Type type) {
    Name variable = unit.newTemp(stmt.pos, stmt.inl, fn, type);
    List<Node> init = new ArrayList<>(stmt.init());
    init.add(new DclStmt(stmt.pos, stmt.inl, variable));
    stmt.setInit(init);
    return variable;
  }

  private Node withTarget(Node stmt, @Nullable Node target) {
    List<Name> names = new ArrayList<>(1);
    addTarget(stmt, target, names);
    return with(stmt, names);
  }

  private void addTarget(Node stmt, @Nullable Node target, List<Name> names) {
    Name name = variableOf(target);
    if (name != null) {
      reportName(stmt, name);
      names.add(name);
    } else if (target instanceof StarExpr) {
      report(stmt, "dereference", true);
    } else {
      report(stmt, "expr is unknown to bloop pass", false);
    }
  }

  private Node assignList(AssignListStmt s) {
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < s.lhs.size(); i++) {
      if (Ir.isBlank(s.lhs.get(i))) {
        Type t = typeOfResult(s, i);
        if (t == null) {
          report(s, "unrecognized shape for assign list stmt for blank assignment", false);
          continue;
        }
        s.lhs.set(i, newVariable(s, t));
        s.def = true;
      }
      addTarget(s, s.lhs.get(i), names);
    }
    return with(s, names);
  }

  private static @Nullable Type typeOfResult(AssignListStmt s, int i) {
    Type first = ((ExprNode) s.rhs.get(0)).typeOrNull();
    if (s.rhs.size() == 1 && first instanceof Tuple tuple && tuple.len() == s.lhs.size()) {
      return tuple.at(i).type();
    }
    return s.rhs.size() == s.lhs.size() ? Unit.typeOf(s.rhs.get(i)) : null;
  }

  /** Stores the results of a call, which nobody uses, in variables. */
  private Node results(CallExpr call) {
    Tuple results = fun(call).results();
    List<Node> targets = new ArrayList<>();
    List<Name> names = new ArrayList<>();
    AssignListStmt store =
        new AssignListStmt(
            call.pos, call.inl, results.len() > 1 ? Op.AS2FUNC : Op.AS2, targets, Ir.list(call));
    store.def = true;
    for (int i = 0; i < results.len(); i++) {
      Name variable = newVariable(store, results.at(i).type());
      targets.add(variable);
      names.add(variable);
    }
    report(call, results.len() > 1 ? "function results" : "function result", true);
    return with(store, names);
  }

  private static Signature fun(CallExpr call) {
    if (call.fun == null) {
      throw new IllegalArgumentException("no function: " + call.op().name());
    }
    return signature(call.fun);
  }

  /** Keeps the arguments of a call without results alive. */
  private Node arguments(CallExpr call) {
    List<Name> names = new ArrayList<>();
    List<Node> stores = new ArrayList<>();
    for (int i = 0; i < call.args.size(); i++) {
      Node arg = call.args.get(i);
      if (variableOf(arg) == null && arg instanceof CompLitExpr list && list.op() == Op.SLICELIT) {
        variadicArguments(call, list, names, stores);
      } else {
        call.args.set(i, argument(call, arg, call, names, stores));
      }
    }
    Node stmt = call;
    if (!stores.isEmpty()) {
      stores.add(call);
      stmt = new BlockStmt(call.pos, call.inl, stores);
    }
    return with(stmt, names);
  }

  private void variadicArguments(
      CallExpr call, CompLitExpr list, List<Name> names, List<Node> stores) {
    List<Name> named = new ArrayList<>();
    for (int i = 0; i < list.list.size(); i++) {
      Node arg = list.list.get(i);
      boolean isVariable = variableOf(arg) != null;
      list.list.set(i, argument(call, arg, arg, isVariable ? named : names, stores));
    }
    names.addAll(named);
  }

  /** {@code arg} itself if it is kept alive as it is, or a variable that it is stored in. */
  private Node argument(CallExpr call, Node arg, Node place, List<Name> names, List<Node> stores) {
    Name name = variableOf(arg);
    if (name != null) {
      reportName(call, name);
      names.add(name);
      return arg;
    }
    AssignStmt store = new AssignStmt(place.pos, place.inl, null, arg);
    Name variable = newVariable(store, Unit.typeOf(arg));
    store.x = variable;
    store.def = true;
    stores.add(store);
    names.add(variable);
    report(call, "function arg", true);
    return variable;
  }

  /** The variable that {@code n} is or is part of, if its address can be taken. */
  private static @Nullable Name variableOf(@Nullable Node n) {
    Node at = n;
    while (at != null && !(at instanceof Name)) {
      at =
          switch (at) {
            case SliceExpr s when s.op() == Op.SLICE || s.op() == Op.SLICE3 -> s.x;
            case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> s.x;
            case ConvExpr c
                when c.op() == Op.CONV || c.op() == Op.CONVIFACE || c.op() == Op.CONVNOP ->
                c.x;
            case AddrExpr a when a.op() == Op.ADDR -> a.x;
            case IndexExpr i -> i.x;
            default -> null;
          };
    }
    return at instanceof Name name && Ir.isAddressable(name) ? name : null;
  }

  /** A block of {@code stmt} and a call for each of {@code names}. */
  private Node with(Node stmt, List<Name> names) {
    if (names.isEmpty()) {
      return stmt;
    }
    List<Node> list = Ir.list(stmt);
    for (Name name : names) {
      if (!name.isBlank()) {
        list.add(call(stmt, name));
      }
    }
    return new BlockStmt(stmt.pos, stmt.inl, list);
  }

  private Node call(Node stmt, Name name) {
    ExprNode address = Ir.addr(stmt.pos, stmt.inl, name);
    ExprNode pointer = new ConvExpr(stmt.pos, stmt.inl, Op.CONVNOP, Basic.UNSAFE_POINTER, address);
    CallExpr call = unit.code().keepAliveCall(stmt.pos, stmt.inl, pointer);
    call.isCompilerVarLive = true;
    call.noInline = true;
    return call;
  }

  private void reportName(Node stmt, Name name) {
    report(stmt, unit.linkName(name.sym), true);
  }

  private void report(Node stmt, String what, boolean known) {
    if (unit.log().isDetailed()) {
      unit.log().add(new Decision.KeptAlive(unit.pos(stmt), what, known));
    }
  }
}
