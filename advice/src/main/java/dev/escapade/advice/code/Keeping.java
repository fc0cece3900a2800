package dev.escapade.advice.code;

import dev.escapade.escape.Leaks;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What calls do with their arguments. Whether a callee keeps one says its summary of the escape
 * analysis, which is sure; how, if anybody knows, say the paths, of which the log has one for each
 * parameter.
 */
public final class Keeping {
  /** What becomes of an argument. */
  public enum Verdict {
    /** It does not outlive the call. */
    NO,
    /** A result has it, or a part of it. */
    RETURNED,
    /** It goes to a method of an interface or a function value, which may keep it or not. */
    PERHAPS,
    /** The callee keeps it, as far as anybody knows. */
    YES
  }

  private final Tree tree;
  private final Types types;
  private final Ways ways;
  private final Calls calls;
  private final Function<Func, @Nullable List<Long>> leaks;
  private final Function<Func, List<@Nullable Kept>> kept;

  /**
   * The calls of a package.
   *
   * @param leaks where the parameters of a function flow, the receiver first; null if nothing is
   *     known of it
   * @param kept how a function keeps its parameters, the receiver first
   */
  public Keeping(
      Tree tree,
      Types types,
      Ways ways,
      Calls calls,
      Function<Func, @Nullable List<Long>> leaks,
      Function<Func, List<@Nullable Kept>> kept) {
    this.tree = tree;
    this.types = types;
    this.ways = ways;
    this.calls = calls;
    this.leaks = leaks;
    this.kept = kept;
  }

  /** What a call that is no conversion and no builtin does with one of its arguments. */
  public Verdict of(Expr.CallExpr call, Expr arg) {
    Func f = types.callee(call);
    if (f == null || (Types.isInterfaceMethod(f) && !ways.isDevirtualized(call.pos()))) {
      return Verdict.PERHAPS;
    }
    Func callee = f.origin();
    Signature signature = callee.signature();
    int index = index(call, arg);
    int last = signature.params().len() - 1;
    List<Long> flows = Types.isInterfaceMethod(f) ? null : leaks.apply(callee);
    if (index < 0 || last < 0 || flows == null) {
      return Verdict.PERHAPS;
    }
    int param = Math.min(index, last);
    int slot = param + (signature.recv() == null ? 0 : 1);
    long flow = slot < flows.size() ? flows.get(slot) : Leaks.TO_HEAP;
    int levels = levels(call, arg, signature, param);
    if (isWithin(Leaks.heap(flow), levels)) {
      return isPerhaps(callee, slot, signature.params().vars().get(param))
          ? Verdict.PERHAPS
          : Verdict.YES;
    }
    for (int i = 0; i < signature.results().len() && i < Leaks.RESULTS; i++) {
      if (isWithin(Leaks.result(flow, i), levels)) {
        return Verdict.RETURNED;
      }
    }
    return Verdict.NO;
  }

  private static int index(Expr.CallExpr call, Expr arg) {
    for (int i = 0; i < call.args().size(); i++) {
      if (Tree.same(Syntax.unparen(call.args().get(i)), Syntax.unparen(arg))) {
        return i;
      }
    }
    return -1;
  }

  /** How many dereferences lead from the parameter to the argument: a slice's, and a box's. */
  private int levels(Expr.CallExpr call, Expr arg, Signature signature, int param) {
    Type t = signature.params().vars().get(param).type();
    boolean spread =
        signature.variadic() && param == signature.params().len() - 1 && !call.hasDots();
    Type elem = spread && t.underlying() instanceof Slice s ? s.elem() : t;
    Type given = types.of(arg);
    boolean boxed = Predicates.isInterface(elem) && given != null && !Predicates.isInterface(given);
    return (spread ? 1 : 0) + (boxed ? 1 : 0);
  }

  private static boolean isWithin(int derefs, int levels) {
    return derefs >= 0 && derefs <= levels;
  }

  /** The path that is known ends where nobody knows, and no statement of the body keeps it. */
  private boolean isPerhaps(Func callee, int slot, Var param) {
    List<@Nullable Kept> all = kept.apply(callee);
    Kept way = slot < all.size() ? all.get(slot) : null;
    Decl.FuncDecl d = calls.declaration(callee);
    return way != null
        && switch (way.end()) {
          case INTERFACE_CALL, FUNCTION_VALUE, PANIC ->
              d == null || d.body() == null || !new Uses(tree, types).isKept(param, d.body());
          case RETURNED,
              GLOBAL,
              STORED,
              SENT,
              GOROUTINE,
              CALLEE,
              SIZE,
              LOOP,
              COPIED,
              HOLDER,
              UNKNOWN ->
              false;
        };
  }
}
