package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A node of the intermediate representation. */
public abstract sealed class Node permits ExprNode, StmtNode, Func {
  static final int IMPLICIT = 1;
  static final int NON_NIL = 1 << 1;
  static final int BOUNDED = 1 << 2;
  static final int TRANSIENT = 1 << 3;

  /** Where the node is in the source ({@code diag.SourceMap}), or 0. */
  public int pos;

  /** The innermost inlined call that brought the node here: an index into the {@link InlTree}. */
  public int inl;

  private Op op;
  private int flags;
  private Esc esc = Esc.UNKNOWN;

  Node(int pos, int inl, Op op) {
    this.pos = pos;
    this.inl = inl;
    this.op = op;
  }

  public final Op op() {
    return op;
  }

  final void changeOp(Op op) {
    if (!allows(op)) {
      throw new IllegalArgumentException(op.name() + " is no operation of a " + getClass());
    }
    this.op = op;
  }

  /** Reports whether {@code op} is an operation of this class. */
  boolean allows(Op op) {
    return op == this.op;
  }

  /** The verdict of escape analysis, which alone sets it. */
  public final Esc esc() {
    return esc;
  }

  public final void setEsc(Esc esc) {
    this.esc = esc;
  }

  final boolean hasFlag(int flag) {
    return (flags & flag) != 0;
  }

  final void setFlag(int flag, boolean on) {
    flags = on ? flags | flag : flags & ~flag;
  }

  /** Statements to be executed before this node; not to be changed through this view. */
  public List<Node> init() {
    return List.of();
  }

  /**
   * Replaces the statements to be executed before this node.
   *
   * @throws UnsupportedOperationException if nodes of this class have none
   */
  public void setInit(List<Node> init) {
    if (!init.isEmpty()) {
      throw new UnsupportedOperationException("no initialization in " + op.name());
    }
  }

  /**
   * Calls {@code visit} for the children in the compiler's order until it returns true.
   *
   * @return whether {@code visit} returned true
   */
  public abstract boolean doChildren(Predicate<Node> visit);

  /** Replaces each child by what {@code edit} returns for it. */
  public abstract void editChildren(UnaryOperator<Node> edit);

  static boolean doList(List<? extends Node> list, Predicate<Node> visit) {
    for (int i = 0; i < list.size(); i++) {
      if (visit.test(list.get(i))) {
        return true;
      }
    }
    return false;
  }

  static void editList(List<Node> list, UnaryOperator<Node> edit) {
    for (int i = 0; i < list.size(); i++) {
      Node old = list.get(i);
      Node now = edit.apply(old);
      if (now != old) {
        list.set(i, now);
      }
    }
  }

  static void editCases(List<CaseClause> list, UnaryOperator<Node> edit) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, (CaseClause) edit.apply(list.get(i)));
    }
  }

  static void editComms(List<CommClause> list, UnaryOperator<Node> edit) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, (CommClause) edit.apply(list.get(i)));
    }
  }

  static void editNames(List<Name> list, UnaryOperator<Node> edit) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, (Name) edit.apply(list.get(i)));
    }
  }

  /** The compiler's text for this node; package qualifiers are left to {@link Fmt}. */
  @Override
  public String toString() {
    return Fmt.plain().node(this);
  }
}
