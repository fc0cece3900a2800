package dev.escapade.types;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A type parameter. Its underlying type is its constraint's interface. */
public final class TypeParam extends Type {
  private final TypeName obj;
  private int index = -1;
  private Type bound;
  private @Nullable Checker check;

  /**
   * A type parameter. It becomes the type of {@code obj} if that has none.
   *
   * @param bound the constraint; invalid if it follows by {@link #setBound}
   */
  TypeParam(@Nullable Checker check, TypeName obj, Type bound) {
    this.check = check;
    this.obj = obj;
    this.bound = bound;
    if (obj.typeOrNull() == null) {
      obj.setType(this);
    }
    if (check != null) {
      check.needsCleanup(this::cleanup);
    }
  }

  private void cleanup() {
    iface();
    check = null;
  }

  /** Gives the type parameters of one list their indices. */
  static List<TypeParam> bind(List<TypeParam> list) {
    for (int i = 0; i < list.size(); i++) {
      list.get(i).index = i;
    }
    return List.copyOf(list);
  }

  public TypeName obj() {
    return obj;
  }

  /** The index in the list of type parameters from 0, or -1 as long as there is none. */
  public int index() {
    return index;
  }

  void setIndex(int index) {
    this.index = index;
  }

  public Type constraint() {
    return bound;
  }

  void setBound(Type bound) {
    this.bound = bound;
  }

  @Override
  public Type underlying() {
    return iface();
  }

  /** See {@link TypeSet#is}. */
  boolean is(Predicate<@Nullable Term> f) {
    return iface().typeSet().is(f);
  }

  /**
   * The constraint as an interface, with its type set computed; that of all types if the constraint
   * is wrong. A constraint that is no interface gets one around it.
   */
  Interface iface() {
    Interface t =
        switch (bound.underlying()) {
          case Basic b when b == Basic.INVALID -> Interface.EMPTY;
          case Interface i when bound.unalias() instanceof TypeParam -> Interface.EMPTY;
          case Interface i -> i;
          case Type _ -> {
            Interface wrapper = new Interface(List.of(), List.of(bound));
            wrapper.markImplicit();
            bound = wrapper;
            yield wrapper;
          }
        };
    if (t.typeSetIfKnown() == null) {
      TypeSet.compute(check, obj.pos(), t);
    }
    return t;
  }
}
