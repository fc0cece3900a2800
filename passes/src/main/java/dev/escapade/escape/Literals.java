package dev.escapade.escape;

import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces sizes of slices, and operands of conversions to interfaces, by literals where their
 * values are known: the slice may then be on the stack, and the interface points to read-only data
 * (escape/escape.go, rewriteWithLiterals).
 */
final class Literals {
  private final Unit unit;
  private final IdentityHashMap<Func, Set<Func>> scopes = new IdentityHashMap<>();

  Literals(Unit unit) {
    this.unit = unit;
  }

  void rewrite(@Nullable Node n, @Nullable Func fn) {
    if (n == null || fn == null) {
      return;
    }
    switch (n) {
      case MakeExpr make when make.op() == Op.MAKESLICE -> rewriteSize(make, fn);
      case ConvExpr conv when conv.op() == Op.CONVIFACE -> rewriteOperand(conv, fn);
      default -> {}
    }
  }

  private void rewriteSize(MakeExpr n, Func fn) {
    Node size = n.cap != null ? n.cap : n.len;
    if (size == null || size instanceof BasicLit) {
      return;
    }
    BasicLit literal = null;
    Set<Func> scope = scope(fn);
    Node value = StaticValues.of(size, scope);
    if (value instanceof BasicLit known) {
      if (known.value.kind() == Constant.Kind.INT && Constants.sign(known.value) >= 0) {
        literal = new BasicLit(n.pos, n.inl, Unit.typeOf(size), known.value);
      }
    } else if (value instanceof UnaryExpr len
        && len.op() == Op.LEN
        && StaticValues.of(len.x, scope) instanceof CompLitExpr slice
        && slice.op() == Op.SLICELIT) {
      literal = new BasicLit(n.pos, n.inl, Basic.INT, Constant.of(slice.len));
    }
    if (literal == null) {
      return;
    }
    keepEffects(n, size, fn);
    if (n.cap != null) {
      n.cap = literal;
    } else {
      n.len = literal;
    }
  }

  private void rewriteOperand(ConvExpr n, Func fn) {
    Type t = Unit.typeOf(n.x);
    if (n.x instanceof BasicLit || TypeFacts.isInterface(t)) {
      return;
    }
    if (StaticValues.of(n.x, scope(fn)) instanceof BasicLit known && isValid(t, known.value)) {
      keepEffects(n, n.x, fn);
      n.x = new BasicLit(n.pos, n.inl, t, known.value);
    }
  }

  /**
   * The functions whose variables are followed: the outermost around {@code fn} that is declared in
   * the source, and the function literals that still stand in it. Where inlining has removed the
   * literal {@code fn} itself, nothing in it is followed, as in the compiler.
   */
  private Set<Func> scope(Func fn) {
    Func outermost = fn;
    while (outermost.closureParent != null && !outermost.closureParent.isPackageInit()) {
      outermost = outermost.closureParent;
    }
    return scopes.computeIfAbsent(outermost, Literals::literalsIn);
  }

  private static Set<Func> literalsIn(Func outermost) {
    Set<Func> funcs = Collections.newSetFromMap(new IdentityHashMap<>());
    funcs.add(outermost);
    Visit.visitFuncAndClosures(
        outermost,
        n -> {
          if (n instanceof ClosureExpr c) {
            funcs.add(c.func);
          }
        });
    return funcs;
  }

  /** Reports whether {@code value}, perhaps of another type, is of the kind of {@code t}. */
  private static boolean isValid(Type t, Constant value) {
    if (!(t.underlying() instanceof Basic basic)) {
      return false;
    }
    return switch (value.kind()) {
      case BOOL -> basic.is(Basic.IS_BOOLEAN);
      case STRING -> basic.is(Basic.IS_STRING);
      case INT -> basic.is(Basic.IS_INTEGER);
      case FLOAT -> basic.is(Basic.IS_FLOAT);
      case COMPLEX -> basic.is(Basic.IS_COMPLEX);
      case UNKNOWN -> false;
    };
  }

  /** Evaluates {@code replaced} before {@code n}, into a variable that nobody uses. */
  private void keepEffects(ExprNode n, Node replaced, Func fn) {
    Name unused = unit.newTemp(n.pos, n.inl, fn, Unit.typeOf(replaced));
    List<Node> init = new ArrayList<>(n.init());
    init.add(new DclStmt(n.pos, n.inl, unused));
    init.add(new AssignStmt(n.pos, n.inl, unused, replaced));
    n.setInit(init);
  }
}
