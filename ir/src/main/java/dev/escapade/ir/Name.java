package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A variable or a function; each use in an expression is the same object.
 *
 * <p>A closure has its own copy of each variable of an enclosing function that it uses: see {@link
 * #outer} and {@link #canonical}.
 */
public final class Name extends ExprNode {
  private static final int BYVAL = 1 << 8;
  private static final int AUTO_TEMP = 1 << 9;
  private static final int USED = 1 << 10;
  private static final int CLOSURE_VAR = 1 << 11;
  private static final int ADDRTAKEN = 1 << 12;
  private static final int INL_FORMAL = 1 << 13;
  private static final int INL_LOCAL = 1 << 14;
  private static final int NEEDZERO = 1 << 15;
  private static final int NON_MERGEABLE = 1 << 16;
  private static final int READONLY = 1 << 17;
  private static final int REASSIGNED = 1 << 18;
  private static final int OPEN_DEFER_SLOT = 1 << 19;

  public Sym sym;
  public StorageClass storage;

  /** The function, for {@link StorageClass#FUNC}; null for a method of an interface. */
  public @Nullable Func func;

  /**
   * What defines the name: for a variable its initializing assignment ({@link AssignStmt}, {@link
   * AssignListStmt}), {@link TypeSwitchGuard} or {@link RangeStmt}; for a closure's copy the
   * original variable; for a function its {@link Func}.
   */
  public @Nullable Node defn;

  /** The function that declares a local variable or parameter, or has this closure's copy. */
  public @Nullable Func curfn;

  /** For a closure's copy, the enclosing function's variable it is a copy of. */
  public @Nullable Name outer;

  /** The temporary that holds the address of a parameter moved to the heap. */
  public @Nullable Name heapAddr;

  /** The index of the dictionary entry that describes the type, plus 1; 0 if there is none. */
  public int dictIndex;

  /** For a pass to attach its own data. */
  public @Nullable Object opt;

  public Name(int pos, int inl, Sym sym, @Nullable Type type, StorageClass storage) {
    super(pos, inl, Op.NAME, type);
    this.sym = sym;
    this.storage = storage;
  }

  /** A new local variable of {@code fn}, appended to its declarations. */
  public static Name local(Func fn, int pos, int inl, Sym sym, Type type) {
    Name n = new Name(pos, inl, sym, type, StorageClass.AUTO);
    n.curfn = fn;
    fn.dcl.add(n);
    return n;
  }

  /** A new variable of closure {@code fn} that stands for the enclosing function's {@code n}. */
  public static Name closureVar(int pos, int inl, Func fn, Name n) {
    switch (n.storage) {
      case AUTO, PARAM, PARAMOUT, AUTOHEAP -> {}
      case NONE, EXTERN, FUNC -> throw new IllegalArgumentException("not local: " + n.sym);
    }
    Name c = new Name(pos, inl, n.sym, n.typeOrNull(), StorageClass.AUTOHEAP);
    c.curfn = fn;
    c.setFlag(CLOSURE_VAR, true);
    c.defn = n.canonical();
    c.outer = n;
    fn.closureVars.add(c);
    return c;
  }

  /** A new hidden parameter of {@code fn}, which is passed in the context register. */
  public static Name hiddenParam(int pos, Func fn, Sym sym, Type type) {
    fn.setNeedctxt(true);
    Name fake = new Name(pos, 0, sym, type, StorageClass.PARAM);
    fake.setByval(true);
    return closureVar(pos, 0, fn, fake);
  }

  /**
   * The variable as declared: for a closure's copy the original in the function that declares it,
   * or else this.
   */
  public Name canonical() {
    return isClosureVar() && defn instanceof Name n ? n : this;
  }

  public boolean isClosureVar() {
    return hasFlag(CLOSURE_VAR);
  }

  /** Whether closures capture the variable by value. */
  public boolean isByval() {
    return canonical().hasFlag(BYVAL);
  }

  public void setByval(boolean b) {
    if (canonical() != this) {
      throw new IllegalStateException("setByval of a closure's copy: " + sym);
    }
    setFlag(BYVAL, b);
  }

  /** Whether the address is taken, explicitly or by a slicing or method call. */
  public boolean isAddrtaken() {
    return hasFlag(ADDRTAKEN);
  }

  public void setAddrtaken(boolean b) {
    setFlag(ADDRTAKEN, b);
  }

  /** Whether this is a temporary of the compiler. */
  public boolean isAutoTemp() {
    return hasFlag(AUTO_TEMP);
  }

  public void setAutoTemp(boolean b) {
    setFlag(AUTO_TEMP, b);
  }

  public boolean isUsed() {
    return hasFlag(USED);
  }

  public void setUsed(boolean b) {
    setFlag(USED, b);
  }

  /** Whether inlining made this from a parameter of the callee. */
  public boolean isInlFormal() {
    return hasFlag(INL_FORMAL);
  }

  public void setInlFormal(boolean b) {
    setFlag(INL_FORMAL, b);
  }

  /** Whether inlining made this from a local variable of the callee. */
  public boolean isInlLocal() {
    return hasFlag(INL_LOCAL);
  }

  public void setInlLocal(boolean b) {
    setFlag(INL_LOCAL, b);
  }

  public boolean isNeedzero() {
    return hasFlag(NEEDZERO);
  }

  public void setNeedzero(boolean b) {
    setFlag(NEEDZERO, b);
  }

  public boolean isNonMergeable() {
    return hasFlag(NON_MERGEABLE);
  }

  public void setNonMergeable(boolean b) {
    setFlag(NON_MERGEABLE, b);
  }

  /** Whether the variable keeps the function of an open-coded defer. */
  public boolean isOpenDeferSlot() {
    return hasFlag(OPEN_DEFER_SLOT);
  }

  public void setOpenDeferSlot(boolean b) {
    setFlag(OPEN_DEFER_SLOT, b);
  }

  public boolean isReadonly() {
    return hasFlag(READONLY);
  }

  public void markReadonly() {
    setFlag(READONLY, true);
  }

  /**
   * Whether the variable is assigned other than by its definition; kept by {@code
   * dev.escapade.unit.StaticValues}.
   */
  public boolean isReassigned() {
    return hasFlag(REASSIGNED);
  }

  public void setReassigned(boolean b) {
    setFlag(REASSIGNED, b);
  }

  /** Reports whether this is the blank identifier. */
  public boolean isBlank() {
    return sym.isBlank();
  }

  /** Reports whether the variable may be on the stack. */
  public boolean isOnStack() {
    return switch (storage) {
      case PARAM, PARAMOUT, AUTO -> esc() != Esc.HEAP;
      case EXTERN, AUTOHEAP -> false;
      case NONE, FUNC -> throw new IllegalStateException("not a variable: " + sym);
    };
  }

  /**
   * The function of this name.
   *
   * @throws NullPointerException if it names none
   */
  public Func requireFunc() {
    return Objects.requireNonNull(func);
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return false;
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {}
}
