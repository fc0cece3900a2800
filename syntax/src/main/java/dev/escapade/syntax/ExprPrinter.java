package dev.escapade.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spells expressions and simple statements as the compiler does in its messages
 * (cmd/compile/internal/syntax, printer.go, Go 1.26): one line, one blank around binary operators,
 * parentheses only where the source has them.
 */
public final class ExprPrinter {
  private final StringBuilder out = new StringBuilder();
  private final boolean brief;

  private ExprPrinter(boolean brief) {
    this.brief = brief;
  }

  /**
   * The form of error messages: function bodies and the elements of composite literals are "…" if
   * there are any.
   */
  public static String toString(Expr x) {
    ExprPrinter printer = new ExprPrinter(true);
    printer.expr(x);
    return printer.out.toString();
  }

  /** The {@link #toString(Expr)} of a simple statement. */
  public static String toString(Stmt.Simple s) {
    ExprPrinter printer = new ExprPrinter(true);
    printer.simple(s);
    return printer.out.toString();
  }

  /** The form in which composite literals have their elements; function bodies are still "…". */
  public static String fullForm(Expr x) {
    ExprPrinter printer = new ExprPrinter(false);
    printer.expr(x);
    return printer.out.toString();
  }

  private void simple(Stmt.Simple stmt) {
    switch (stmt) {
      case Stmt.EmptyStmt _ -> {} // nothing
      case Stmt.ExprStmt s -> expr(s.x());
      case Stmt.SendStmt s -> {
        expr(s.chan());
        out.append(" <- ");
        expr(s.value());
      }
      case Stmt.AssignStmt s -> assign(s);
      case Stmt.RangeClause s -> {
        if (s.lhs() != null) {
          expr(s.lhs());
          out.append(s.def() ? " := " : " = ");
        }
        out.append("range ");
        expr(s.x());
      }
    }
  }

  private void assign(Stmt.AssignStmt s) {
    expr(s.lhs());
    String op = s.op() == null ? "" : s.op().toString();
    if (s.rhs() == null) {
      out.append(op).append(op);
    } else {
      out.append(' ').append(op).append("= ");
      expr(s.rhs());
    }
  }

  /** Prints {@code x}; the left side of a chain is not recursed into, as it may be very long. */
  private void expr(Expr x) {
    List<Expr> chain = null;
    Expr first = x;
    for (Expr left = left(x); left != null; left = left(left)) {
      if (chain == null) {
        chain = new ArrayList<>();
      }
      chain.add(first);
      first = left;
    }
    operand(first);
    if (chain != null) {
      for (int i = chain.size() - 1; i >= 0; i--) {
        afterLeft(chain.get(i));
      }
    }
  }

  /** The expression with which {@code x} starts, if there is one. */
  private static @Nullable Expr left(Expr x) {
    return switch (x) {
      case Expr.BinaryExpr b -> b.x();
      case Expr.SelectorExpr s -> s.x();
      case Expr.IndexExpr i -> i.x();
      case Expr.SliceExpr s -> s.x();
      case Expr.TypeAssertExpr a -> a.x();
      case Expr.CallExpr c -> c.fun();
      default -> null; // starts with a token of its own
    };
  }

  private void afterLeft(Expr x) {
    switch (x) {
      case Expr.BinaryExpr b -> {
        out.append(' ').append(b.op()).append(' ');
        expr(b.y());
      }
      case Expr.SelectorExpr s -> out.append('.').append(s.sel().value());
      case Expr.IndexExpr i -> {
        out.append('[');
        expr(i.index());
        out.append(']');
      }
      case Expr.SliceExpr s -> slice(s);
      case Expr.TypeAssertExpr a -> {
        out.append(".(");
        expr(a.type());
        out.append(')');
      }
      case Expr.CallExpr c -> {
        out.append('(');
        list(c.args());
        out.append(c.hasDots() ? "...)" : ")");
      }
      default -> throw new AssertionError(x.getClass()); // see left()
    }
  }

  private void slice(Expr.SliceExpr s) {
    out.append('[');
    optional(s.low());
    out.append(':');
    optional(s.high());
    if (s.max() != null) {
      out.append(':');
      expr(s.max());
    }
    out.append(']');
  }

  private void optional(@Nullable Expr x) {
    if (x != null) {
      expr(x);
    }
  }

  private void list(List<? extends Expr> list) {
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      expr(list.get(i));
    }
  }

  /** Prints an expression that starts with a token of its own. */
  private void operand(Expr operand) {
    switch (operand) {
      case Expr.BadExpr _ -> out.append("<bad expr>");
      case Expr.Name x -> out.append(x.value());
      case Expr.BasicLit x -> out.append(x.value());
      case Expr.FuncLit x -> {
        funcType(x.type());
        out.append(x.body().list().isEmpty() ? " {}" : " {…}");
      }
      case Expr.CompositeLit x -> {
        optional(x.type());
        out.append('{');
        if (!brief) {
          list(x.elems());
        } else if (!x.elems().isEmpty()) {
          out.append('…');
        }
        out.append('}');
      }
      case Expr.KeyValueExpr x -> {
        expr(x.key());
        out.append(": ");
        expr(x.value());
      }
      case Expr.ParenExpr x -> {
        out.append('(');
        expr(x.x());
        out.append(')');
      }
      case Expr.TypeSwitchGuard x -> {
        if (x.lhs() != null) {
          out.append(x.lhs().value()).append(" := ");
        }
        expr(x.x());
        out.append(".(type)");
      }
      case Expr.UnaryExpr x -> {
        out.append(x.op());
        expr(x.x());
      }
      case Expr.ListExpr x -> list(x.elems());
      case Expr.ArrayType _,
          Expr.SliceType _,
          Expr.DotsType _,
          Expr.StructType _,
          Expr.InterfaceType _,
          Expr.FuncType _,
          Expr.MapType _,
          Expr.ChanType _ ->
          type(operand);
      case Expr.BinaryExpr _,
          Expr.SelectorExpr _,
          Expr.IndexExpr _,
          Expr.SliceExpr _,
          Expr.TypeAssertExpr _,
          Expr.CallExpr _ ->
          throw new AssertionError(operand.getClass()); // see left()
    }
  }

  private void type(Expr type) {
    switch (type) {
      case Expr.ArrayType t -> {
        out.append('[');
        if (t.len() != null) {
          expr(t.len());
        } else {
          out.append("...");
        }
        out.append(']');
        expr(t.elem());
      }
      case Expr.SliceType t -> {
        out.append("[]");
        expr(t.elem());
      }
      case Expr.DotsType t -> {
        out.append("...");
        expr(t.elem());
      }
      case Expr.StructType t -> structType(t);
      case Expr.InterfaceType t -> interfaceType(t);
      case Expr.FuncType t -> funcType(t);
      case Expr.MapType t -> {
        out.append("map[");
        expr(t.key());
        out.append(']');
        expr(t.value());
      }
      case Expr.ChanType t -> chanType(t);
      default -> throw new AssertionError(type.getClass()); // see operand()
    }
  }

  private void chanType(Expr.ChanType t) {
    out.append(
        switch (t.dir()) {
          case BOTH -> "chan ";
          case SEND_ONLY -> "chan<- ";
          case RECV_ONLY -> "<-chan ";
        });
    // chan (<-chan T) is not chan <-chan T
    boolean parens =
        t.dir() == ChanDir.BOTH
            && t.elem() instanceof Expr.ChanType e
            && e.dir() == ChanDir.RECV_ONLY;
    out.append(parens ? "(" : "");
    expr(t.elem());
    out.append(parens ? ")" : "");
  }

  private void structType(Expr.StructType t) {
    out.append("struct{");
    List<Field> fields = t.fields();
    int from = 0;
    while (from < fields.size()) {
      int to = from + 1;
      // Fields of one list share their type node; the embedded have no name.
      while (to < fields.size() && sameList(fields.get(from), fields.get(to))) {
        to++;
      }
      out.append(from > 0 ? "; " : "");
      for (int i = from; i < to; i++) {
        Expr.Name name = fields.get(i).name();
        if (name != null) {
          out.append(i > from ? ", " : "").append(name.value()).append(i + 1 == to ? " " : "");
        }
      }
      expr(fields.get(from).type());
      Expr.BasicLit tag = from < t.tags().size() ? t.tags().get(from) : null;
      if (tag != null) {
        out.append(' ').append(tag.value());
      }
      from = to;
    }
    out.append('}');
  }

  @SuppressWarnings("ReferenceEquality") // one node, not equal ones
  private static boolean sameList(Field a, Field b) {
    return b.name() != null && a.type() == b.type();
  }

  private void interfaceType(Expr.InterfaceType t) {
    out.append("interface{");
    String separator = "";
    for (Field m : t.methods()) {
      out.append(separator);
      separator = "; ";
      if (m.name() != null && m.type() instanceof Expr.FuncType signature) {
        out.append(m.name().value());
        signature(signature);
      } else {
        expr(m.type());
      }
    }
    out.append('}');
  }

  private void funcType(Expr.FuncType t) {
    out.append("func");
    signature(t);
  }

  private void signature(Expr.FuncType t) {
    parameters(t.params());
    List<Field> results = t.results();
    if (results.size() == 1 && results.getFirst().name() == null) {
      out.append(' ');
      expr(results.getFirst().type());
    } else if (!results.isEmpty()) {
      out.append(' ');
      parameters(results);
    }
  }

  private void parameters(List<Field> list) {
    out.append('(');
    for (int i = 0; i < list.size(); i++) {
      Field f = list.get(i);
      out.append(i > 0 ? ", " : "");
      if (f.name() != null) {
        out.append(f.name().value());
        if (i + 1 < list.size() && sameList(f, list.get(i + 1))) {
          continue; // the type comes with a later name
        }
        out.append(' ');
      }
      expr(f.type());
    }
    out.append(')');
  }
}
