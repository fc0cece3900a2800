package dev.escapade.advice;

import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.code.Coldness;
import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.InlineCost;
import dev.escapade.advice.code.Keeping;
import dev.escapade.advice.code.Ranges;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Visibility;
import dev.escapade.advice.code.Ways;
import dev.escapade.advice.edit.Hoist;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.types.Type;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule sees of a package, and where it reports. For one thread. */
public final class RuleContext {

  private final PackageView view;
  private final List<Finding> findings = new ArrayList<>();

  RuleContext(PackageView view) {
    this.view = view;
  }

  /** The trees. */
  public Tree tree() {
    return view.tree();
  }

  /** Questions about expressions. */
  public Types types() {
    return view.types();
  }

  /** Where nodes are. */
  public Extents extents() {
    return view.extents();
  }

  /** The allocations. */
  public Sites sites() {
    return view.sites();
  }

  /** The ways by which allocations escape. */
  public Ways ways() {
    return view.ways();
  }

  /** Who calls whom, and what became of the calls. */
  public Calls calls() {
    return view.calls();
  }

  /** Between which numbers the integers of the package lie. */
  public Ranges ranges() {
    return view.ranges();
  }

  /** What calls do with their arguments. */
  public Keeping keeping() {
    return view.keeping();
  }

  /** Who else has a say in what functions take and return. */
  public Visibility visibility() {
    return view.visibility();
  }

  /** What boxes cost. */
  public Boxing boxing() {
    return view.boxing();
  }

  /** The boxes that are really allocated. */
  public Boxes boxes() {
    return view.boxes();
  }

  /** What function literals on the heap have captured. */
  public Captures captures() {
    return view.captures();
  }

  /** What the inliner would charge for bodies. */
  public InlineCost inlineCost() {
    return view.inlineCost();
  }

  /** What runs seldom. */
  public Coldness coldness() {
    return view.coldness();
  }

  /** What the passes shared: the release, sizes, the log. */
  public Unit unit() {
    return view.unit();
  }

  /** What is known of functions, of this package and others. */
  public Facts facts() {
    return view.facts();
  }

  /**
   * The expression of the tree that makes what a site makes, or null. A conversion has the position
   * of its operand there.
   */
  public @Nullable Expr expression(Site site) {
    Expr e = tree().at(site.pos(), Expr.class);
    return switch (site.kind()) {
      case BYTES_TO_STRING, STRING_TO_BYTES, RUNES -> {
        Node p = e == null ? null : tree().parentSkippingParens(e);
        yield p instanceof Expr.CallExpr call && types().isConversion(call) ? call : e;
      }
      default -> e;
    };
  }

  /** What an object of {@code size} bytes takes from the heap, among others of its like. */
  public long heapBytes(long size, boolean pointers) {
    return unit().release().allocation().shareBytes(size, pointers);
  }

  /** What a variable of a type takes from the heap. */
  public long heapBytes(Type t) {
    return heapBytes(types().sizeBytes(t), types().facts().hasPointers(t));
  }

  /** Begins a change of the file in which a node stands. */
  public Rewrite rewrite(Node anchor) {
    return new Rewrite(tree(), types(), extents(), anchor);
  }

  /** What may be evaluated earlier. */
  public Hoist hoist() {
    return new Hoist(tree(), types());
  }

  /** Begins a finding about a node. */
  public Report report(Rule rule, Node node) {
    return new Report(rule.info(), node, extents().of(node));
  }

  /** Begins a finding about a node whose place is given by a position inside of it. */
  public Report report(Rule rule, Node node, Place place) {
    return new Report(rule.info(), node, place);
  }

  /** What has been reported. */
  List<Finding> findings() {
    return findings;
  }

  /** The spelling of an expression, shortened. */
  public static String text(Expr e) {
    String text = ExprPrinter.toString(e);
    return text.codePointCount(0, text.length()) <= 60
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 57)) + "...";
  }

  /** A finding in the making. */
  public final class Report {
    private final RuleInfo info;
    private final Node node;
    private final Place place;
    private Severity severity;
    private List<CauseStep> cause = new ArrayList<>();
    private long allocs = Cost.UNKNOWN;
    private long bytes = Cost.UNKNOWN;
    private String costText = "";
    private @Nullable Fix fix;
    private boolean cold;

    private Report(RuleInfo info, Node node, Place place) {
      this.info = info;
      this.node = node;
      this.place = place;
      severity = info.severity();
      cold = coldness().isCold(node);
    }

    /** Sets the severity. */
    public Report severity(Severity s) {
      severity = s;
      return this;
    }

    /** Makes it a warning if it is in a loop of its function. */
    public Report warnInLoop() {
      if (tree().isInLoop(node)) {
        severity = Severity.WARNING;
      }
      return this;
    }

    /** Says that it is not cold, whatever is around it. */
    public Report notCold() {
      cold = false;
      return this;
    }

    /** Says that it is cold. */
    public Report cold() {
      cold = true;
      return this;
    }

    /** Adds a link to the chain. */
    public Report because(Node at, String text) {
      cause.add(new CauseStep(extents().of(at), text));
      return this;
    }

    /** Adds links to the chain. */
    public Report because(List<CauseStep> steps) {
      cause.addAll(steps);
      return this;
    }

    /** Adds to the chain how something escapes. */
    public Report because(Site site) {
      return because(ways().of(site).steps());
    }

    /**
     * Sets the cost.
     *
     * @param count of allocations, or {@link Cost#UNKNOWN}
     * @param size in bytes, or {@link Cost#UNKNOWN}
     */
    public Report cost(long count, long size, String text) {
      allocs = count;
      bytes = count == 1 && size > 0 ? heapBytes(size, false) : size;
      costText = text;
      return this;
    }

    /** Sets what to do. */
    public Report fix(String text, String effect) {
      fix = Fix.of(text, effect);
      return this;
    }

    /** Sets what to do. */
    public Report fix(@Nullable Fix f) {
      fix = f;
      return this;
    }

    /**
     * Ends the finding with its message: one sentence without a full stop. Nothing is told of code
     * that cannot be reached.
     */
    public void message(String message) {
      if (view.unreachable().test(node)) {
        return;
      }
      Cost cost = new Cost(allocs, bytes, tree().isInLoop(node), null, costText);
      findings.add(
          new Finding(
              info.slug(),
              severity,
              info.question(),
              place,
              function(),
              message,
              cause,
              cost,
              fix,
              cold));
    }

    private String function() {
      Decl.FuncDecl decl = node instanceof Decl.FuncDecl d ? d : tree().declaration(node);
      return decl == null ? "" : Calls.name(decl);
    }
  }
}
