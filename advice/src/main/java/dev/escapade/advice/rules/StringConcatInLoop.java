package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.BuilderLoop;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A string grows by concatenation in a loop: all of it is copied in each round. */
final class StringConcatInLoop extends SimpleRule {
  StringConcatInLoop() {
    super(
        "string-concat-in-loop",
        Question.HOW_MANY,
        Severity.WARNING,
        "a string is built by repeated concatenation");
  }

  /** What is added in the loop is written to the builder as it is. */
  @Override
  public Set<String> mayLeave() {
    return Set.of("string-bytes-copy");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      if (!isGrowth(ctx, s) || isLastRound(ctx, s) || isOnce(ctx, s) || isReplaced(ctx, s)) {
        continue;
      }
      Var v = ctx.types().variable(s.lhs());
      Var owner = v == null ? ctx.types().variable(owner(ctx, s.lhs())) : v;
      Stmt.ForStmt loop = ctx.tree().loop(s);
      if (owner == null) {
        continue;
      }
      if (loop != null && !isDeclaredIn(ctx, owner, loop)) {
        report(ctx, s, loop);
      } else if (loop == null) {
        Expr.CallExpr callback = callback(ctx, s);
        if (callback != null && !isDeclaredIn(ctx, owner, ctx.tree().function(s))) {
          report(ctx, s, callback);
        }
      }
    }
  }

  /** The variable whose field, or field's field, {@code e} is; null for what is no field. */
  private static @Nullable Expr owner(RuleContext ctx, Expr e) {
    Expr x = Syntax.unparen(e);
    while (x instanceof Expr.SelectorExpr s && ctx.types().field(x) != null) {
      x = Syntax.unparen(s.x());
    }
    return x instanceof Expr.Name n ? n : null;
  }

  /** {@code if !strings.Contains(s, x) { s += x }}: each is added once. */
  private static boolean isOnce(RuleContext ctx, Stmt.AssignStmt s) {
    Stmt.IfStmt around = ctx.tree().enclosing(s, Stmt.IfStmt.class);
    return around != null
        && Syntax.unparen(around.cond()) instanceof Expr.UnaryExpr not
        && not.op() == Operator.NOT
        && ctx.types().isCall(not.x(), "strings", "Contains", "ContainsRune", "ContainsAny")
        && Syntax.unparen(not.x()) instanceof Expr.CallExpr call
        && isSame(call.args().getFirst(), s.lhs());
  }

  /** Before it grows, the round has given it another value. */
  private static boolean isReplaced(RuleContext ctx, Stmt.AssignStmt s) {
    Stmt.ForStmt loop = ctx.tree().loop(s);
    for (Stmt at = s; loop != null && at != null && ctx.tree().isWithin(at, loop.body()); ) {
      for (Stmt before : ctx.tree().siblings(at)) {
        if (Tree.same(before, at)) {
          break;
        }
        if (before instanceof Stmt.AssignStmt a
            && a.op() == null
            && Types.singleRight(a) != null
            && isSame(a.lhs(), s.lhs())
            && !isGrowth(ctx, a)) {
          return true;
        }
      }
      Node around = ctx.tree().parent(at);
      at = around == null ? null : ctx.tree().listed(around);
    }
    return false;
  }

  /** Something in the loop looks at the string, besides what adds to it. */
  private static boolean isRead(RuleContext ctx, Stmt.AssignStmt s, Node rounds, Var v) {
    if (!(rounds instanceof Stmt.ForStmt loop)) {
      return false;
    }
    return (v.kind() == VarKind.RESULT
            && Tree.belowInFunction(loop.body(), Stmt.ReturnStmt.class).stream()
                .anyMatch(r -> r.results() == null))
        || (loop.cond() != null
            && Tree.any(loop.cond(), n -> n instanceof Expr e && ctx.types().isUse(e, v)))
        || Tree.below(loop.body(), Expr.Name.class).stream()
            .anyMatch(
                n -> ctx.types().isUse(n, v) && !ctx.tree().isWithin(n, s) && !isChange(ctx, n));
  }

  /** The name is the target of an assignment, or a part of one that makes it longer. */
  private static boolean isChange(RuleContext ctx, Expr.Name n) {
    Stmt.AssignStmt s = ctx.tree().enclosing(n, Stmt.AssignStmt.class);
    return s != null && (Tree.same(s.lhs(), n) || isGrowth(ctx, s));
  }

  private static boolean isGrowth(RuleContext ctx, Stmt.AssignStmt s) {
    Expr value = Types.singleRight(s);
    Type t = value == null ? null : ctx.types().of(s.lhs());
    if (value == null || t == null || !Types.isString(t)) {
      return false;
    }
    return s.op() == Operator.ADD
        || (s.op() == null && (hasOperand(value, s.lhs()) || isFormatted(ctx, value, s.lhs())));
  }

  /** A sum in which {@code target} is an operand. */
  private static boolean hasOperand(Expr value, Expr target) {
    Expr e = Syntax.unparen(value);
    boolean isSum = false;
    while (e instanceof Expr.BinaryExpr b && b.op() == Operator.ADD) {
      isSum = true;
      if (isSame(b.y(), target)) {
        return true;
      }
      e = Syntax.unparen(b.x());
    }
    return isSum && isSame(e, target);
  }

  /** {@code s = fmt.Sprintf("%s…", s, …)}. */
  private static boolean isFormatted(RuleContext ctx, Expr value, Expr target) {
    return ctx.types().isCall(value, "fmt", "Sprintf", "Sprint", "Sprintln")
        && Syntax.unparen(value) instanceof Expr.CallExpr call
        && call.args().stream().anyMatch(a -> isSame(a, target));
  }

  private static boolean isSame(Expr a, Expr b) {
    return ExprPrinter.toString(Syntax.unparen(a)).equals(ExprPrinter.toString(Syntax.unparen(b)));
  }

  /**
   * The call that is given the function literal around {@code n}, if it is of a function of this
   * package that calls it in a loop; or null.
   */
  private static Expr.@Nullable CallExpr callback(RuleContext ctx, Node n) {
    if (!(ctx.tree().function(n) instanceof Expr.FuncLit literal)
        || !(ctx.tree().parentSkippingParens(literal) instanceof Expr.CallExpr call)) {
      return null;
    }
    Func f = ctx.types().callee(call);
    Decl.FuncDecl d = f == null ? null : ctx.calls().declaration(f);
    int index = call.args().indexOf(literal);
    if (d == null || d.body() == null || index < 0 || index >= d.type().params().size()) {
      return null;
    }
    Expr.Name name = d.type().params().get(index).name();
    Var param = name == null ? null : ctx.types().defined(name);
    return param != null
            && Tree.below(d.body(), Expr.CallExpr.class).stream()
                .anyMatch(c -> ctx.types().isUse(c.fun(), param) && ctx.tree().isInLoop(c))
        ? call
        : null;
  }

  private static boolean isDeclaredIn(RuleContext ctx, Var v, @Nullable Node part) {
    return part != null && v.pos() >= part.pos() && v.pos() < ctx.extents().end(part);
  }

  /** What is followed by leaving the loop happens once. */
  private static boolean isLastRound(RuleContext ctx, Stmt s) {
    if (ctx.tree().loop(s) != null && !ctx.tree().isInLoop(s)) {
      return true;
    }
    for (Stmt next : ctx.tree().following(s)) {
      if (next instanceof Stmt.ReturnStmt
          || (next instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.BREAK)) {
        return true;
      }
    }
    return false;
  }

  /** What to do, or null if a string that is read in each round has to be made in each. */
  private static @Nullable String advice(
      RuleContext ctx, Stmt.AssignStmt s, Node rounds, @Nullable Var v) {
    boolean isSeen = v == null || isRead(ctx, s, rounds, v);
    List<Stmt.AssignStmt> growths = growths(ctx, s, rounds);
    if (!growths.stream().allMatch(StringConcatInLoop::isAppended)) {
      return isSeen || !growths.stream().allMatch(StringConcatInLoop::isPutBefore)
          ? null
          : "collect the parts in a slice, and join them from the last to the first after the"
              + " loop";
    }
    if (isCut(ctx, s, rounds)) {
      return v == null || isWanted(ctx, rounds, v)
          ? null
          : "append to a []byte, which can be cut as well, and make a string of it at the end";
    }
    if (v == null) {
      return isFieldSeen(ctx, s, rounds)
          ? null
          : "if nothing that the loop calls reads it, write to a strings.Builder, and assign its"
              + " String after the loop";
    }
    return "write to a strings.Builder, with Grow if the length is known, and take its String"
        + (isSeen ? " where it is read, which copies nothing" : " after the loop");
  }

  /** All statements in the rounds by which the same string grows. */
  private static List<Stmt.AssignStmt> growths(RuleContext ctx, Stmt.AssignStmt s, Node rounds) {
    if (!(rounds instanceof Stmt.ForStmt loop)) {
      return List.of(s);
    }
    return Tree.below(loop.body(), Stmt.AssignStmt.class).stream()
        .filter(a -> isSame(a.lhs(), s.lhs()) && isGrowth(ctx, a))
        .toList();
  }

  /** {@code s = s + x}, {@code s += x}: a builder only appends. */
  private static boolean isAppended(Stmt.AssignStmt s) {
    Expr value = Types.singleRight(s);
    if (value == null || s.op() != null) {
      return value != null;
    }
    Expr e = Syntax.unparen(value);
    if (e instanceof Expr.CallExpr call) {
      return isFormattedFirst(call, s.lhs());
    }
    while (e instanceof Expr.BinaryExpr b) {
      e = Syntax.unparen(b.x());
    }
    return isSame(e, s.lhs());
  }

  /** {@code Sprintf("%s…", s, …)}, {@code Sprint(s, …)}. */
  private static boolean isFormattedFirst(Expr.CallExpr call, Expr target) {
    Expr first = call.args().isEmpty() ? null : Syntax.unparen(call.args().getFirst());
    if (first instanceof Expr.BasicLit pattern) {
      return call.args().size() > 1
          && isSame(call.args().get(1), target)
          && (pattern.value().startsWith("%s", 1) || pattern.value().startsWith("%v", 1));
    }
    return first != null && isSame(first, target);
  }

  /** {@code s = x + s} and nothing behind it. */
  private static boolean isPutBefore(Stmt.AssignStmt s) {
    Expr value = Types.singleRight(s);
    return value != null
        && s.op() == null
        && Syntax.unparen(value) instanceof Expr.BinaryExpr b
        && b.op() == Operator.ADD
        && isSame(b.y(), s.lhs());
  }

  /** The loop reads the field, or does something with all of what it is a field of. */
  private static boolean isFieldSeen(RuleContext ctx, Stmt.AssignStmt s, Node rounds) {
    Var owner = ctx.types().variable(owner(ctx, s.lhs()));
    return owner == null
        || !(rounds instanceof Stmt.ForStmt loop)
        || Tree.below(loop, Expr.Name.class).stream()
            .filter(n -> ctx.types().info().use(n) == owner)
            .anyMatch(n ->
                !(ctx.tree().parentSkippingParens(n) instanceof Expr.SelectorExpr x)
                    || ctx.types().field(x) == null
                    || (isSame(x, s.lhs()) && !isChange(ctx, n) && !isTarget(ctx, x)));
  }

  private static boolean isTarget(RuleContext ctx, Expr e) {
    return ctx.tree().parentSkippingParens(e) instanceof Stmt.AssignStmt a
        && Tree.same(Syntax.unparen(a.lhs()), e);
  }

  /** The loop wants the string itself, not only its length or its bytes. */
  private static boolean isWanted(RuleContext ctx, Node rounds, Var v) {
    return rounds instanceof Stmt.ForStmt loop
        && Tree.below(loop, Expr.Name.class).stream()
            .anyMatch(n ->
                ctx.types().isUse(n, v)
                    && !isChange(ctx, n)
                    && !switch (ctx.tree().parentSkippingParens(n)) {
                      case Expr.IndexExpr x -> Tree.same(Syntax.unparen(x.x()), n);
                      case Expr.CallExpr c ->
                          ctx.types().builtin(c) == dev.escapade.types.BuiltinId.LEN;
                      case Expr.BinaryExpr b -> "".equals(ctx.types().stringOf(b.y()));
                      case Stmt.AssignStmt a -> Tree.same(a.lhs(), n);
                      case Expr.SliceExpr x ->
                          ctx.tree().parentSkippingParens(x) instanceof Stmt.AssignStmt a
                              && isSame(a.lhs(), n);
                      case null, default -> false; // the string
                    });
  }

  /** A part of it is assigned to it in the loop, or what is made of it otherwise. */
  private static boolean isCut(RuleContext ctx, Stmt.AssignStmt s, Node rounds) {
    return rounds instanceof Stmt.ForStmt loop
        && Tree.below(loop.body(), Stmt.AssignStmt.class).stream()
            .anyMatch(a -> isCut(ctx, a, s.lhs()));
  }

  private static boolean isCut(RuleContext ctx, Stmt.AssignStmt a, Expr target) {
    Expr value = Types.singleRight(a);
    return a.op() == null
        && value != null
        && isSame(a.lhs(), target)
        && !isGrowth(ctx, a)
        && Tree.any(value, n -> n instanceof Expr x && isSame(x, target));
  }

  /** The runtime hands on the only operand that is not empty (runtime, concatstrings). */
  private static String free(RuleContext ctx, Stmt.AssignStmt s) {
    Expr value = Types.singleRight(s);
    Expr added =
        value == null || s.op() != null ? value : addedOnly(Syntax.unparen(value), s.lhs());
    if (added == null || Syntax.unparen(added) instanceof Expr.BinaryExpr) {
      return "";
    }
    boolean isNeverEmpty = ctx.boxes().isFilled(added);
    boolean hasText = ctx.boxes().isFilled(s.lhs());
    return hasText
        ? isNeverEmpty ? "" : "; none where what is added is empty"
        : isNeverEmpty ? "; none while it is empty" : "; none where it or what is added is empty";
  }

  /** What is added in a sum of two, or null. */
  private static @Nullable Expr addedOnly(Expr value, Expr target) {
    if (!(value instanceof Expr.BinaryExpr b)) {
      return null;
    }
    return isSame(b.x(), target) ? b.y() : isSame(b.y(), target) ? b.x() : null;
  }

  private void report(RuleContext ctx, Stmt.AssignStmt s, Node rounds) {
    String name = RuleContext.text(s.lhs());
    Rewrite rewrite = ctx.rewrite(s);
    Var v = ctx.types().variable(s.lhs());
    if (v != null) {
      new BuilderLoop(ctx.tree(), ctx.types(), rewrite, v).change(s);
    }
    @Nullable String advice = advice(ctx, s, rounds, v);
    Expr value = Types.singleRight(s);
    boolean isFormat =
        s.op() == null && value != null && Syntax.unparen(value) instanceof Expr.CallExpr;
    ctx.report(this, s)
        .because(
            rounds, rounds instanceof Stmt.ForStmt ? "in this loop" : "this calls it in a loop")
        .cost(
            1,
            Cost.UNKNOWN,
            (isFormat ? "the text, besides boxes for arguments that need one; " : "")
                + "all of "
                + name
                + " so far is copied"
                + free(ctx, s))
        .fix(
            advice == null
                ? null
                : new Fix(
                    advice,
                    "a few allocations for each string that is built",
                    "it may cost an allocation more where the loop runs once",
                    rewrite.edits()))
        .message(name + " grows by " + (isFormat ? "formatting" : "concatenation") + " in a loop");
  }
}
