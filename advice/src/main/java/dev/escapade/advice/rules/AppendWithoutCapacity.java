package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A slice is made empty, and a loop that follows appends to it at most once per round, though the
 * number of rounds is known before.
 */
final class AppendWithoutCapacity implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "append-without-capacity",
          "a slice grows by append in a loop whose length is known",
          Question.HOW_MANY,
          Severity.INFO);

  /** A slice of that few elements is made in one or two steps. */
  static final int SMALL = 4;

  /** Where the count is known that is not known at the declaration. */
  static final String BEFORE = "just before the loop: ";

  /** When room for all rounds is worth its memory. */
  static final String MOST = ", if most rounds append something";

  static final String LEFT_OUT =
      "room is taken for elements that are left out, even if all of them are";

  /**
   * How a slice is declared.
   *
   * @param at what is reported
   * @param after the statements in which its loop is looked for
   */
  private record Declaration(
      Var slice, Node at, List<Stmt> after, @Nullable Expr value, @Nullable Expr type) {}

  /** The only append of a loop. */
  private record Growth(Stmt.AssignStmt stmt, int elements) {}

  @Override
  public RuleInfo info() {
    return INFO;
  }

  /** One allocation of a size that is not constant replaces several that grow. */
  @Override
  public Set<String> mayLeave() {
    return Set.of("non-constant-make-size");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr value = Types.singleRight(s);
      Var v = s.op() == Operator.DEF && value != null ? ctx.types().defined(s.lhs()) : null;
      if (v != null && value != null && isEmpty(ctx, value)) {
        check(ctx, new Declaration(v, s, ctx.tree().following(s), value, null));
      }
    }
    for (Stmt.DeclStmt s : ctx.tree().all(Stmt.DeclStmt.class)) {
      for (Decl d : s.decls()) {
        if (d instanceof Decl.VarDecl var && var.names().size() == 1 && s.decls().size() == 1) {
          Expr value = var.values();
          Var v = ctx.types().defined(var.names().getFirst());
          if (v != null
              && v.type().underlying() instanceof Slice
              && (value == null || isEmpty(ctx, value))) {
            check(ctx, new Declaration(v, s, ctx.tree().following(s), value, var.type()));
          }
        }
      }
    }
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      results(ctx, d.type(), d.body());
    }
    for (Expr.FuncLit f : ctx.tree().all(Expr.FuncLit.class)) {
      results(ctx, f.type(), f.body());
    }
    new FieldGrowth(this, ctx).check();
  }

  /** Named results are empty when their function begins. */
  private void results(RuleContext ctx, Expr.FuncType type, Stmt.@Nullable BlockStmt body) {
    for (Field result : type.results()) {
      Expr.Name name = result.name();
      Var v = name == null || body == null ? null : ctx.types().defined(name);
      if (name != null && body != null && v != null && v.type().underlying() instanceof Slice) {
        check(ctx, new Declaration(v, name, body.list(), null, null));
      }
    }
  }

  /** {@code []T{}}, {@code []T(nil)} or {@code make([]T, 0)}. */
  private static boolean isEmpty(RuleContext ctx, Expr e) {
    Types types = ctx.types();
    return switch (Syntax.unparen(e)) {
      case Expr.CompositeLit lit -> lit.elems().isEmpty() && types.underlying(lit) instanceof Slice;
      case Expr.CallExpr call when types.builtin(call) == BuiltinId.MAKE ->
          call.args().size() == 2
              && types.underlying(call) instanceof Slice
              && types.intOr(call.args().get(1), -1) == 0;
      case Expr.CallExpr call when types.isConversion(call) ->
          types.underlying(call) instanceof Slice && types.isNil(call.args().getFirst());
      default -> false; // has elements, or may have
    };
  }

  private void check(RuleContext ctx, Declaration d) {
    for (Stmt next : d.after) {
      Stmt s = next instanceof Stmt.LabeledStmt l ? l.stmt() : next;
      if (s instanceof Stmt.ForStmt loop && uses(ctx, loop, d.slice)) {
        checkLoop(ctx, d, loop);
        return;
      }
      if (uses(ctx, s, d.slice)) {
        return;
      }
    }
  }

  private static boolean uses(RuleContext ctx, Node n, Var v) {
    return Tree.any(n, x -> x instanceof Expr.Name name && ctx.types().info().use(name) == v);
  }

  private void checkLoop(RuleContext ctx, Declaration d, Stmt.ForStmt loop) {
    Loops.Bound bound = new Loops(ctx.tree(), ctx.types()).bound(loop);
    if (bound == null || (bound.constant() >= 0 && bound.constant() <= SMALL)) {
      return;
    }
    Growth growth = growth(ctx, d.slice, loop);
    if (growth != null
        && !bound.text().isEmpty()
        && !endsSoon(ctx, growth.stmt)
        && !isSplit(ctx, bound, growth, loop)
        && !collectsErrors(ctx, d.slice, growth, loop)) {
      report(ctx, d, growth, bound, loop);
    }
  }

  /** The append to a slice, if a loop does nothing else to it and does it once in each round. */
  private static @Nullable Growth growth(RuleContext ctx, Var slice, Stmt.ForStmt loop) {
    Growth growth = null;
    for (Stmt.AssignStmt s : Tree.below(loop.body(), Stmt.AssignStmt.class)) {
      if (isAssigned(ctx, s, slice)) {
        if (growth != null && !areAlternatives(ctx, growth.stmt, s)) {
          return null; // several in one round: the bound is another
        }
        int elements = appended(ctx, s, slice);
        if (elements == 0 || !Tree.same(ctx.tree().loop(s), loop)) {
          return null;
        }
        if (growth == null || elements > growth.elements) {
          growth = new Growth(s, elements);
        }
      }
    }
    return growth;
  }

  /** Reports whether only one of two statements happens: they are in branches of one choice. */
  private static boolean areAlternatives(RuleContext ctx, Stmt a, Stmt b) {
    Node list = ctx.tree().parent(a);
    Node other = ctx.tree().parent(b);
    if (list == null || other == null || Tree.same(list, other)) {
      return false;
    }
    for (Node p = list; p != null; p = ctx.tree().parent(p)) {
      if (p instanceof Stmt.ForStmt || ctx.tree().isWithin(b, p)) {
        return p instanceof Stmt.IfStmt
            || p instanceof Stmt.SwitchStmt
            || p instanceof Stmt.SelectStmt
            || leavesRound(ctx, a, p);
      }
    }
    return false;
  }

  /** What follows {@code a} in its branch goes on to the next round. */
  private static boolean leavesRound(RuleContext ctx, Stmt a, Node around) {
    List<Stmt> list = ctx.tree().siblings(a);
    return around instanceof Stmt.BlockStmt
        && !list.isEmpty()
        && (list.getLast() instanceof Stmt.ReturnStmt || list.getLast() instanceof Stmt.BranchStmt);
  }

  private static boolean isAssigned(RuleContext ctx, Stmt.AssignStmt s, Var slice) {
    for (Expr target : Syntax.unpackList(s.lhs())) {
      if (ctx.types().isUse(target, slice)) {
        return true;
      }
    }
    return false;
  }

  /** How many elements {@code s = append(s, x…)} appends; 0 if it is something else. */
  private static int appended(RuleContext ctx, Stmt.AssignStmt s, Var slice) {
    Expr value = Types.singleRight(s);
    return s.op() == null
            && value != null
            && ctx.types().builtin(value) == BuiltinId.APPEND
            && Syntax.unparen(value) instanceof Expr.CallExpr call
            && !call.hasDots()
            && ctx.types().isUse(call.args().getFirst(), slice)
        ? call.args().size() - 1
        : 0;
  }

  /** What is found among the characters of a text are far fewer than these. */
  private static boolean isSplit(
      RuleContext ctx, Loops.Bound bound, Growth growth, Stmt.ForStmt loop) {
    Expr count = Syntax.unparen(bound.count());
    Expr over =
        count instanceof Expr.CallExpr call && ctx.types().builtin(call) == BuiltinId.LEN
            ? call.args().getFirst()
            : count;
    return isText(ctx.types().of(over)) && !Loops.isEachRound(ctx.tree(), growth.stmt, loop);
  }

  /** A string, bytes or runes. */
  private static boolean isText(@Nullable Type t) {
    return Types.isString(t)
        || Types.isBytes(t)
        || (t != null
            && t.underlying() instanceof Slice s
            && s.elem().underlying() instanceof Basic b
            && b.kind() == BasicKind.INT32);
  }

  /** Errors, and what is found besides them, are few. */
  private static boolean collectsErrors(
      RuleContext ctx, Var slice, Growth growth, Stmt.ForStmt loop) {
    boolean always = Tree.same(ctx.tree().parent(growth.stmt), loop.body());
    return !always
        && ((slice.type().underlying() instanceof Slice s && Types.isError(s.elem()))
            || ctx.coldness().isCold(growth.stmt)
            || isFailure(ctx, growth.stmt));
  }

  /** {@code if x, ok := f(); !ok}, {@code if err := f(); err != nil}. */
  private static boolean isFailure(RuleContext ctx, Stmt append) {
    if (!(ctx.tree().parent(append) instanceof Stmt.BlockStmt block)
        || !(ctx.tree().parent(block) instanceof Stmt.IfStmt i)
        || !Tree.same(i.then(), block)
        || !(i.init() instanceof Stmt.AssignStmt asked)) {
      return false;
    }
    return Syntax.unpackList(asked.lhs()).stream()
        .map(ctx.types()::defined)
        .anyMatch(v ->
            v != null
                && switch (Syntax.unparen(i.cond())) {
                  case Expr.UnaryExpr u -> u.op() == Operator.NOT && ctx.types().isUse(u.x(), v);
                  case Expr.BinaryExpr b ->
                      b.op() == Operator.NEQ
                          && ctx.types().isUse(b.x(), v)
                          && ctx.types().isNil(b.y());
                  default -> false; // may often hold
                });
  }

  /** An append that is followed by a break or a return runs once. */
  static boolean endsSoon(RuleContext ctx, Stmt append) {
    for (Stmt s : ctx.tree().following(append)) {
      if (s instanceof Stmt.ReturnStmt
          || (s instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.BREAK)) {
        return true;
      }
    }
    return false;
  }

  private void report(
      RuleContext ctx, Declaration d, Growth growth, Loops.Bound bound, Stmt.ForStmt loop) {
    boolean always = Loops.isEachRound(ctx.tree(), growth.stmt, loop);
    String name = d.slice.name();
    ctx.report(this, d.at)
        .because(loop, "the loop runs at most " + bound.text() + " times")
        .because(
            growth.stmt,
            "and appends "
                + (growth.elements == 1 ? "one element" : growth.elements + " elements")
                + (always ? " each time" : " in some rounds"))
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "about one allocation for each doubling, and a copy of all elements each time")
        .fix(fix(ctx, d, bound, always, growth, loop))
        .message(
            name
                + " is made without capacity and grows in a loop of at most "
                + bound.text()
                + " rounds");
  }

  private static Fix fix(
      RuleContext ctx,
      Declaration d,
      Loops.Bound bound,
      boolean always,
      Growth growth,
      Stmt.ForStmt loop) {
    Rewrite rewrite = ctx.rewrite(d.at);
    String type = d.type != null ? rewrite.source(d.type) : ctx.types().text(d.slice.type());
    boolean here = d.at instanceof Stmt stmt && ctx.hoist().isSame(bound.count(), stmt, loop);
    String made =
        d.slice.name()
            + (here ? " := " : " = ")
            + "make("
            + type
            + ", 0, "
            + room(growth.elements, bound)
            + ")";
    if (always
        && here
        && d.at instanceof Stmt stmt
        && isEditable(d, stmt, growth.stmt)
        && !bound.text().contains("[")) {
      rewrite.replace(stmt, made);
    }
    return new Fix(
        (here ? "" : BEFORE) + made + (always ? "" : MOST),
        growsLater(ctx, d, loop)
            ? "no growth in this loop; what is appended after it may still need more"
            : effect(ctx, d),
        risk(ctx, d, bound, always),
        rewrite.edits());
  }

  /** The slice is appended to after the loop as well. */
  private static boolean growsLater(RuleContext ctx, Declaration d, Stmt.ForStmt loop) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(loop));
    int end = ctx.extents().end(loop);
    return body != null
        && Tree.below(body, Expr.CallExpr.class).stream()
            .anyMatch(call ->
                call.pos() >= end
                    && ctx.types().builtin(call) == BuiltinId.APPEND
                    && ctx.types().isUse(call.args().getFirst(), d.slice));
  }

  /**
   * The first elements may be in the frame, and the next allocation has room for twice as many
   * (cmd/compile, "append to a stack-allocated backing store", Go 1.26).
   */
  private static String effect(RuleContext ctx, Declaration d) {
    long size =
        d.slice.type().underlying() instanceof Slice s ? ctx.types().sizeBytes(s.elem()) : 0;
    long frame = ctx.unit().release().allocation().variableMakeBytes();
    long same = size <= 0 || size > frame ? 1 : 2 * (frame / size);
    return "1 allocation instead of about log2 of the length"
        + (same > 1
            ? "; as many as before for up to " + same + ", if the first are in the frame"
            : "");
  }

  /** An empty slice is not nil, and no slice has a negative capacity. */
  private static String risk(RuleContext ctx, Declaration d, Loops.Bound bound, boolean always) {
    boolean wasNil = d.value == null || !(Syntax.unparen(d.value) instanceof Expr.CompositeLit);
    boolean isMade = d.value != null && ctx.types().builtin(d.value) == BuiltinId.MAKE;
    List<String> risks = new ArrayList<>();
    if (wasNil && !isMade && ctx.hoist().tellsNil(d.slice, d.at)) {
      risks.add(notNil("slice", always));
    }
    risks.addAll(roomRisks(ctx, bound, always));
    return String.join("; ", risks);
  }

  /** What an empty slice or field is after the change that it was not before. */
  static String notNil(String what, boolean always) {
    return "the "
        + what
        + " is not nil when "
        + (always ? "the loop does not run" : "nothing is appended");
  }

  /** What may be wrong with the room that is taken. */
  static List<String> roomRisks(RuleContext ctx, Loops.Bound bound, boolean always) {
    List<String> risks = new ArrayList<>();
    if (bound.constant() < 0 && !bound.text().startsWith("len(")) {
      Type t = ctx.types().of(bound.count());
      boolean isSigned = t == null || !Predicates.isUnsigned(t);
      risks.add(
          (isSigned ? "make panics if " + bound.text() + " is negative, and takes" : "make takes")
              + " the room at once, however large "
              + bound.text()
              + " is");
    }
    if (!always) {
      risks.add(LEFT_OUT);
    }
    return risks;
  }

  /** The declaration has a form of its own, and nothing in the loop goes round the append. */
  private static boolean isEditable(Declaration d, Stmt stmt, Stmt.AssignStmt append) {
    boolean alone =
        !(stmt instanceof Stmt.DeclStmt s)
            || (s.decls().getFirst() instanceof Decl.VarDecl v && v.group() == null);
    return alone
        && (d.type == null || d.type instanceof Expr.SliceType || d.type instanceof Expr.Name)
        && !append.equals(stmt);
  }

  /** The number of elements that a loop appends at most. */
  static String room(int elements, Loops.Bound bound) {
    return elements == 1
        ? bound.text()
        : elements
            + "*"
            + (bound.text().matches("[\\w.]+(\\(.*\\))?")
                ? bound.text()
                : "(" + bound.text() + ")");
  }
}
