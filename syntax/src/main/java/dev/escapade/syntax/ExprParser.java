package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the grammar under "Expressions" in the Go spec. */
final class ExprParser {
  private final Parser p;
  private final TokenReader in;
  private final NodeStack lists;
  private boolean listHadComma;

  ExprParser(Parser p) {
    this.p = p;
    this.in = p.in;
    this.lists = p.lists;
  }

  Expr expr() {
    return binary(null, 0);
  }

  /** One expression, or a {@link Expr.ListExpr} of several. */
  Expr exprList() {
    Expr x = expr();
    if (in.tok != Token.COMMA) {
      return x;
    }
    int mark = lists.mark();
    lists.push(x);
    while (in.got(Token.COMMA)) {
      lists.push(expr());
    }
    return new Expr.ListExpr(p.ids.next(), x.pos(), lists.take(mark));
  }

  /**
   * Types, at least one, with an optional comma at the end; a {@link Expr.ListExpr} if there are
   * several.
   *
   * @param strict whether the first one, too, must be a type and not just any expression
   */
  Expr typeList(boolean strict) {
    in.expressionLevel++;
    Expr x = strict ? p.types.type() : expr();
    boolean comma = false;
    if (in.got(Token.COMMA)) {
      comma = true;
      Expr type = p.types.typeOrNull();
      if (type != null) {
        int mark = lists.mark();
        lists.push(x);
        while (type != null) {
          lists.push(type);
          type = in.got(Token.COMMA) ? p.types.typeOrNull() : null;
        }
        x = new Expr.ListExpr(p.ids.next(), x.pos(), lists.take(mark));
      }
    }
    in.expressionLevel--;
    listHadComma = comma;
    return x;
  }

  /** Reports whether the last {@link #typeList} had a comma, be it at its end. */
  boolean lastListHadComma() {
    return listHadComma;
  }

  // ---------------------------------------------------------------------------------------------
  // Operators

  /**
   * An expression of operators that bind closer than {@code precedence}.
   *
   * @param first the first operand if it has been parsed already
   */
  Expr binary(@Nullable Expr first, int precedence) {
    int chain = in.openChain();
    Expr x = first != null ? first : unary();
    while (in.tok == Token.OPERATOR || in.tok == Token.STAR) {
      Operator op = in.op;
      if (op.precedence() <= precedence) {
        break;
      }
      int pos = in.pos();
      in.next();
      in.link();
      in.enter();
      Expr y = binary(null, op.precedence());
      in.leave();
      x = new Expr.BinaryExpr(p.ids.next(), pos, op, x, y);
    }
    in.closeChain(chain);
    return x;
  }

  private Expr unary() {
    switch (in.tok) {
      case OPERATOR, STAR -> {
        switch (in.op) {
          case MUL, ADD, SUB, NOT, XOR, TILDE, AND -> {
            return operation();
          }
          default -> {} // not a unary operator: an error below
        }
      }
      case ARROW -> {
        return receive();
      }
      default -> {} // an operand
    }
    // The statement parser reports parentheses where they are not allowed, so they are kept.
    return primary(null, true);
  }

  private Expr operation() {
    in.enter();
    Operator op = in.op;
    int pos = in.pos();
    in.next();
    Expr x = unary();
    in.leave();
    // A composite literal may have been parenthesized only to be recognized.
    return new Expr.UnaryExpr(p.ids.next(), pos, op, op == Operator.AND ? Syntax.unparen(x) : x);
  }

  /** A receive operation, or a channel type that starts like one. */
  private Expr receive() {
    in.enter();
    int pos = in.pos();
    in.next();
    Expr x = unary();
    in.leave();
    return x instanceof Expr.ChanType type
        ? receiveOnly(type)
        : new Expr.UnaryExpr(p.ids.next(), pos, Operator.RECV, x);
  }

  /**
   * The type that {@code <-} and {@code type} make together: in {@code <-chan<- chan T} each arrow
   * belongs to the {@code chan} after it, not, as parsed, before it.
   */
  private Expr receiveOnly(Expr.ChanType type) {
    // Collect the channels whose arrow moves, outermost first; the last one has none to give.
    int mark = lists.mark();
    Expr t = type;
    ChanDir dir = ChanDir.SEND_ONLY;
    while (dir == ChanDir.SEND_ONLY && t instanceof Expr.ChanType c) {
      dir = c.dir();
      if (dir == ChanDir.RECV_ONLY) {
        in.syntaxError("unexpected <-, expected chan");
      }
      lists.push(c);
      t = c.elem();
    }
    if (dir == ChanDir.SEND_ONLY) {
      in.syntaxError("unexpected " + ExprPrinter.toString(t) + ", expected chan");
    }
    List<Expr.ChanType> channels = lists.take(mark);
    Expr elem = t;
    for (int i = channels.size() - 1; i >= 0; i--) {
      Expr.ChanType c = channels.get(i);
      elem = new Expr.ChanType(c.id(), c.pos(), ChanDir.RECV_ONLY, elem);
    }
    return elem;
  }

  // ---------------------------------------------------------------------------------------------
  // Primary expressions

  /**
   * An operand and what follows it: selectors, indices, calls and so on.
   *
   * @param first the operand if it has been parsed already
   * @param keepParens whether parentheses around the operand become a node
   */
  Expr primary(@Nullable Expr first, boolean keepParens) {
    int chain = in.openChain();
    Expr x = first != null ? first : operand(keepParens);
    while (true) {
      Expr outer =
          switch (in.tok) {
            case DOT -> selectorOrAssertion(x);
            case LBRACK -> indexOrSlice(x);
            case LPAREN -> call(x);
            case LBRACE -> compositeLitOrNull(x);
            default -> null; // the end of the primary expression
          };
      if (outer == null) {
        break;
      }
      in.link();
      x = outer;
    }
    in.closeChain(chain);
    return x;
  }

  private Expr operand(boolean keepParens) {
    int pos = in.pos();
    return switch (in.tok) {
      case NAME -> p.name();
      case LITERAL -> {
        Expr literal = new Expr.BasicLit(p.ids.next(), pos, in.kind, in.lit, in.bad);
        in.next();
        yield literal;
      }
      case LPAREN -> parenthesized(keepParens);
      case FUNC -> functionLitOrType();
      case LBRACK, CHAN, MAP, STRUCT, INTERFACE -> p.types.type();
      default -> {
        Expr bad = p.badExpr(pos);
        in.syntaxError("expected expression");
        in.advanceTo(Token.RPAREN.bit() | Token.RBRACK.bit() | Token.RBRACE.bit());
        yield bad;
      }
    };
  }

  private Expr parenthesized(boolean keepParens) {
    int pos = in.pos();
    in.next();
    in.enter();
    in.expressionLevel++;
    Expr x = expr();
    in.expressionLevel--;
    in.leave();
    in.want(Token.RPAREN);
    // Before a brace they are kept too: T may not have them in T{}.
    return keepParens || in.tok == Token.LBRACE ? new Expr.ParenExpr(p.ids.next(), pos, x) : x;
  }

  private Expr functionLitOrType() {
    int pos = in.pos();
    in.next();
    in.enter();
    Expr x;
    Expr.FuncType type = p.types.funcType("function type");
    if (in.tok == Token.LBRACE) {
      in.expressionLevel++;
      x = new Expr.FuncLit(p.ids.next(), pos, type, p.functionBody());
      in.expressionLevel--;
    } else {
      x = type;
    }
    in.leave();
    return x;
  }

  private Expr selectorOrAssertion(Expr x) {
    int pos = in.pos();
    in.next();
    return switch (in.tok) {
      case NAME -> new Expr.SelectorExpr(p.ids.next(), pos, x, p.name());
      case LPAREN -> {
        in.next();
        Expr result =
            in.got(Token.TYPE)
                ? new Expr.TypeSwitchGuard(p.ids.next(), pos, null, x)
                : new Expr.TypeAssertExpr(p.ids.next(), pos, x, p.types.type());
        in.want(Token.RPAREN);
        yield result;
      }
      default -> {
        in.syntaxError("expected name or (");
        in.advanceTo(Token.SEMI.bit() | Token.RPAREN.bit());
        yield x;
      }
    };
  }

  private Expr indexOrSlice(Expr x) {
    int pos = in.pos();
    in.next();
    in.enter();
    Expr result = afterBracket(x, pos);
    in.leave();
    return result;
  }

  private Expr afterBracket(Expr x, int pos) {
    Expr low = null;
    if (in.tok != Token.COLON) {
      boolean comma = false;
      if (in.tok == Token.RBRACK) {
        in.syntaxError("expected operand");
        low = p.badExpr(in.pos());
      } else {
        low = typeList(false);
        comma = listHadComma;
      }
      if (comma || in.tok == Token.RBRACK) {
        in.want(Token.RBRACK);
        return new Expr.IndexExpr(p.ids.next(), pos, x, low);
      }
    }
    if (!in.got(Token.COLON)) {
      in.syntaxError("expected comma, : or ]");
      in.advanceTo(Token.COMMA.bit() | Token.COLON.bit() | Token.RBRACK.bit());
    }
    return slice(x, pos, low);
  }

  /** A slice expression after its first colon. */
  private Expr slice(Expr x, int pos, @Nullable Expr low) {
    in.expressionLevel++;
    Expr high = null;
    Expr max = null;
    if (in.tok != Token.COLON && in.tok != Token.RBRACK) {
      high = expr();
    }
    boolean full = in.tok == Token.COLON;
    if (full) {
      if (high == null) {
        in.error(in.pos(), "middle index required in 3-index slice");
        high = p.badExpr(in.pos());
      }
      in.next();
      if (in.tok == Token.RBRACK) {
        in.error(in.pos(), "final index required in 3-index slice");
        max = p.badExpr(in.pos());
      } else {
        max = expr();
      }
    }
    in.expressionLevel--;
    in.want(Token.RBRACK);
    return new Expr.SliceExpr(p.ids.next(), pos, x, low, high, max, full);
  }

  private Expr call(Expr fun) {
    int pos = in.pos();
    in.next();
    in.enter();
    in.expressionLevel++;
    int mark = lists.mark();
    boolean dots = false;
    boolean more = in.listStart(Token.RPAREN);
    while (more) {
      lists.push(expr());
      dots = in.got(Token.DOT_DOT_DOT);
      more = in.listNext("argument list", Token.COMMA, Token.RPAREN, dots);
    }
    in.expressionLevel--;
    in.leave();
    return new Expr.CallExpr(p.ids.next(), pos, fun, lists.take(mark), dots);
  }

  // ---------------------------------------------------------------------------------------------
  // Composite literals

  /** A composite literal of type {@code x}, or null if the brace must belong to a block. */
  private @Nullable Expr compositeLitOrNull(Expr x) {
    Expr type = Syntax.unparen(x);
    if (!mayHaveElements(type)) {
      return null;
    }
    if (x instanceof Expr.ParenExpr) {
      in.syntaxError("cannot parenthesize type in composite literal");
    }
    return elements(x);
  }

  private boolean mayHaveElements(Expr type) {
    return switch (type) {
      case Expr.Name _, Expr.SelectorExpr _ -> in.expressionLevel >= 0;
      case Expr.IndexExpr _ -> in.expressionLevel >= 0 && !isValue(type);
      case Expr.ArrayType _, Expr.SliceType _, Expr.StructType _, Expr.MapType _ -> true;
      default -> false; // no type for a composite literal
    };
  }

  /** Reports whether {@code expr} is a value, and cannot be a type, by its form. */
  private static boolean isValue(Expr expr) {
    Expr x = expr;
    while (true) {
      switch (x) {
        case Expr.BasicLit _,
            Expr.CompositeLit _,
            Expr.FuncLit _,
            Expr.SliceExpr _,
            Expr.TypeAssertExpr _,
            Expr.TypeSwitchGuard _,
            Expr.CallExpr _,
            Expr.BinaryExpr _ -> {
          return true;
        }
        case Expr.UnaryExpr u -> {
          return u.op() != Operator.MUL;
        }
        case Expr.ParenExpr paren -> x = paren.x();
        case Expr.IndexExpr index -> {
          if (isValue(index.index())) {
            return true;
          }
          x = index.x();
        }
        default -> {
          return false; // names, selectors and types
        }
      }
    }
  }

  private Expr.CompositeLit elements(@Nullable Expr type) {
    int pos = in.pos();
    in.enter();
    in.expressionLevel++;
    in.want(Token.LBRACE);
    int mark = lists.mark();
    int keys = 0;
    boolean more = in.listStart(Token.RBRACE);
    while (more) {
      Expr e = element();
      if (in.tok == Token.COLON) {
        int colon = in.pos();
        in.next();
        e = new Expr.KeyValueExpr(p.ids.next(), colon, e, element());
        keys++;
      }
      lists.push(e);
      more = in.listNext("composite literal", Token.COMMA, Token.RBRACE, false);
    }
    int rbrace = in.listEnd;
    in.expressionLevel--;
    in.leave();
    return new Expr.CompositeLit(p.ids.next(), pos, type, lists.take(mark), keys, rbrace);
  }

  private Expr element() {
    return in.tok == Token.LBRACE ? elements(null) : expr();
  }
}
