package dev.escapade.unit;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Sym;
import dev.escapade.types.Named;
import dev.escapade.types.Type;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The code of a package, made by the builder and changed by the passes. */
public interface Code {
  /**
   * All functions with code, function literals included, in the compiler's order. New ones may
   * appear at the end while calls are inlined and wrappers made.
   */
  List<Func> funcs();

  /** Reports whether the package imports {@code path} itself. */
  boolean imports(String path);

  /**
   * A function or method of another package, by the linker's name, as far as the packages that this
   * one imports let it be seen; null for others and for what is generic.
   */
  @Nullable Func findImported(String linkName);

  /** Builds the instances of generic functions that were found to be needed. */
  void buildInstances();

  /** Reports whether an import of this package hands the body of {@code imported} on. */
  boolean hasBody(Func imported);

  /**
   * Builds the body of {@code callee} anew in place of {@code call}.
   *
   * @param inl the index of the call in the inline tree
   * @param instantiated receives the bodies of generic functions that are instantiated for the
   *     first time; they are dropped afterwards
   */
  InlinedCallExpr inline(
      Func caller, CallExpr call, Func callee, int inl, Consumer<List<Func>> instantiated);

  /**
   * Reports whether all pointers to a defined type are one type in the compiler, which they are
   * unless inlined bodies only have brought it.
   */
  boolean hasOnePointer(Named elem);

  /**
   * Notes that a value of {@code type} becomes one of the interface type {@code iface}, so that the
   * type's descriptor, and functions for it, are needed.
   */
  void noteConversion(Type type, Type iface);

  /** A call of runtime.KeepAlive. */
  CallExpr keepAliveCall(int pos, int inl, ExprNode pointer);

  /** A new temporary variable of {@code fn}, not declared yet. */
  Name newTemp(int pos, int inl, Func fn, Type type);

  /**
   * Makes the wrappers of methods that the package needs, and calls {@code finish} for each, which
   * may in turn make others necessary.
   *
   * @param isInlinable reports whether calls of a function can be inlined
   */
  void makeWrappers(Consumer<Func> finish, Predicate<Func> isInlinable);

  /** Reports whether {@code type} has the methods of the interface {@code iface}. */
  boolean isImplementation(Type type, Type iface);

  /**
   * The selection of method {@code sel} of {@code receiver}, through embedded fields if need be: a
   * method of a type (DOTMETH) or of an embedded interface (DOTINTER).
   */
  SelectorExpr method(int pos, int inl, ExprNode receiver, Sym sel);

  /**
   * Makes {@code call} call {@code method}, as {@link #method} returns it: with the receiver as
   * first argument of a method expression, or through an interface.
   */
  void setCallee(CallExpr call, SelectorExpr method);
}
