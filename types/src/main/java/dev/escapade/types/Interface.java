package dev.escapade.types;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An interface type, also one that stands for a constraint literal such as {@code ~int|string}. */
public final class Interface extends Type {
  /**
   * An interface that all types implement: identical to {@code any}, but another object, which
   * messages do not call so. It is what values are panicked and recovered as.
   */
  public static final Interface EMPTY = withTypeSet(TypeSet.TOP);

  private List<Func> methods;
  private List<Type> embeddeds;
  private List<Integer> embedPos = List.of();
  private boolean implicit;
  private boolean complete;
  private @Nullable Checker check;
  private @Nullable TypeSet tset;

  /** An interface whose elements follow by {@link #setElements}. */
  Interface(@Nullable Checker check) {
    this.check = check;
    this.methods = List.of();
    this.embeddeds = List.of();
    if (check != null) {
      check.needsCleanup(this::cleanup);
    }
  }

  /** A complete interface. Receivers that are missing in the methods are set. */
  public Interface(List<Func> methods, List<Type> embeddeds) {
    for (Func m : methods) {
      Signature sig = m.signature();
      if (sig.recv() == null) {
        sig.setRecv(new Var(VarKind.RECV, m.pos(), m.pkg(), "", this));
      }
    }
    this.methods = sorted(methods);
    this.embeddeds = List.copyOf(embeddeds);
    this.complete = true;
  }

  /** A complete interface without elements that has the given type set. */
  static Interface withTypeSet(TypeSet tset) {
    Interface t = new Interface(List.of(), List.of());
    t.tset = tset;
    return t;
  }

  private static List<Func> sorted(List<Func> methods) {
    List<Func> list = new ArrayList<>(methods);
    list.sort(Obj::compare);
    return List.copyOf(list);
  }

  private void cleanup() {
    typeSet();
    check = null;
    embedPos = List.of();
  }

  /**
   * Says what is written in the interface, which makes it complete.
   *
   * @param embedPos the positions of {@code embeddeds} for messages, or empty
   */
  void setElements(List<Func> methods, List<Type> embeddeds, List<Integer> embedPos) {
    this.methods = sorted(methods);
    this.embeddeds = List.copyOf(embeddeds);
    this.embedPos = List.copyOf(embedPos);
    this.complete = true;
  }

  /** The methods written in the interface, sorted. */
  public List<Func> explicitMethods() {
    return methods;
  }

  /** The embedded elements as written. */
  public List<Type> embeddeds() {
    return embeddeds;
  }

  /** The positions of the embedded elements while the package is being checked, or empty. */
  List<Integer> embedPos() {
    return embedPos;
  }

  /** The number of methods, embedded ones included. */
  public int numMethods() {
    return typeSet().methods().size();
  }

  /** The method at {@code i} in the order of {@link Obj#compare}, embedded ones included. */
  public Func method(int i) {
    return typeSet().methods().get(i);
  }

  /** Reports whether every type implements the interface. */
  public boolean empty() {
    return typeSet().isAll();
  }

  /** Reports whether each type of the type set is comparable. */
  public boolean isComparable() {
    return typeSet().isComparable();
  }

  /** Reports whether the interface is fully described by its methods. */
  public boolean isMethodSet() {
    return typeSet().isMethodSet();
  }

  /** Reports whether the interface stands for a constraint literal. */
  public boolean isImplicit() {
    return implicit;
  }

  void markImplicit() {
    implicit = true;
  }

  /** Reports whether the elements have been set. */
  boolean complete() {
    return complete;
  }

  /** The types that implement the interface; that of all types as long as it is incomplete. */
  TypeSet typeSet() {
    TypeSet s = tset;
    return s != null ? s : TypeSet.compute(check, 0, this);
  }

  /** The type set if it has been computed, else null. */
  @Nullable TypeSet typeSetIfKnown() {
    return tset;
  }

  void setTypeSet(@Nullable TypeSet tset) {
    this.tset = tset;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
