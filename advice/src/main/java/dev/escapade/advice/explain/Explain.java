package dev.escapade.advice.explain;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.decisions.Decision;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.types.Var;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of everything on one line where it lives and why. */
public final class Explain implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo("explanation", "what was decided here", Question.WHERE, Severity.NOTE);

  private final String file;
  private final int line;
  private final int column;

  /**
   * Explains a line.
   *
   * @param file the absolute path
   * @param line from 1
   * @param column in bytes, from 1, of what is asked about; 0 for all that is decided on the line
   */
  public Explain(String file, int line, int column) {
    this.file = file;
    this.line = line;
    this.column = column;
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public String settings() {
    return line + " " + column + " " + file;
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
        if (d instanceof Decision.MovedToHeap) {
          onHeap.add(d.pos());
        }
        explain(ctx, d);
        decided.add(d.pos());
      }
    }
    List<Expr.Name> names = Meanings.names(ctx, file, line);
    for (Expr.Name name : names) {
      if (!onHeap.contains(name.pos()) && variable(ctx, name)) {
        decided.add(name.pos());
      }
    }
    Meanings meanings = new Meanings(ctx);
    Set<String> said = new HashSet<>();
    for (Expr.Name name : names) {
      boolean isWanted = decided.isEmpty() || isAsked(ctx, name);
      String meaning = isWanted && !decided.contains(name.pos()) ? meanings.of(name) : null;
      if (meaning != null && said.add(meaning)) {
        say(ctx, name.pos(), meaning, "");
      }
    }
  }

  private boolean isAsked(RuleContext ctx, Expr.Name name) {
    Place p = ctx.extents().of(name);
    return p.column() <= column && column < p.endColumn();
  }

  private boolean isHere(String path) {
    return path.equals(file);
  }

  private boolean isHere(Place place) {
    return place.line() == line && isHere(place.file());
  }

  private void explain(RuleContext ctx, Decision decision) {
    switch (decision) {
      case Decision.MovedToHeap d ->
          heap(ctx, d.pos(), d.variable(), "variable " + d.variable() + " lives on the heap");
      case Decision.EscapesToHeap d ->
          heap(
              ctx,
              d.pos(),
              d.subject(),
              d.subject()
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
      case Decision.CannotInline d ->
          say(
              ctx,
              d.pos(),
              d.function() + " cannot be inlined: " + d.reason(),
              "what is returned or passed by its callers is decided without them");
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

  private void heap(RuleContext ctx, int pos, String subject, String verdict) {
    Way way = ctx.ways().of(pos, subject);
    String reason = Remedies.reason(way);
    report(ctx, pos)
        .because(way.steps())
        .fix(advice(Remedies.of(way)))
        .message(verdict + (reason.isEmpty() ? "" : ", because " + reason));
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
                + "; callers have to have it on the heap");
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
            : d.subject() + " does not outlive the call",
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
  private boolean variable(RuleContext ctx, Expr.Name name) {
    if (!isLocalVariable(ctx, name)) {
      return false;
    }
    Node function = ctx.tree().function(name);
    String owner =
        function instanceof Decl.FuncDecl d ? "the frame of " + d.name().value() : "the frame";
    say(
        ctx,
        name.pos(),
        "variable " + name.value() + " lives in " + owner + ", or in a register",
        "");
    return true;
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
