package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Identity;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.edit.ValueResult;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Name;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function returns a pointer to a small value that it makes, of a type that may be copied freely,
 * and is not inlined where it is called, so that each call allocates.
 */
final class ReturnPointerToLocal extends SimpleRule {
  /** A cache line: what is copied as fast as a pointer is followed. */
  private static final long SMALL_BYTES = 64;

  ReturnPointerToLocal() {
    super(
        "return-pointer-to-local",
        Question.WHERE,
        Severity.INFO,
        "a pointer to a small local value is returned");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      if (site.onHeap()
          && !site.isInlined()
          && (site.kind() == Site.Kind.NEW
              || (site.node() instanceof Name n && !AddressOfParameter.isParameter(n)))) {
        check(ctx, site);
      }
    }
  }

  private void check(RuleContext ctx, Site site) {
    Type t = Sites.type(site);
    Type value = t instanceof Pointer p && site.kind() == Site.Kind.NEW ? p.elem() : t;
    Expr at = ctx.tree().at(site.pos(), Expr.class);
    Decl.FuncDecl d = at == null ? null : ctx.tree().declaration(at);
    if (value == null
        || at == null
        || d == null
        || !isPlain(ctx, value)
        || !(ctx.tree().function(at) instanceof Decl.FuncDecl)
        || !returnsPointer(ctx, d, value)
        || !ctx.calls().isRunOutOfLine(d)
        || ctx.ways().of(site).end() != Way.End.RETURNED
        || isForOthers(ctx, d)) {
      return;
    }
    Handing handing = handing(ctx, d, value);
    if (handing != Handing.ALWAYS) {
      report(ctx, site, at, d, value, handing);
    }
  }

  /** An interface or a variable wants a pointer. */
  private static boolean isForOthers(RuleContext ctx, Decl.FuncDecl d) {
    Func f = ctx.calls().function(d);
    return f == null || ctx.visibility().isAskedForAnywhere(d, f);
  }

  private static boolean isPlain(RuleContext ctx, Type value) {
    long size = ctx.types().sizeBytes(value);
    return size > 0
        && size <= SMALL_BYTES
        && (value.underlying() instanceof Struct || Predicates.isConstType(value.underlying()))
        && !new Identity(ctx.tree(), ctx.types()).isNeeded(value)
        && !new Identity(ctx.tree(), ctx.types()).isUsedByPointer(value);
  }

  /**
   * Reports whether the pointer itself is a result, and nil says nothing that an error does not.
   */
  private static boolean returnsPointer(RuleContext ctx, Decl.FuncDecl d, Type value) {
    List<Field> results = d.type().results();
    int index = resultIndex(ctx, d, value);
    if (index < 0 || d.body() == null) {
      return false;
    }
    boolean hasSecond =
        Types.isError(ctx.types().of(results.getLast().type()))
            || isBool(ctx.types().of(results.getLast().type()));
    for (Stmt.ReturnStmt r : Tree.belowInFunction(d.body(), Stmt.ReturnStmt.class)) {
      List<Expr> values = Syntax.unpackList(r.results());
      if (index < values.size()
          && ctx.types().isNil(values.get(index))
          && (!hasSecond || ctx.types().isNil(values.getLast()))) {
        return false;
      }
    }
    return true;
  }

  /** Which of the results is such a pointer: the last one if there are several; -1 if none is. */
  private static int resultIndex(RuleContext ctx, Decl.FuncDecl d, Type value) {
    List<Field> results = d.type().results();
    int index = results.size() - 1;
    while (index >= 0 && !isPointerTo(ctx.types().of(results.get(index).type()), value)) {
      index--;
    }
    return index;
  }

  /**
   * Some return gives a variable that is nil until something is assigned, and says nothing of it.
   */
  private static boolean mayBeNil(RuleContext ctx, Decl.FuncDecl d, Type value) {
    List<Field> results = d.type().results();
    Type last = ctx.types().of(results.getLast().type());
    return d.body() != null
        && !Types.isError(last)
        && !isBool(last)
        && Tree.belowInFunction(d.body(), Stmt.ReturnStmt.class).stream()
            .anyMatch(r ->
                r.results() == null
                    || Syntax.unpackList(r.results()).stream()
                        .anyMatch(e -> isPointerTo(ctx.types().of(e), value) && isUnset(ctx, e)));
  }

  private static boolean isUnset(RuleContext ctx, Expr e) {
    Var v = ctx.types().variable(e);
    Expr.Name declared = v == null ? null : ctx.tree().at(v.pos(), Expr.Name.class);
    return declared != null
        && ctx.tree().parent(declared) instanceof Decl.VarDecl var
        && var.values() == null;
  }

  /** Something asks a pointer to such a value whether it is nil, and it may be of that function. */
  private static boolean isComparedWithNil(RuleContext ctx, Decl.FuncDecl d, Type value) {
    return ctx.tree().all(Expr.BinaryExpr.class).stream()
        .anyMatch(b ->
            (b.op() == Operator.EQL || b.op() == Operator.NEQ)
                && ctx.types().isNil(b.y())
                && isPointerTo(ctx.types().of(b.x()), value)
                && mayBeResult(ctx, d, ctx.types().variable(b.x())));
  }

  /** A local variable that is defined by another call is no result of this function. */
  private static boolean mayBeResult(RuleContext ctx, Decl.FuncDecl d, @Nullable Var v) {
    Expr.Name declared = v == null ? null : ctx.tree().at(v.pos(), Expr.Name.class);
    Stmt.AssignStmt s =
        declared == null ? null : ctx.tree().enclosing(declared, Stmt.AssignStmt.class);
    Func by =
        s != null && s.rhs() != null && Syntax.unparen(s.rhs()) instanceof Expr.CallExpr call
            ? ctx.types().callee(call)
            : null;
    return by == null || by.origin() == ctx.calls().function(d);
  }

  private static boolean isPointerTo(@Nullable Type t, Type value) {
    return t != null && t.unalias() instanceof Pointer p && isSame(p.elem(), value);
  }

  /** How many callers return or keep the pointer, so that they need the value on the heap. */
  private enum Handing {
    NEVER,
    SOMETIMES,
    ALWAYS
  }

  private static Handing handing(RuleContext ctx, Decl.FuncDecl d, Type value) {
    Func f = ctx.calls().function(d);
    List<Expr.CallExpr> calls = f == null ? List.of() : ctx.calls().of(f);
    if (calls.isEmpty() && (isKeptInField(ctx, value) || isOnlyHandedBack(ctx, value))) {
      return Handing.ALWAYS;
    }
    Uses uses = new Uses(ctx.tree(), ctx.types());
    int index = resultIndex(ctx, d, value);
    long handed = calls.stream().filter(c -> isHandedOn(ctx, uses, c, index)).count();
    if (handed == 0
        && !calls.isEmpty()
        && f != null
        && !(f.exported() && !ctx.types().pkg().name().equals("main"))) {
      return Handing.NEVER;
    }
    return handed == calls.size() && handed > 0 ? Handing.ALWAYS : Handing.SOMETIMES;
  }

  /** Who calls it is not known, but structs of the package take such pointers from anybody. */
  private static boolean isKeptInField(RuleContext ctx, Type value) {
    return ctx.tree().all(Expr.StructType.class).stream()
        .flatMap(s -> s.fields().stream())
        .filter(f -> {
          Var v = ctx.types().defined(f.name());
          return v != null && v.exported();
        })
        .map(f -> ctx.types().of(f.type()))
        .anyMatch(t -> isPointerTo(t, value));
  }

  /**
   * All that other packages can do with such a pointer is to hand it to a function of this package
   * that keeps it.
   */
  private static boolean isOnlyHandedBack(RuleContext ctx, Type value) {
    return value.unalias() instanceof Named n
        && n.origin().numMethods() == 0
        && n.underlying() instanceof Struct s
        && s.fields().stream().noneMatch(f -> f.exported() || f.embedded())
        && ctx.tree().all(Decl.FuncDecl.class).stream().anyMatch(d -> isKeeper(ctx, d, value));
  }

  private static boolean isKeeper(RuleContext ctx, Decl.FuncDecl d, Type value) {
    Func f = ctx.calls().function(d);
    return f != null
        && f.exported()
        && f.signature().params().vars().stream()
            .anyMatch(p -> isPointerTo(p.type(), value) && ctx.ways().isKept(p.pos(), p.name()));
  }

  /** A caller wants a pointer, or an interface, for which the value would be put into a box. */
  private static boolean isHandedOn(RuleContext ctx, Uses uses, Expr.CallExpr call, int index) {
    Node parent = ctx.tree().parentSkippingParens(call);
    if (parent instanceof Expr.CallExpr outer && ctx.types().builtin(outer) == null) {
      return true; // an argument, which the callee may keep, or of which it makes an interface
    }
    if (parent instanceof Decl.VarDecl d && d.type() != null) {
      Type t = ctx.types().of(d.type());
      return t != null && Predicates.isInterface(t);
    }
    if (!(parent instanceof Stmt.AssignStmt s)) {
      return uses.isKept(call);
    }
    List<Expr> targets = Syntax.unpackList(s.lhs());
    Expr target = targets.get(targets.size() == 1 ? 0 : index);
    Type t = ctx.types().of(target);
    if (t == null || Predicates.isInterface(t)) {
      return t != null; // the box of the value would be there instead
    }
    Var v = ctx.types().variable(target);
    return v == null
        || v.kind() == VarKind.PACKAGE
        || uses.isKept(v, call)
        || isKeptByCallee(ctx, v, call);
  }

  /** A function to which the caller passes the pointer on keeps it, or may do so. */
  private static boolean isKeptByCallee(RuleContext ctx, Var v, Expr.CallExpr made) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(made));
    return body != null
        && Tree.below(body, Expr.CallExpr.class).stream()
            .anyMatch(call -> ctx.types().builtin(call) == null && isKeptBy(ctx, v, call));
  }

  private static boolean isKeptBy(RuleContext ctx, Var v, Expr.CallExpr call) {
    Func f = ctx.types().callee(call);
    Decl.FuncDecl d = f == null ? null : ctx.calls().declaration(f);
    Expr receiver = ctx.types().receiver(call);
    if (receiver != null && ctx.types().isUse(receiver, v)) {
      Var recv = f == null ? null : f.signature().recv();
      return f == null
          || d == null
          || (recv != null
              && recv.type().unalias() instanceof Pointer
              && ctx.ways().isKept(recv.pos(), recv.name()));
    }
    for (int i = 0; i < call.args().size(); i++) {
      if (ctx.types().isUse(call.args().get(i), v)) {
        if (f == null || d == null || i >= f.signature().params().len()) {
          return !ctx.types().isConversion(call);
        }
        Var p = f.signature().params().vars().get(i);
        if (!(p.type().unalias() instanceof Pointer) || ctx.ways().isKept(p.pos(), p.name())) {
          return true;
        }
      }
    }
    return false;
  }

  /** The same type, or an instance of the same generic type. */
  private static boolean isSame(Type declared, Type made) {
    return Predicates.identical(declared, made)
        || (declared.unalias() instanceof Named d
            && made.unalias() instanceof Named m
            && !d.typeArgs().isEmpty()
            && d.origin().equals(m.origin()));
  }

  private static boolean isBool(@Nullable Type t) {
    return t != null && Predicates.isBoolean(t);
  }

  private static String condition(RuleContext ctx, Decl.FuncDecl d) {
    Func f = ctx.calls().function(d);
    if (f == null || !f.exported()) {
      return "";
    }
    return (d.recv() == null
            ? ", if no caller compares it with nil"
            : ", if no caller compares it with nil, and no interface asks for the pointer")
        + (ctx.visibility().isApi(f) ? ", as long as other modules can change with it" : "");
  }

  private void report(
      RuleContext ctx, Site site, Expr at, Decl.FuncDecl d, Type value, Handing handing) {
    boolean inlinable = ctx.calls().isInlinable(d);
    ctx.report(this, at)
        .warnInLoop()
        .because(site)
        .cost(
            1,
            ctx.types().sizeBytes(value),
            inlinable ? "none where the call is inlined and the result stays in the frame" : "")
        .fix(
            mayBeNil(ctx, d, value) || isComparedWithNil(ctx, d, value)
                ? null
                : fix(ctx, d, value, handing))
        .message(
            (site.kind() == Site.Kind.VARIABLE ? site.text() : RuleContext.text(at))
                + " is on the heap because a pointer to it is returned by "
                + d.name().value()
                + (inlinable ? "" : ", which is not inlined"));
  }

  private static Fix fix(RuleContext ctx, Decl.FuncDecl d, Type value, Handing handing) {
    Rewrite rewrite = ctx.rewrite(d.name());
    new ValueResult(ctx.tree(), ctx.types(), ctx.calls()).change(rewrite, d);
    return new Fix(
        "return the " + ctx.types().text(value) + " by value" + condition(ctx, d),
        handing == Handing.NEVER
            ? "no allocation; the caller has room for it"
            : "no allocation where the caller keeps no pointer to it and makes no interface of it",
        "all that calls it has to change as well, also in tests and in files for other platforms",
        rewrite.edits());
  }
}
