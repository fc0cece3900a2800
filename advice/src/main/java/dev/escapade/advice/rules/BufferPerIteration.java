package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Keeping;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.edit.LoopBody;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Op;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.unit.ConstantInts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A buffer is made on the heap in each round of a loop, though nothing is known to keep it: one
 * made before the loop, and reset in each round, would do. What is stored, sent or returned is
 * kept, and left alone.
 */
final class BufferPerIteration extends SimpleRule {
  BufferPerIteration() {
    super(
        "buffer-per-iteration",
        Question.WHO,
        Severity.WARNING,
        "a buffer is made in each round that could be made once and reset");
  }

  /** One allocation of a size that is not constant replaces one in each round. */
  @Override
  public Set<String> mayLeave() {
    return Set.of("non-constant-make-size");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      Type t = site.isInlined() ? null : Sites.type(site);
      Expr at = t == null ? null : ctx.tree().at(site.pos(), Expr.class);
      Stmt.ForStmt loop = at == null ? null : ctx.tree().loop(at);
      if (at != null
          && t != null
          && loop != null
          && ctx.tree().isRunAgain(at, loop)
          && isBuffer(site, t)
          && !isEmpty(site)
          && !isKeptByCallee(ctx, at)
          && isOfRound(ctx, at, loop)
          && !isMadeOnDemand(ctx, at, loop)) {
        check(ctx, site, at, loop);
      }
    }
    for (Decl.VarDecl d : ctx.tree().all(Decl.VarDecl.class)) {
      Expr.Name name = d.names().getFirst();
      Var v = ctx.types().defined(name);
      Stmt.ForStmt loop = ctx.tree().loop(d);
      if (v != null
          && loop != null
          && ctx.tree().isRunAgain(d, loop)
          && d.names().size() == 1
          && d.values() == null
          && Types.isNamed(v.type(), "bytes", "Buffer")
          && isWrittenAndCopied(ctx, v, loop)) {
        Rewrite rewrite = ctx.rewrite(loop);
        new LoopBody(ctx.tree(), ctx.types(), ctx.extents(), rewrite).hoistBuffer(d, v, loop);
        ctx.report(this, name)
            .because(loop, "it starts empty " + rounds(ctx, d, loop) + " of this loop")
            .cost(
                Cost.UNKNOWN,
                Cost.UNKNOWN,
                "at least 1 allocation of 64 bytes "
                    + rounds(ctx, d, loop)
                    + ", if one writes to it")
            .fix(
                new Fix(
                    "declare it before the loop, and Reset it in each round",
                    "1 buffer for all rounds, as large as the largest needs",
                    "",
                    rewrite.edits()))
            .message("buffer " + v.name() + " grows anew " + rounds(ctx, d, loop));
      }
    }
  }

  /** Its methods are called, some write, and its bytes are copied by who gets them. */
  private static boolean isWrittenAndCopied(RuleContext ctx, Var v, Stmt.ForStmt loop) {
    boolean isWritten = false;
    for (Expr.Name name : Tree.below(loop.body(), Expr.Name.class)) {
      if (ctx.types().info().use(name) != v) {
        continue;
      }
      if (isLentToWriter(ctx, name, loop)) {
        isWritten = true;
        continue;
      }
      if (!(ctx.tree().parent(name) instanceof Expr.SelectorExpr s)
          || !(ctx.tree().parent(s) instanceof Expr.CallExpr call)
          || !Tree.same(call.fun(), s)) {
        return false;
      }
      String method = s.sel().value();
      if (method.equals("Bytes") && isKept(ctx, call)) {
        return false;
      }
      isWritten |= method.startsWith("Write");
    }
    return isWritten;
  }

  /**
   * {@code fmt.Fprint(&b, x)} and {@code json.NewEncoder(&b).Encode(x)}: what is made of it, if
   * anything, goes with the round.
   */
  private static boolean isLentToWriter(RuleContext ctx, Expr.Name name, Stmt.ForStmt loop) {
    if (!(ctx.tree().parent(name) instanceof Expr.UnaryExpr u)
        || u.op() != Operator.AND
        || !(ctx.tree().parent(u) instanceof Expr.CallExpr call)) {
      return false;
    }
    dev.escapade.types.Func f = ctx.types().callee(call);
    if (f == null
        || call.args().isEmpty()
        || !Tree.same(call.args().getFirst(), u)
        || f.signature().params().len() == 0
        || !Types.isNamed(f.signature().params().vars().getFirst().type(), "io", "Writer")) {
      return false;
    }
    return switch (ctx.tree().parent(call)) {
      case Stmt.ExprStmt _, Expr.SelectorExpr _ -> true;
      case Stmt.AssignStmt s ->
          s.op() == Operator.DEF && Tree.same(ctx.tree().loop(s), loop) && !isAnyKept(ctx, s);
      case null, default -> false; // handed on
    };
  }

  private static boolean isAnyKept(RuleContext ctx, Stmt.AssignStmt s) {
    for (Expr target : dev.escapade.syntax.Syntax.unpackList(s.lhs())) {
      Var made = ctx.types().defined(target);
      if (made != null && new Uses(ctx.tree(), ctx.types()).isKept(made, s)) {
        return true;
      }
    }
    return false;
  }

  /** What is known not to keep bytes: conversions, copies, and Write, which must not. */
  private static boolean isKept(RuleContext ctx, Expr.CallExpr bytes) {
    return switch (ctx.tree().parentSkippingParens(bytes)) {
      case Expr.CallExpr call when ctx.types().isConversion(call) -> false;
      case Expr.CallExpr call when ctx.types().builtin(call) != null -> !call.hasDots();
      case Expr.CallExpr call -> {
        dev.escapade.types.Func f = ctx.types().callee(call);
        yield f == null || !f.name().equals("Write");
      }
      case null, default -> true; // may go anywhere
    };
  }

  private static boolean isBuffer(Site site, Type t) {
    return switch (site.kind()) {
      case MAKE_SLICE -> isPlain(((Slice) t.underlying()).elem());
      case NEW -> t.underlying() instanceof dev.escapade.types.Pointer p && isBufferType(p.elem());
      case VARIABLE -> isBufferType(t);
      default -> false; // has content of its own
    };
  }

  /** No memory is taken for no elements. */
  private static boolean isEmpty(Site site) {
    return site.node() instanceof MakeExpr m
        && m.op() == Op.MAKESLICE
        && ConstantInts.isSmall(m.cap != null ? m.cap : m.len)
        && ConstantInts.value(m.cap != null ? m.cap : m.len) == 0;
  }

  /**
   * It is used at once, or a variable of the round has it: what a variable outside has may stay.
   */
  private static boolean isOfRound(RuleContext ctx, Expr at, Stmt.ForStmt loop) {
    Var v = new Uses(ctx.tree(), ctx.types()).variable(at);
    if (v == null) {
      return !(ctx.tree().parentSkippingParens(at) instanceof Stmt.AssignStmt);
    }
    Expr.Name declared = ctx.tree().at(v.pos(), Expr.Name.class);
    return declared != null && ctx.tree().isWithin(declared, loop);
  }

  /** How what a round has left is removed before the next. */
  private static String reset(Site site, Expr at, RuleContext ctx) {
    Type t = Sites.type(site);
    if (site.kind() == Site.Kind.MAKE_SLICE) {
      return at instanceof Expr.CallExpr make
              && make.args().size() > 2
              && ctx.types().intOr(make.args().get(1), -1) == 0
          ? "and begin each round with [:0] of it"
          : "and clear it in each round if that needs zeros";
    }
    Type buffer = t instanceof dev.escapade.types.Pointer p ? p.elem() : t;
    return Types.isNamed(buffer, "bytes", "Buffer")
        ? "and Reset it in each round"
        : "and clear it in each round if that needs zeros";
  }

  /** Elements that a new round does not have to reset one by one. */
  private static boolean isPlain(Type elem) {
    return elem.underlying() instanceof dev.escapade.types.Basic;
  }

  private static boolean isBufferType(Type t) {
    return Types.isNamed(t, "bytes", "Buffer")
        || (t.underlying() instanceof Array a && isPlain(a.elem()));
  }

  /**
   * {@code if len(b) < n { b = make([]byte, n) }}: made only when the one of before will not do.
   */
  private static boolean isMadeOnDemand(RuleContext ctx, Expr at, Stmt.ForStmt loop) {
    if (!(ctx.tree().parentSkippingParens(at) instanceof Stmt.AssignStmt s)
        || s.op() == Operator.DEF
        || Types.singleRight(s) == null) {
      return false;
    }
    String target = ExprPrinter.toString(s.lhs());
    for (Node n = ctx.tree().parent(s);
        n != null && !Tree.same(n, loop);
        n = ctx.tree().parent(n)) {
      if (n instanceof Stmt.IfStmt i
          && Tree.any(
              i.cond(), x -> x instanceof Expr e && ExprPrinter.toString(e).equals(target))) {
        return true;
      }
    }
    return false;
  }

  private void check(RuleContext ctx, Site site, Expr at, Stmt.ForStmt loop) {
    if (!site.onHeap()) {
      if (ctx.sites().isInFrame(site)
          && site.node() instanceof MakeExpr m
          && m.op() == Op.MAKESLICE
          && !ConstantInts.isSmall(m.cap != null ? m.cap : m.len)
          && !isGrownByRound(ctx, at, loop)
          && !isSmall(ctx, at)) {
        report(ctx, site, at, loop, null);
      }
      return;
    }
    Way way = ctx.ways().of(site);
    switch (way.end()) {
      case INTERFACE_CALL, FUNCTION_VALUE -> {
        boolean varies =
            site.node() instanceof MakeExpr m
                && !ConstantInts.isSmall(m.cap != null ? m.cap : m.len)
                && isGrownByRound(ctx, at, loop);
        if (!varies && !new Uses(ctx.tree(), ctx.types()).mayBeKept(at)) {
          report(ctx, site, at, loop, way);
        }
      }
      case SIZE -> report(ctx, site, at, loop, way);
      default -> {} // kept on purpose, or nobody knows
    }
  }

  /** The frame has room for as much as it can be. */
  private static boolean isSmall(RuleContext ctx, Expr at) {
    return at instanceof Expr.CallExpr make
        && ctx.types().underlying(make) instanceof Slice s
        && ctx.ranges().of(make.args().getLast()).high()
            <= ctx.unit().release().allocation().variableMakeBytes()
                / Math.max(1, ctx.types().sizeBytes(s.elem()));
  }

  /** A size that each round computes anew may differ too much. */
  private static boolean isGrownByRound(RuleContext ctx, Expr at, Stmt.ForStmt loop) {
    return at instanceof Expr.CallExpr call
        && !new dev.escapade.advice.code.Loops(ctx.tree(), ctx.types())
            .isStable(call.args().getLast(), loop);
  }

  private void report(RuleContext ctx, Site site, Expr at, Stmt.ForStmt loop, @Nullable Way way) {
    boolean large = way != null && way.end() == Way.End.SIZE;
    Rewrite rewrite = ctx.rewrite(loop);
    if (way == null && at instanceof Expr.CallExpr make) {
      new LoopBody(ctx.tree(), ctx.types(), ctx.extents(), rewrite).hoist(make, loop);
    }
    Var v = new Uses(ctx.tree(), ctx.types()).variable(at);
    boolean replaced = v != null && isReplaced(ctx, v, at, loop);
    String rounds = rounds(ctx, at, loop);
    var report = ctx.report(this, at).because(loop, "made again " + rounds + " of this loop");
    if (way != null) {
      report.because(way.steps());
    }
    report
        .cost(1, bytes(ctx, site.node()), way == null ? "none up to 32 bytes" : "")
        .fix(
            new Fix(
                (isEachRound(ctx, at, loop)
                        ? "make it before the loop, "
                        : "declare it before the loop, make it in the first round that needs it, ")
                    + reset(site, at, ctx)
                    + (replaced
                        ? "; in a variable of its own, as the loop gives this one another value"
                        : ""),
                "1 allocation for all rounds"
                    + (way != null && isEachRound(ctx, at, loop) ? ", and if there are none" : ""),
                way == null || large
                    ? ""
                    : "what a round makes of it must not be kept past the round",
                rewrite.edits()))
        .message(
            RuleContext.text(at)
                + (large
                    ? " is too large for the frame, and allocated " + rounds
                    : way == null
                        ? " has no constant size, and is allocated " + rounds
                        : " is allocated "
                            + rounds
                            + ", because "
                            + way.keeper()
                            + " might keep it"));
  }

  /** {@code b = pack(b)}: the next round does not find the buffer there. */
  private static boolean isReplaced(RuleContext ctx, Var v, Expr at, Stmt.ForStmt loop) {
    for (Stmt.AssignStmt s : Tree.below(loop.body(), Stmt.AssignStmt.class)) {
      for (Expr target : Syntax.unpackList(s.lhs())) {
        if (ctx.types().isUse(target, v) && !ctx.tree().isWithin(at, s) && !isSelf(ctx, s, v)) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@code b = append(b, x)}, {@code b = b[:n]}. */
  private static boolean isSelf(RuleContext ctx, Stmt.AssignStmt s, Var v) {
    Expr value = Types.singleRight(s);
    Expr from =
        switch (value == null ? null : Syntax.unparen(value)) {
          case Expr.CallExpr call when ctx.types().builtin(call) == BuiltinId.APPEND ->
              call.args().getFirst();
          case Expr.SliceExpr x -> x;
          case null, default -> null; // something else
        };
    while (from != null && Syntax.unparen(from) instanceof Expr.SliceExpr x && isAtStart(ctx, x)) {
      from = x.x();
    }
    return from != null && ctx.types().isUse(from, v);
  }

  private static boolean isAtStart(RuleContext ctx, Expr.SliceExpr x) {
    return x.low() == null || ctx.types().intOr(x.low(), -1) == 0;
  }

  private static String rounds(RuleContext ctx, Node at, Stmt.ForStmt loop) {
    return isEachRound(ctx, at, loop) ? "in each round" : "in the rounds that get here";
  }

  /** It is a statement of the loop's body, and nothing before it may end the round. */
  private static boolean isEachRound(RuleContext ctx, Node at, Stmt.ForStmt loop) {
    Stmt s = ctx.tree().listed(at);
    return s != null
        && Tree.same(ctx.tree().parent(s), loop.body())
        && Tree.belowInFunction(loop.body(), Stmt.class).stream()
            .noneMatch(x -> x.pos() < s.pos() && endsRound(ctx, x, loop));
  }

  private static boolean endsRound(RuleContext ctx, Stmt s, Stmt.ForStmt loop) {
    return s instanceof Stmt.ReturnStmt
        || (s instanceof Stmt.BranchStmt b
            && b.kind() != Stmt.BranchKind.FALLTHROUGH
            && (b.label() != null || Tree.same(ctx.tree().loop(b), loop)));
  }

  /** What has the buffer hands it to somebody who keeps it: each round needs its own. */
  private static boolean isKeptByCallee(RuleContext ctx, Expr at) {
    if (isGivenToKeeper(ctx, at)) {
      return true;
    }
    Var v = new Uses(ctx.tree(), ctx.types()).variable(at);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(at));
    return v != null
        && body != null
        && Tree.below(body, Expr.Name.class).stream()
            .anyMatch(n -> ctx.types().info().use(n) == v && isGivenToKeeper(ctx, n));
  }

  /** The value, its address or a part of it is an argument of a call that keeps it. */
  private static boolean isGivenToKeeper(RuleContext ctx, Expr value) {
    Node child = value;
    Node p = ctx.tree().parent(value);
    while (p instanceof Expr.ParenExpr
        || (p instanceof Expr.SliceExpr x && Tree.same(x.x(), child))
        || (p instanceof Expr.UnaryExpr u && u.op() == Operator.AND)) {
      child = p;
      p = ctx.tree().parent(p);
    }
    return p instanceof Expr.CallExpr call
        && !Tree.same(call.fun(), child)
        && !ctx.types().isConversion(call)
        && ctx.types().builtin(call) == null
        && child instanceof Expr arg
        && ctx.keeping().of(call, arg) == Keeping.Verdict.YES;
  }

  private static long bytes(RuleContext ctx, dev.escapade.ir.Node n) {
    if (n instanceof MakeExpr m
        && m.type().underlying() instanceof Slice s
        && ConstantInts.isSmall(m.cap != null ? m.cap : m.len)) {
      return ctx.types().sizeBytes(s.elem()) * ConstantInts.value(m.cap != null ? m.cap : m.len);
    }
    return Cost.UNKNOWN;
  }
}
