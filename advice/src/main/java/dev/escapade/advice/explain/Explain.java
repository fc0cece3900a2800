package dev.escapade.advice.explain;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.code.Ways;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.decisions.Decision;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says of everything that is decided on one line where it lives and why. */
public final class Explain implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo("explanation", "what was decided here", Question.WHERE, Severity.NOTE);

  /** What go and defer statements are made of. */
  private static final Pattern WRAPPER = Pattern.compile("\\.(defer|go)wrap\\d+$");

  private final String file;
  private final int line;

  /**
   * Explains a line.
   *
   * @param file the absolute path
   * @param line from 1
   */
  public Explain(String file, int line) {
    this.file = file;
    this.line = line;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public String settings() {
    return line + " " + file;
  }

  @Override
  public void check(RuleContext ctx) {
    if (ctx.tree().files().stream().noneMatch(f -> isHere(ctx.extents().at(f.pos()).file()))) {
      return;
    }
    Set<Integer> onHeap = new HashSet<>();
    Set<Integer> decided = new HashSet<>();
    for (Decision d : ctx.unit().log().decisions()) {
      if (d.pos() > 0 && isHere(ctx.extents().at(d.pos()))) {
        decided.add(d.pos());
        if (d instanceof Decision.MovedToHeap) {
          onHeap.add(d.pos());
        }
        explain(ctx, d);
      }
    }
    for (Expr.Name name : Meanings.names(ctx, file, line)) {
      if (!onHeap.contains(name.pos()) && isLocalVariable(ctx, name)) {
        variable(ctx, name);
      }
    }
    for (Site site : ctx.sites().all()) {
      if (site.isInlined()
          && site.onHeap()
          && site.kind() != Site.Kind.VARIABLE
          && isHere(ctx.extents().at(site.pos()))
          && !decided.contains(site.pos())
          && ctx.sites().at(site.pos()).getFirst().equals(site)) {
        inlined(ctx, site);
      }
    }
  }

  /** Code that is inlined wherever it is used, such as the body of a range over a function. */
  private void inlined(RuleContext ctx, Site site) {
    heap(
        ctx,
        site.pos(),
        ctx.ways().of(site),
        Ways.inWords(site.kind() == Site.Kind.APPEND ? "append" : site.text())
            + " is made on the heap where it is inlined, in line "
            + ctx.extents().at(site.outerPos()).line());
  }

  private boolean isHere(String path) {
    return path.equals(file);
  }

  private boolean isHere(Place place) {
    return place.line() == line && isHere(place.file());
  }

  private void explain(RuleContext ctx, Decision decision) {
    Decl.FuncDecl generic = generic(ctx, decision.pos());
    switch (decision) {
      case Decision d when isMadeUp(d) -> {} // no name of the source
      case Decision.CanInline d when generic != null ->
          say(
              ctx,
              d.pos(),
              instance(d.function()) + " can be inlined: its cost is " + d.cost(),
              "");
      case Decision.CannotInline d when generic != null -> refuse(ctx, d, instance(d.function()));
      case Decision d when generic != null ->
          say(
              ctx,
              d.pos(),
              "the body of "
                  + Calls.name(generic)
                  + " is inlined into wrappers that hand its types over; ask about its lines",
              "");
      case Decision.MovedToHeap d ->
          heap(ctx, d.pos(), d.variable(), "variable " + d.variable() + " lives on the heap");
      case Decision.EscapesToHeap d ->
          heap(
              ctx,
              d.pos(),
              d.subject(),
              Ways.inWords(d.subject())
                  + (isBox(ctx, d)
                      ? " is copied to the heap to become an interface"
                      : " is made on the heap"));
      case Decision.DoesNotEscape d -> stays(ctx, d);
      case Decision.LeakingParam d ->
          leak(ctx, d.pos(), d.parameter(), "what " + d.parameter() + " points to is kept");
      case Decision.LeakingParamContent d ->
          leak(
              ctx,
              d.pos(),
              d.parameter(),
              "what is reached through "
                  + d.parameter()
                  + " is kept; "
                  + d.parameter()
                  + " itself is not");
      case Decision.LeakingParamToResult d -> result(ctx, d);
      case Decision.InliningCall d ->
          say(ctx, d.pos(), "the call of " + d.callee() + " is replaced by its body", "");
      case Decision.CanInline d ->
          say(ctx, d.pos(), d.function() + " can be inlined: its cost is " + d.cost(), "");
      case Decision.CannotInline d -> refuse(ctx, d, d.function());
      case Decision.Devirtualizing d ->
          say(
              ctx,
              d.pos(),
              "the call of "
                  + d.method()
                  + (d.partially() ? " goes to another interface in " : " goes straight to ")
                  + d.type(),
              "");
      case Decision.ProfileGuidedDevirtualizing d ->
          say(
              ctx,
              d.pos(),
              "the profile says that "
                  + d.function()
                  + " mostly is "
                  + d.callee()
                  + ", which is called directly then",
              "");
      case Decision.Capturing d -> capture(ctx, d);
      case Decision.ZeroCopyConversion d ->
          say(ctx, d.pos(), "the bytes are not copied: nobody writes them", "");
      default -> {} // paths belong to a verdict; the rest says nothing about values
    }
  }

  /** Reports whether a decision is about a variable or function that only the compiler knows. */
  private static boolean isMadeUp(Decision decision) {
    return switch (decision) {
      case Decision.MovedToHeap d -> isMadeUp(d.variable());
      case Decision.Capturing d -> isMadeUp(d.variable());
      case Decision.CanInline d -> WRAPPER.matcher(d.function()).find();
      case Decision.CannotInline d -> WRAPPER.matcher(d.function()).find();
      default -> false;
    };
  }

  private static boolean isMadeUp(String variable) {
    return variable.startsWith("#") || variable.startsWith(".");
  }

  /** The generic function whose name or receiver a position is, where its instances are told of. */
  private static Decl.@Nullable FuncDecl generic(RuleContext ctx, int pos) {
    Decl.FuncDecl d = ctx.tree().at(pos, Decl.FuncDecl.class);
    Expr.Name name = ctx.tree().at(pos, Expr.Name.class);
    if (d == null && name != null && ctx.tree().parent(name) instanceof Decl.FuncDecl named) {
      d = Tree.same(named.name(), name) ? named : null;
    }
    Func f = d == null ? null : ctx.calls().function(d);
    return f != null && (!f.signature().typeParams().isEmpty() || hasGenericReceiver(f)) ? d : null;
  }

  private static boolean hasGenericReceiver(Func f) {
    return !f.signature().recvTypeParams().isEmpty();
  }

  /** An instance is one body for all types of a shape, and a wrapper for each list of types. */
  private static String instance(String function) {
    return (function.contains("go.shape.") ? "the body " : "the wrapper ") + function;
  }

  private void refuse(RuleContext ctx, Decision.CannotInline d, String what) {
    say(ctx, d.pos(), what + " cannot be inlined: " + d.reason(), Remedies.ofRefusal(d.reason()));
  }

  private void heap(RuleContext ctx, int pos, String subject, String verdict) {
    heap(ctx, pos, ctx.ways().of(pos, subject), verdict);
  }

  private void heap(RuleContext ctx, int pos, Way way, String verdict) {
    if (way.end() == Way.End.UNKNOWN && isStarted(ctx, pos)) {
      say(
          ctx,
          pos,
          verdict + ", because a new goroutine runs it",
          "nothing: it has to outlive the statement");
      return;
    }
    String reason = Remedies.reason(way);
    report(ctx, pos)
        .because(way.steps())
        .fix(advice(Remedies.of(way)))
        .message(verdict + (reason.isEmpty() ? "" : ", because " + reason));
  }

  /** Reports whether a function literal is what a go statement calls. */
  private static boolean isStarted(RuleContext ctx, int pos) {
    Expr.FuncLit literal = ctx.tree().at(pos, Expr.FuncLit.class);
    return literal != null
        && ctx.tree().parentSkippingParens(literal) instanceof Expr.CallExpr call
        && ctx.tree().parent(call) instanceof Stmt.CallStmt s
        && !s.defer();
  }

  private static boolean isBox(RuleContext ctx, Decision.EscapesToHeap d) {
    for (Site site : ctx.sites().at(d.pos())) {
      if (site.kind() == Site.Kind.BOX && site.text().equals(d.subject())) {
        return true;
      }
    }
    return false;
  }

  private void leak(RuleContext ctx, int pos, String parameter, String verdict) {
    Way way = ctx.ways().ofParameter(pos, parameter);
    String reason = Remedies.reason(way);
    report(ctx, pos)
        .because(way.steps())
        .fix(advice(Remedies.of(way)))
        .message(
            verdict
                + (reason.isEmpty() ? "" : ", as " + reason)
                + "; what callers pass there has to be on the heap");
  }

  private void result(RuleContext ctx, Decision.LeakingParamToResult d) {
    String what = d.level() == 0 ? d.parameter() : "what is reached through " + d.parameter();
    say(
        ctx,
        d.pos(),
        what + " is returned as " + d.result() + "; it lives as long as the result does",
        "");
  }

  private void stays(RuleContext ctx, Decision.DoesNotEscape d) {
    Expr.Name name = ctx.tree().at(d.pos(), Expr.Name.class);
    boolean isParameter =
        name != null
            && ctx.types().info().def(name) instanceof Var v
            && v.name().equals(d.subject());
    say(
        ctx,
        d.pos(),
        isParameter || isParameterField(ctx, d.pos())
            ? "what " + d.subject() + " points to is not kept: callers may have it in their frames"
            : Ways.inWords(d.subject())
                + " does not outlive the call: "
                + new FrameWords(ctx).of(d.pos(), d.subject()),
        "");
  }

  private static boolean isParameterField(RuleContext ctx, int pos) {
    return ctx.tree().at(pos).stream().anyMatch(n -> n instanceof dev.escapade.syntax.Field);
  }

  private void capture(RuleContext ctx, Decision.Capturing d) {
    String why =
        d.byValue()
            ? "it does not change after that, and is small"
            : d.addrTaken()
                ? "its address is taken"
                : d.assigned() ? "it is assigned after it is declared" : "it is large";
    say(
        ctx,
        d.pos(),
        "the function literal captures "
            + d.variable()
            + (d.byValue() ? " by value: " : " by reference: ")
            + why,
        "");
  }

  /** A variable of a function that was not moved is in the frame, whatever it is used for. */
  private void variable(RuleContext ctx, Expr.Name name) {
    String where = new FrameWords(ctx).ofVariable(name.pos(), ctx.tree().function(name));
    say(ctx, name.pos(), "variable " + name.value() + " " + where, "");
  }

  /** Reports whether a name is that of a variable that a function declares there. */
  private static boolean isLocalVariable(RuleContext ctx, Expr.Name name) {
    return ctx.types().info().def(name) instanceof Var v
        && !v.name().equals("_")
        && !v.isField()
        && ctx.tree().function(name) != null
        && !isParameterField(ctx, name.pos());
  }

  private void say(RuleContext ctx, int pos, String text, String advice) {
    report(ctx, pos).fix(advice(advice)).message(text);
  }

  private static @Nullable Fix advice(String text) {
    return text.isEmpty() ? null : Fix.of(text, "");
  }

  private RuleContext.Report report(RuleContext ctx, int pos) {
    Expr e = ctx.tree().at(pos, Expr.class);
    Node node = e;
    if (node == null) {
      for (Node n : ctx.tree().at(pos)) {
        node = n;
      }
    }
    if (node == null) {
      node = ctx.tree().files().getFirst();
    }
    Place place = e != null ? ctx.extents().of(e) : ctx.extents().at(pos);
    return ctx.report(this, node, place.line() == line ? place : ctx.extents().at(pos));
  }
}
