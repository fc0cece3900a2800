package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of a function or method. The receiver does not count for identity. */
public final class Signature extends Type {
  private List<TypeParam> recvTypeParams;
  private List<TypeParam> typeParams;
  private @Nullable Scope scope;
  private @Nullable Var recv;
  private Tuple params;
  private Tuple results;
  private boolean variadic;

  /** A function without parameters and results, to be set up. */
  Signature() {
    this(null, List.of(), List.of(), Tuple.EMPTY, Tuple.EMPTY, false);
  }

  /**
   * A signature. The type parameters must have been bound (see {@link TypeParam#bind}).
   *
   * @param variadic whether the last parameter is {@code ...T}; its type is then a slice, or for
   *     {@code append} a string or a type parameter
   */
  public Signature(
      @Nullable Var recv,
      List<TypeParam> recvTypeParams,
      List<TypeParam> typeParams,
      Tuple params,
      Tuple results,
      boolean variadic) {
    this.recv = recv;
    this.recvTypeParams = List.copyOf(recvTypeParams);
    this.typeParams = List.copyOf(typeParams);
    this.params = params;
    this.results = results;
    this.variadic = variadic;
  }

  /** A copy of this signature; it shares everything that it refers to. */
  Signature copy() {
    Signature sig = new Signature(recv, recvTypeParams, typeParams, params, results, variadic);
    sig.scope = scope;
    return sig;
  }

  /**
   * The receiver, or null if this is no method. For an interface method its type is the interface
   * or the named type of it.
   */
  public @Nullable Var recv() {
    return recv;
  }

  public List<TypeParam> typeParams() {
    return typeParams;
  }

  /** The receiver's type parameters, from left to right. */
  public List<TypeParam> recvTypeParams() {
    return recvTypeParams;
  }

  public Tuple params() {
    return params;
  }

  public Tuple results() {
    return results;
  }

  public boolean variadic() {
    return variadic;
  }

  /** The scope of the function's parameters and body; null if imported or instantiated. */
  @Nullable Scope scope() {
    return scope;
  }

  void setRecv(@Nullable Var recv) {
    this.recv = recv;
  }

  void setTypeParams(List<TypeParam> typeParams) {
    this.typeParams = List.copyOf(typeParams);
  }

  void setRecvTypeParams(List<TypeParam> recvTypeParams) {
    this.recvTypeParams = List.copyOf(recvTypeParams);
  }

  void setParams(Tuple params) {
    this.params = params;
  }

  void setResults(Tuple results) {
    this.results = results;
  }

  void setVariadic(boolean variadic) {
    this.variadic = variadic;
  }

  void setScope(@Nullable Scope scope) {
    this.scope = scope;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
