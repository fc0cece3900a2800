package dev.escapade.loopvar;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.Sym;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.constant.Constant;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a loop with three clauses, {@code for z := a; cond; post { body }}, to
 *
 * <pre>{@code
 * for z', first := a, true; ; {
 *   z := z'
 *   if first { first = false } else { post }
 *   if !cond { break }
 *   body            // with "continue" as "goto next"
 *   next:
 *   z' = z
 * }
 * }</pre>
 */
final class ForRewriter {
  private final Unit unit;
  private final Func fn;
  private final ForStmt loop;
  private final Sym next;
  private final IdentityHashMap<Name, Name> shared = new IdentityHashMap<>();

  /** A rewriter of {@code loop}, the {@code number}-th that is rewritten in {@code fn}. */
  ForRewriter(Unit unit, Func fn, ForStmt loop, int number) {
    this.unit = unit;
    this.fn = fn;
    this.loop = loop;
    next = new Sym(fn.sym().pkg(), ".3clNext_" + number);
  }

  void rewrite(List<Name> leaked, Map<Name, AssignStmt> declaredBy) {
    List<Node> body = new ArrayList<>();
    List<Node> after = new ArrayList<>();
    for (Name z : leaked) {
      Name carried = unit.newTemp(fn.pos, 0, fn, z.type());
      shared.put(z, carried);
      AssignStmt declare = assign(z, carried);
      declare.def = true;
      z.defn = declare;
      declaredBy.put(z, declare);
      body.add(declare);
      after.add(assign(carried, z));
    }
    redirectContinues();
    redirectInit();
    List<Node> init = new ArrayList<>(loop.init());
    if (loop.post != null) {
      addPost(loop.post, body, init);
    }
    if (loop.cond != null) {
      addExit(loop.cond, body);
    }
    loop.setInit(init);
    body.addAll(loop.body);
    body.add(new LabelStmt(loop.pos, loop.inl, next));
    body.addAll(after);
    loop.body = body;
    loop.cond = null;
    loop.post = null;
  }

  private AssignStmt assign(Node x, Node y) {
    return new AssignStmt(loop.pos, loop.inl, x, y);
  }

  private void addPost(Node post, List<Node> body, List<Node> init) {
    Name first = unit.newTemp(fn.pos, 0, fn, Basic.BOOL);
    init.add(assign(first, bool(true)));
    List<Node> isFirst = new ArrayList<>(List.of(assign(first, bool(false))));
    List<Node> others = new ArrayList<>(List.of(post));
    IfStmt step = new IfStmt(loop.pos, loop.inl, first, isFirst, others);
    step.setInit(new ArrayList<>(List.of(new DclStmt(fn.pos, 0, first))));
    body.add(step);
  }

  private BasicLit bool(boolean value) {
    return new BasicLit(fn.pos, 0, Basic.UNTYPED_BOOL, Constant.of(value));
  }

  private void addExit(Node cond, List<Node> body) {
    ExprNode not = new UnaryExpr(cond.pos, cond.inl, Op.NOT, ((ExprNode) cond).typeOrNull(), cond);
    BranchStmt exit = new BranchStmt(loop.pos, loop.inl, Op.BREAK, null);
    body.add(
        new IfStmt(loop.pos, loop.inl, not, new ArrayList<>(List.of(exit)), new ArrayList<>()));
  }

  /** The initialization now sets the shared variables. */
  private void redirectInit() {
    for (Node s : loop.init()) {
      switch (s) {
        case AssignStmt as when as.def -> as.x = sharedOfNullable(as.x);
        case AssignListStmt as when as.def -> as.lhs.replaceAll(this::sharedOf);
        default -> {}
      }
    }
  }

  private @Nullable Node sharedOfNullable(@Nullable Node n) {
    return n == null ? null : sharedOf(n);
  }

  private Node sharedOf(Node n) {
    return n instanceof Name z ? Objects.requireNonNullElse(shared.get(z), z) : n;
  }

  private void redirectContinues() {
    ContinueEditor editor = new ContinueEditor(loop.label);
    for (Node n : loop.body) {
      editor.test(n);
    }
  }

  /** Turns what continues this loop into jumps to its end. */
  private final class ContinueEditor implements Predicate<Node> {
    private final @Nullable Sym label;
    private int depth;

    ContinueEditor(@Nullable Sym label) {
      this.label = label;
    }

    @Override
    public boolean test(Node n) {
      if (n instanceof BranchStmt branch && branch.op() == Op.CONTINUE && continuesLoop(branch)) {
        branch.label = next;
        branch.setOp(Op.GOTO);
      }
      boolean nested = n instanceof ForStmt || n instanceof RangeStmt;
      depth += nested ? 1 : 0;
      n.doChildren(this);
      depth -= nested ? 1 : 0;
      return false;
    }

    private boolean continuesLoop(BranchStmt branch) {
      return branch.label == null ? depth == 0 : branch.label.equals(label);
    }
  }
}
