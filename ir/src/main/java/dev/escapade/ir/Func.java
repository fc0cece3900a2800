package dev.escapade.ir;

import dev.escapade.syntax.Pragma;
import dev.escapade.types.Signature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function, method, closure or wrapper. {@link #nname} is used to refer to it, and {@link
 * #closure} where it is a function literal.
 */
public final class Func extends Node {
  private static final int DUPOK = 1 << 8;
  private static final int WRAPPER = 1 << 9;
  private static final int NEEDCTXT = 1 << 10;
  private static final int HAS_DEFER = 1 << 11;
  private static final int INLINABILITY_CHECKED = 1 << 12;
  private static final int NEVER_RETURNS = 1 << 13;
  private static final int CLOSURE_RESULTS_LOST = 1 << 14;
  private static final int PACKAGE_INIT = 1 << 15;
  private static final int HAS_BODY = 1 << 16;
  private static final int OPEN_CODED_DEFER_DISALLOWED = 1 << 17;
  private static final int NIL_CHECK_DISABLED = 1 << 18;
  private static final int HAS_LOOPS = 1 << 19;
  private static final int HAS_INDEXES = 1 << 20;

  public final Name nname;

  /** The statements; empty for a function that is imported or implemented elsewhere. */
  public List<Node> body = new ArrayList<>();

  /** The expression this is the function of, for function literals and go/defer wrappers. */
  public @Nullable ClosureExpr closure;

  /** Parameters (with the receiver first), results, then local variables. */
  public List<Name> dcl = new ArrayList<>();

  /** This closure's copies of the variables it captures. */
  public List<Name> closureVars = new ArrayList<>();

  /** The function that a closure is directly within. */
  public @Nullable Func closureParent;

  /**
   * For the body of a range over a function, the innermost enclosing function that is none itself.
   */
  public @Nullable Func rangeParent;

  /** The function that a go/defer wrapper wraps. */
  public @Nullable Func wrappedFunc;

  /** How calls may be replaced by the body, or null if they may not; set by the inliner. */
  public @Nullable Inline inline;

  /** The directives in force. */
  public EnumSet<Pragma.Flag> pragma = EnumSet.noneOf(Pragma.Flag.class);

  /** The position of the closing brace. */
  public int endPos;

  public int numDefers;
  public int numReturns;

  /** How the body came to be: the builder's data, opaque for passes. */
  public @Nullable Object origin;

  /** For a pass to attach its own data. */
  public @Nullable Object opt;

  private int funcLitGen;
  private int rangeLitGen;
  private int goDeferGen;
  private int labelGen;

  public Func(int pos, int namePos, Sym sym, @Nullable Signature type) {
    super(pos, 0, Op.DCLFUNC);
    nname = new Name(namePos, 0, sym, type, StorageClass.FUNC);
    nname.func = this;
  }

  public Signature type() {
    return (Signature) nname.type();
  }

  public Sym sym() {
    return nname.sym;
  }

  public boolean has(Pragma.Flag flag) {
    return pragma.contains(flag);
  }

  /** Whether several packages may define it, as instantiated functions and method wrappers. */
  public boolean isDupok() {
    return hasFlag(DUPOK);
  }

  public void setDupok(boolean b) {
    setFlag(DUPOK, b);
  }

  /** Whether this is a method wrapper or a go/defer wrapper. */
  public boolean isWrapper() {
    return hasFlag(WRAPPER);
  }

  public void setWrapper(boolean b) {
    setFlag(WRAPPER, b);
  }

  /** Whether the function uses the context register, as closures with captured variables do. */
  public boolean isNeedctxt() {
    return hasFlag(NEEDCTXT);
  }

  public void setNeedctxt(boolean b) {
    setFlag(NEEDCTXT, b);
  }

  public boolean hasDefer() {
    return hasFlag(HAS_DEFER);
  }

  public void setHasDefer(boolean b) {
    setFlag(HAS_DEFER, b);
  }

  /** Whether the inliner has decided about this function. */
  public boolean isInlinabilityChecked() {
    return hasFlag(INLINABILITY_CHECKED);
  }

  public void setInlinabilityChecked(boolean b) {
    setFlag(INLINABILITY_CHECKED, b);
  }

  public boolean isNeverReturns() {
    return hasFlag(NEVER_RETURNS);
  }

  public void setNeverReturns(boolean b) {
    setFlag(NEVER_RETURNS, b);
  }

  /** Whether escape analysis lost track of where this closure's results go. */
  public boolean isClosureResultsLost() {
    return hasFlag(CLOSURE_RESULTS_LOST);
  }

  public void setClosureResultsLost(boolean b) {
    setFlag(CLOSURE_RESULTS_LOST, b);
  }

  /** Whether the compiler made this function to initialize the package. */
  public boolean isPackageInit() {
    return hasFlag(PACKAGE_INIT);
  }

  public void setPackageInit(boolean b) {
    setFlag(PACKAGE_INIT, b);
  }

  /** Whether deferred calls need records, as those of defers in loops. */
  public boolean isOpenCodedDeferDisallowed() {
    return hasFlag(OPEN_CODED_DEFER_DISALLOWED);
  }

  public void setOpenCodedDeferDisallowed(boolean b) {
    setFlag(OPEN_CODED_DEFER_DISALLOWED, b);
  }

  /**
   * Whether loops of the source were built in the function, in inlined calls too, but not in the
   * closures in it.
   */
  public boolean hasLoops() {
    return hasFlag(HAS_LOOPS);
  }

  public void setHasLoops() {
    setFlag(HAS_LOOPS, true);
  }

  /** Whether index expressions were built in the function or in a closure in it. */
  public boolean hasIndexes() {
    return hasFlag(HAS_INDEXES);
  }

  /** Says that the function, and with it those around it, have index expressions. */
  public void setHasIndexes() {
    for (Func f = this; f != null; f = f.closureParent) {
      f.setFlag(HAS_INDEXES, true);
    }
  }

  /** Whether pointers need no checks, as in functions that compare and hash. */
  public boolean isNilCheckDisabled() {
    return hasFlag(NIL_CHECK_DISABLED);
  }

  public void setNilCheckDisabled(boolean b) {
    setFlag(NIL_CHECK_DISABLED, b);
  }

  /** Whether the function has a body here, even if that is empty. */
  public boolean hasBody() {
    return hasFlag(HAS_BODY);
  }

  public void setHasBody(boolean b) {
    setFlag(HAS_BODY, b);
  }

  /**
   * The next number for the names of closures in this function.
   *
   * @param why CLOSURE for literals, RANGE for bodies of ranges over functions, else for wrappers
   */
  public int nextClosure(Op why) {
    return switch (why) {
      case CLOSURE -> ++funcLitGen;
      case RANGE -> ++rangeLitGen;
      default -> ++goDeferGen;
    };
  }

  /** The next number, from 0, for labels that the compiler makes in this function. */
  public int nextLabel() {
    return labelGen++;
  }

  /** Reports whether this is a function literal that captures something. */
  public boolean isClosure() {
    return closure != null && !closureVars.isEmpty();
  }

  /** Reports whether {@code c} is a closure somewhere within this function. */
  public boolean containsClosure(Func c) {
    if (this == c || c.closure == null) {
      return false;
    }
    for (Func p = c.closureParent; p != null; p = p.closureParent) {
      if (p == this) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doList(body, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editList(body, edit);
  }
}
