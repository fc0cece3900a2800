package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Array;
import dev.escapade.types.Func;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address of a parameter that is passed by value outlives the call: the copy is on the heap.
 */
final class AddressOfParameter extends SimpleRule {
  AddressOfParameter() {
    super(
        "address-of-parameter",
        Question.WHERE,
        Severity.INFO,
        "the address of a parameter is kept, so that its copy is made on the heap");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      if (site.kind() == Site.Kind.VARIABLE
          && !site.isInlined()
          && site.node() instanceof Name n
          && isParameter(n)) {
        Expr.Name name = ctx.tree().at(site.pos(), Expr.Name.class);
        Decl.FuncDecl d = name == null ? null : ctx.tree().declaration(name);
        List<Expr> addresses =
            name != null && ctx.types().info().def(name) instanceof Var v
                ? addresses(ctx, v)
                : List.of();
        if (name != null && d != null && !addresses.isEmpty() && ctx.calls().isRunOutOfLine(d)) {
          report(ctx, site, name, addresses, d);
        }
      }
    }
  }

  /** Reports whether a variable is a parameter, or was one before it was moved to the heap. */
  static boolean isParameter(Name n) {
    return n.storage == StorageClass.PARAM
        || (n.storage == StorageClass.AUTOHEAP && n.heapAddr != null);
  }

  /** Where the address of a variable or a part of it is taken. A capture is none of these. */
  private static List<Expr> addresses(RuleContext ctx, Var v) {
    List<Expr> found = new ArrayList<>();
    for (Expr.UnaryExpr u : ctx.tree().all(Expr.UnaryExpr.class)) {
      if (u.op() == Operator.AND && ctx.types().isPartOf(u.x(), v)) {
        found.add(u);
      }
    }
    return found;
  }

  /** The address that outlives the call, or null if it is not known which of them does. */
  private static @Nullable Expr deciding(RuleContext ctx, List<Expr> addresses, Way way) {
    if (way.steps().isEmpty()) {
      return addresses.size() == 1 ? addresses.getFirst() : null;
    }
    for (CauseStep step : way.steps()) {
      List<Expr> there =
          addresses.stream()
              .filter(e ->
                  ctx.extents().of(e).file().equals(step.place().file())
                      && ctx.extents().of(e).line() == step.place().line())
              .toList();
      if (!there.isEmpty()) {
        return there.size() == 1 ? there.getFirst() : null;
      }
    }
    return null;
  }

  /** A field of its own type may have the value itself. */
  private static boolean isSetInField(RuleContext ctx, @Nullable Expr address) {
    return address != null
        && ctx.tree().parentSkippingParens(address) instanceof Stmt.AssignStmt s
        && Types.singleRight(s) != null
        && ctx.types().field(s.lhs()) != null;
  }

  /** {@code func pointer(x T) *T { return &x }} is there to make a pointer. */
  private static boolean isMakerOfPointers(RuleContext ctx, @Nullable Expr address, Way way) {
    Node p = address == null ? null : ctx.tree().parentSkippingParens(address);
    return way.end() == Way.End.RETURNED
        && (p instanceof Stmt.ReturnStmt
            || (p instanceof Expr.ListExpr list
                && ctx.tree().parent(list) instanceof Stmt.ReturnStmt));
  }

  private void report(
      RuleContext ctx, Site site, Expr.Name name, List<Expr> addresses, Decl.FuncDecl d) {
    Way way = ctx.ways().of(site);
    Expr address = deciding(ctx, addresses, way);
    boolean returned = way.end() == Way.End.RETURNED;
    var report = ctx.report(this, name);
    if (address != null) {
      report.because(address, "its address is taken: " + RuleContext.text(address));
    }
    report
        .because(way.steps())
        .cost(
            1,
            ctx.types().sizeBytes(Sites.type(site)),
            returned && ctx.calls().isInlinable(d)
                ? "none where the call is inlined and the result stays in the frame"
                : "")
        .fix(isMakerOfPointers(ctx, address, way) ? null : fix(ctx, address, name, d))
        .message(
            "parameter "
                + name.value()
                + " is copied to the heap in each call, because its address outlives the call");
  }

  /**
   * Who has a struct or an array by its address can hand that over; for a number, a string, a map
   * or the like the caller would have to make room first.
   */
  private static @Nullable Fix fix(
      RuleContext ctx, @Nullable Expr address, Expr.Name name, Decl.FuncDecl d) {
    Func f = ctx.calls().function(d);
    Type t = ctx.types().underlying(name);
    boolean isSet = isSetInField(ctx, address);
    boolean mayTake =
        (t instanceof Struct || t instanceof Array)
            && f != null
            && !ctx.visibility().isAskedForAnywhere(d, f)
            && mayCallersHave(ctx, f, name, d);
    if (!isSet && !mayTake) {
      return null;
    }
    String condition =
        d.recv() != null && f != null && f.exported()
            ? ", where no interface asks for the method as it is"
            : "";
    return mayTake
        ? new Fix(
            (isSet
                    ? "keep the value there, and whether it is set, or take a pointer"
                    : "take a pointer")
                + condition,
            "no allocation where the callers have the value on the heap already",
            "the caller's value is shared then: each sees what the other changes of it",
            List.of())
        : Fix.of("keep the value there, and whether it is set", "no allocation for it by itself");
  }

  /** Callers are not known, or one of them has the value where its address can be taken. */
  private static boolean mayCallersHave(RuleContext ctx, Func f, Expr.Name name, Decl.FuncDecl d) {
    List<Expr.CallExpr> calls = ctx.calls().of(f);
    if (calls.isEmpty() || (f.exported() && !ctx.types().pkg().name().equals("main"))) {
      return true;
    }
    boolean isReceiver = d.recv() != null && Tree.same(d.recv().name(), name);
    int index = -1;
    for (int i = 0; i < d.type().params().size(); i++) {
      index = Tree.same(d.type().params().get(i).name(), name) ? i : index;
    }
    for (Expr.CallExpr call : calls) {
      Expr arg =
          isReceiver
              ? ctx.types().receiver(call)
              : index >= 0 && index < call.args().size() ? call.args().get(index) : null;
      if (arg != null && Elsewhere.test(ctx, arg)) {
        return true;
      }
    }
    return false;
  }
}
