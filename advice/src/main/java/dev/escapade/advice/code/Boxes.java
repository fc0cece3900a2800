package dev.escapade.advice.code;

import dev.escapade.ir.ConvExpr;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.types.Func;
import dev.escapade.types.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The boxes that are really allocated, by the expression that is boxed. */
public final class Boxes {
  /**
   * A box.
   *
   * @param at the expression, or the inlined call that brings the box in
   * @param call the variadic call whose argument is boxed, or null
   */
  public record Box(Site site, ConvExpr conversion, Expr at, Expr.@Nullable CallExpr call) {}

  private final Tree tree;
  private final Types types;
  private final SmallNumbers small;
  private final Filled filled;
  private final List<Box> all = new ArrayList<>();
  private final IdentityHashMap<Expr.CallExpr, List<Box>> byCall = new IdentityHashMap<>();

  /** The boxes of a package. */
  public Boxes(Tree tree, Types types, Sites sites, Boxing boxing, Calls calls, Ranges ranges) {
    this.tree = tree;
    this.types = types;
    small = new SmallNumbers(types, ranges);
    filled = new Filled(tree, types, ranges.assigned());
    Set<Integer> seen = new HashSet<>();
    for (Site site : sites.all()) {
      if (site.kind() == Site.Kind.BOX
          && site.onHeap()
          && site.node() instanceof ConvExpr conversion
          && boxing.of(conversion) != Boxing.Box.NEVER
          && !isToldInCallee(sites, site)
          && !isOnlyInlined(tree, sites, calls, site)
          && seen.add(site.outerPos())) {
        add(site, conversion);
      }
    }
  }

  /** What an inlined function of this package boxes is told of where it is written. */
  private static boolean isToldInCallee(Sites sites, Site site) {
    Site written = site.isInlined() ? sites.at(site.pos(), Site.Kind.BOX) : null;
    return written != null && written.onHeap();
  }

  /** Nobody runs the function as it is written, and in no frame that runs its body is a box. */
  private static boolean isOnlyInlined(Tree tree, Sites sites, Calls calls, Site site) {
    Expr at = site.isInlined() ? null : tree.at(site.pos(), Expr.class);
    Decl.FuncDecl d = at == null ? null : tree.declaration(at);
    Func f = d == null ? null : calls.function(d);
    return d != null
        && f != null
        && d.recv() == null
        && !f.exported()
        && !calls.isRunOutOfLine(d)
        && sites.at(site.pos()).stream().noneMatch(s -> s.isInlined() && s.onHeap());
  }

  private void add(Site site, ConvExpr conversion) {
    Expr at = place(site);
    if (at != null && (site.isInlined() || !small.isSmall(at))) {
      Expr.CallExpr call = site.isInlined() ? null : variadicCall(at);
      Box box = new Box(site, conversion, at, call);
      all.add(box);
      if (call != null) {
        byCall.computeIfAbsent(call, _ -> new ArrayList<>()).add(box);
      }
    }
  }

  private @Nullable Expr place(Site site) {
    Expr best = null;
    for (Node n : tree.at(site.outerPos())) {
      if (n instanceof Expr e && (!site.isInlined() || e instanceof Expr.CallExpr)) {
        best = e;
      }
    }
    return best;
  }

  private Expr.@Nullable CallExpr variadicCall(Expr at) {
    Node child = at;
    Node p = tree.parent(at);
    while (p instanceof Expr.ParenExpr) {
      child = p;
      p = tree.parent(p);
    }
    if (!(p instanceof Expr.CallExpr call) || Tree.same(child, call.fun()) || call.hasDots()) {
      return null;
    }
    Signature sig = types.builtin(call) == null ? types.signature(call) : null;
    if (sig == null || !sig.variadic()) {
      return null;
    }
    int first = sig.params().len() - 1;
    for (int i = first; i < call.args().size(); i++) {
      if (Tree.same(call.args().get(i), child)) {
        return call;
      }
    }
    return null;
  }

  /** All boxes, function by function. */
  public List<Box> all() {
    return all;
  }

  /**
   * Reports whether what is boxed is a string that is never empty, or a slice that is never nil.
   */
  public boolean isFilled(Box box) {
    return !box.site().isInlined() && filled.test(box.at());
  }

  /** The same of any expression. */
  public boolean isFilled(Expr e) {
    return filled.test(e);
  }

  /** The boxes for the variadic arguments of a call. */
  public List<Box> of(Expr.CallExpr call) {
    return byCall.getOrDefault(call, List.of());
  }
}
