package dev.escapade.deadlocals;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.types.Basic;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The pass over one function and the closures in it. */
public final class DeadLocals implements Predicate<Node> {
  /** An assignment that was set aside: of a statement, or at an index of one with several. */
  private record Pending(Node stmt, int index) {
    @Nullable Node value() {
      return stmt instanceof AssignListStmt list ? list.rhs.get(index) : ((AssignStmt) stmt).y;
    }

    void remove() {
      Name blank = new Name(0, 0, new Sym(null, "_"), null, StorageClass.NONE);
      BasicLit zero = new BasicLit(0, 0, Basic.INT, Constant.of(0));
      if (stmt instanceof AssignListStmt list) {
        list.lhs.set(index, blank);
        list.rhs.set(index, zero);
      } else if (stmt instanceof AssignStmt as) {
        as.x = blank;
        as.y = zero;
      }
    }
  }

  /** What was set aside for each variable; empty once the variable is used. */
  private final IdentityHashMap<Name, List<Pending>> pending = new IdentityHashMap<>();

  private DeadLocals() {}

  /** Removes dead assignments in {@code fn}, which captures nothing. */
  public static void remove(Func fn) {
    DeadLocals pass = new DeadLocals();
    fn.doChildren(pass);
    pass.pending.forEach((variable, dead) -> {
      if (!dead.isEmpty()) {
        dead.forEach(Pending::remove);
        variable.defn = null; // may be one of them
      }
    });
  }

  @Override
  public boolean test(Node n) {
    switch (n) {
      case Name name -> use(name.canonical());
      case DclStmt _ -> {}
      case ClosureExpr closure -> {
        visitAll(closure.init());
        visitAll(closure.func.closureVars);
        visitAll(closure.func.body);
      }
      case AssignStmt as -> assign(as.x, as.y, new Pending(as, 0), false);
      case AssignListStmt as when as.op() == Op.AS2 -> assignList(as);
      case ConvExpr conv -> {
        conv.doChildren(this);
        visit(conv.typeWord);
        visit(conv.srcRType);
      }
      case IndexExpr x -> {
        x.doChildren(this);
        visit(x.rtype);
      }
      case CallExpr x -> {
        x.doChildren(this);
        visit(x.rtype);
      }
      case BinaryExpr x -> {
        x.doChildren(this);
        visit(x.rtype);
      }
      case MakeExpr x -> {
        x.doChildren(this);
        visit(x.rtype);
      }
      case CompLitExpr x -> {
        x.doChildren(this);
        visit(x.rtype);
      }
      case RangeStmt range -> {
        range.doChildren(this);
        visit(range.rtype);
        visit(range.keyTypeWord);
        visit(range.keySrcRType);
        visit(range.valueTypeWord);
        visit(range.valueSrcRType);
      }
      default -> n.doChildren(this);
    }
    return false;
  }

  private void visit(@Nullable Node n) {
    if (n != null) {
      test(n);
    }
  }

  private void visitAll(List<? extends Node> list) {
    for (int i = 0; i < list.size(); i++) {
      test(list.get(i));
    }
  }

  private void use(Name n) {
    if (!isLocal(n, false)) {
      return;
    }
    List<Pending> assignments = pending.put(n, List.of());
    if (assignments != null) {
      for (Pending p : assignments) {
        visit(p.value());
      }
    }
  }

  /** Where all targets are blank, the values count as used; else blank ones discard theirs. */
  private void assignList(AssignListStmt n) {
    boolean discards = false;
    for (Node target : n.lhs) {
      discards |= !Ir.isBlank(target);
    }
    for (int i = 0; i < n.lhs.size(); i++) {
      assign(n.lhs.get(i), n.rhs.get(i), new Pending(n, i), discards);
    }
  }

  private void assign(
      @Nullable Node target, @Nullable Node value, Pending assignment, boolean blankDiscards) {
    if (!(target instanceof Name name)) {
      visit(target);
      visit(value);
      return;
    }
    Name n = name.canonical();
    if (isLocal(n, blankDiscards) && !hasEffects(value)) {
      List<Pending> others = pending.get(n);
      if (others == null) {
        others = new ArrayList<>(2);
        pending.put(n, others);
        others.add(assignment);
        return;
      }
      if (!others.isEmpty()) {
        others.add(assignment);
        return;
      }
    }
    visit(value);
  }

  private static boolean isLocal(Name n, boolean blankDiscards) {
    if (n.isBlank()) {
      return blankDiscards;
    }
    return n.storage == StorageClass.AUTO || n.storage == StorageClass.PARAM;
  }

  private static boolean hasEffects(@Nullable Node n) {
    if (n == null) {
      return false;
    }
    if (!n.init().isEmpty()) {
      return true;
    }
    return !(n instanceof Name
        || n instanceof BasicLit
        || n instanceof NilExpr
        || n instanceof ClosureExpr);
  }
}
