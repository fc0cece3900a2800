package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression or type (Go spec, "Expressions" and "Types"). */
public sealed interface Expr extends Node {
  /**
   * A number that is dense (from 0) and unique within the package; side tables are indexed by it.
   */
  int id();

  /** What stands where an expression could not be parsed. */
  record BadExpr(int id, int pos) implements Expr {}

  /** An identifier. */
  record Name(int id, int pos, String value) implements Expr {
    /** Reports whether this is the blank identifier. */
    public boolean isBlank() {
      return value.equals("_");
    }
  }

  /**
   * A basic literal.
   *
   * @param value the spelling in source
   * @param bad whether the literal has syntax errors, which have been reported
   */
  record BasicLit(int id, int pos, LitKind kind, String value, boolean bad) implements Expr {}

  /**
   * {@code type{elems}}.
   *
   * @param type null for an elided type
   * @param keyCount the number of elements that are {@link KeyValueExpr}
   * @param rbrace the position of the closing brace
   */
  record CompositeLit(
      int id, int pos, @Nullable Expr type, List<Expr> elems, int keyCount, int rbrace)
      implements Expr {
    public CompositeLit {
      elems = List.copyOf(elems);
    }
  }

  /** {@code key: value} in a composite literal. */
  record KeyValueExpr(int id, int pos, Expr key, Expr value) implements Expr {}

  /** {@code func type body}. */
  record FuncLit(int id, int pos, FuncType type, Stmt.BlockStmt body) implements Expr {}

  /** {@code (x)}. */
  record ParenExpr(int id, int pos, Expr x) implements Expr {}

  /** {@code x.sel}. */
  record SelectorExpr(int id, int pos, Expr x, Name sel) implements Expr {}

  /** {@code x[index]}, also an instantiation; {@code index} is a {@link ListExpr} for several. */
  record IndexExpr(int id, int pos, Expr x, Expr index) implements Expr {}

  /** {@code x[low:high:max]}; {@code full} reports whether there were two colons. */
  record SliceExpr(
      int id,
      int pos,
      Expr x,
      @Nullable Expr low,
      @Nullable Expr high,
      @Nullable Expr max,
      boolean full)
      implements Expr {}

  /** {@code x.(type)} with a type. */
  record TypeAssertExpr(int id, int pos, Expr x, Expr type) implements Expr {}

  /** {@code lhs := x.(type)} with the keyword, the tag of a type switch. */
  record TypeSwitchGuard(int id, int pos, @Nullable Name lhs, Expr x) implements Expr {}

  /**
   * {@code op x}; {@code *x} (also the pointer type) has {@link Operator#MUL}, {@code &x} {@link
   * Operator#AND}.
   */
  record UnaryExpr(int id, int pos, Operator op, Expr x) implements Expr {}

  /** {@code x op y}. */
  record BinaryExpr(int id, int pos, Operator op, Expr x, Expr y) implements Expr {}

  /**
   * {@code fun(args)}, also a conversion; {@code hasDots} reports whether the last argument carries
   * "...".
   */
  record CallExpr(int id, int pos, Expr fun, List<Expr> args, boolean hasDots) implements Expr {
    public CallExpr {
      args = List.copyOf(args);
    }
  }

  /**
   * {@code a, b, c} where the grammar has an expression list: both sides of assignments, case lists
   * and so on.
   */
  record ListExpr(int id, int pos, List<Expr> elems) implements Expr {
    public ListExpr {
      elems = List.copyOf(elems);
    }
  }

  /** {@code [len]elem}; {@code len} is null for {@code [...]}. */
  record ArrayType(int id, int pos, @Nullable Expr len, Expr elem) implements Expr {}

  /** {@code []elem}. */
  record SliceType(int id, int pos, Expr elem) implements Expr {}

  /** {@code ...elem}, the type of a variadic parameter. */
  record DotsType(int id, int pos, Expr elem) implements Expr {}

  /**
   * {@code struct{fields}}; {@code tags} is empty or as long as {@code fields}, with null where
   * there is no tag.
   */
  record StructType(int id, int pos, List<Field> fields, List<@Nullable BasicLit> tags)
      implements Expr {
    public StructType {
      fields = List.copyOf(fields);
    }
  }

  /**
   * {@code interface{methods}}: methods (with a name and a {@link FuncType}) and embedded elements.
   */
  record InterfaceType(int id, int pos, List<Field> methods) implements Expr {
    public InterfaceType {
      methods = List.copyOf(methods);
    }
  }

  /** {@code func(params) results}. */
  record FuncType(int id, int pos, List<Field> params, List<Field> results) implements Expr {
    public FuncType {
      params = List.copyOf(params);
      results = List.copyOf(results);
    }
  }

  /** {@code map[key]value}. */
  record MapType(int id, int pos, Expr key, Expr value) implements Expr {}

  /** {@code chan elem}, {@code <-chan elem}, {@code chan<- elem}. */
  record ChanType(int id, int pos, ChanDir dir, Expr elem) implements Expr {}
}
