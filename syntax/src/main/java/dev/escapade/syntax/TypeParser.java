package dev.escapade.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the grammar under "Types" in the Go spec, without parameter lists. */
final class TypeParser {
  private static final String METHOD = "interface method";

  private final Parser p;
  private final TokenReader in;
  private final ParameterParser parameters;

  TypeParser(Parser p) {
    this.p = p;
    this.in = p.in;
    this.parameters = new ParameterParser(p, this);
  }

  ParameterParser parameters() {
    return parameters;
  }

  /** A type; if there is none, an error and a bad expression. */
  Expr type() {
    Expr type = typeOrNull();
    if (type != null) {
      return type;
    }
    Expr bad = p.badExpr(in.pos());
    in.syntaxError("expected type");
    in.advanceTo(
        Token.COMMA.bit()
            | Token.COLON.bit()
            | Token.SEMI.bit()
            | Token.RPAREN.bit()
            | Token.RBRACK.bit()
            | Token.RBRACE.bit());
    return bad;
  }

  /** A type if there is one. */
  @Nullable Expr typeOrNull() {
    if (in.tok == Token.NAME) {
      return qualifiedName(null);
    }
    in.enter();
    int pos = in.pos();
    Expr type =
        switch (in.tok) {
          case STAR -> {
            in.next();
            yield pointer(pos, type());
          }
          case ARROW -> {
            in.next();
            in.want(Token.CHAN);
            yield new Expr.ChanType(p.ids.next(), pos, ChanDir.RECV_ONLY, chanElem());
          }
          case CHAN -> {
            in.next();
            ChanDir dir = in.got(Token.ARROW) ? ChanDir.SEND_ONLY : ChanDir.BOTH;
            yield new Expr.ChanType(p.ids.next(), pos, dir, chanElem());
          }
          case FUNC -> {
            in.next();
            yield funcType("function type");
          }
          case LBRACK -> {
            in.next();
            yield in.got(Token.RBRACK) ? sliceType(pos) : arrayType(pos, null);
          }
          case MAP -> mapType();
          case STRUCT -> structType();
          case INTERFACE -> interfaceType();
          case LPAREN -> {
            in.next();
            Expr inner = type();
            in.want(Token.RPAREN);
            yield inner;
          }
          default -> null; // no other token starts a type
        };
    in.leave();
    return type;
  }

  Expr pointer(int pos, Expr elem) {
    return new Expr.UnaryExpr(p.ids.next(), pos, Operator.MUL, elem);
  }

  private Expr chanElem() {
    Expr elem = typeOrNull();
    if (elem != null) {
      return elem;
    }
    Expr bad = p.badExpr(in.pos());
    in.syntaxError("missing channel element type");
    return bad;
  }

  /** A slice type after its brackets; {@code pos} is that of the first one. */
  Expr sliceType(int pos) {
    return new Expr.SliceType(p.ids.next(), pos, type());
  }

  /**
   * An array type after its first bracket.
   *
   * @param pos the position of the bracket
   * @param length the length if it has been parsed already
   */
  Expr arrayType(int pos, @Nullable Expr length) {
    Expr len = length;
    if (len == null && !in.got(Token.DOT_DOT_DOT)) {
      in.expressionLevel++;
      len = p.exprs.expr();
      in.expressionLevel--;
    }
    if (in.tok == Token.COMMA) {
      // as in a list of type parameters
      in.syntaxError("unexpected comma; expected ]");
      in.next();
    }
    in.want(Token.RBRACK);
    return new Expr.ArrayType(p.ids.next(), pos, len, type());
  }

  private Expr mapType() {
    int pos = in.pos();
    in.next();
    in.want(Token.LBRACK);
    Expr key = type();
    in.want(Token.RBRACK);
    return new Expr.MapType(p.ids.next(), pos, key, type());
  }

  // ---------------------------------------------------------------------------------------------
  // Functions

  /**
   * The type of a function that may not have type parameters, after {@code func} or the name.
   *
   * @param context what the function is, for errors
   */
  Expr.FuncType funcType(String context) {
    int pos = in.pos();
    typeParameters(context);
    return signature(pos);
  }

  /**
   * Type parameters if there are any.
   *
   * @param context what may not have type parameters, for errors; "" if they are allowed
   */
  List<Field> typeParameters(String context) {
    int pos = in.pos();
    if (!in.got(Token.LBRACK)) {
      return List.of();
    }
    if (!context.isEmpty()) {
      in.syntaxError(pos, context + " must have no type parameters");
    }
    if (in.tok == Token.RBRACK) {
      in.syntaxError("empty type parameter list");
      in.next();
      return List.of();
    }
    return parameters.typeParameters();
  }

  /** Parameters and results. */
  Expr.FuncType signature(int pos) {
    in.want(Token.LPAREN);
    List<Field> params = parameters.parameters();
    return new Expr.FuncType(p.ids.next(), pos, params, results());
  }

  private List<Field> results() {
    if (in.got(Token.LPAREN)) {
      return parameters.results();
    }
    int pos = in.pos();
    Expr type = typeOrNull();
    return type == null ? List.of() : List.of(new Field(pos, null, type));
  }

  // ---------------------------------------------------------------------------------------------
  // Structs

  private Expr structType() {
    int pos = in.pos();
    in.want(Token.STRUCT);
    in.want(Token.LBRACE);
    StructFields fields = new StructFields(p.lists.mark());
    boolean more = in.listStart(Token.RBRACE);
    while (more) {
      fieldDecl(fields);
      more = in.listNext("struct type", Token.SEMI, Token.RBRACE, false);
    }
    return new Expr.StructType(p.ids.next(), pos, p.lists.take(fields.mark), fields.tags());
  }

  /** The fields of one struct: they are on the parser's stack, the tags are here. */
  private final class StructFields {
    final int mark;
    private final List<Expr.@Nullable BasicLit> tags = new ArrayList<>(0);

    StructFields(int mark) {
      this.mark = mark;
    }

    void add(int pos, Expr.@Nullable Name name, Expr type, Expr.@Nullable BasicLit tag) {
      if (tag != null) {
        padTags();
        tags.add(tag);
      }
      p.lists.push(new Field(pos, name, type));
    }

    private void padTags() {
      while (tags.size() < p.lists.count(mark)) {
        tags.add(null);
      }
    }

    List<Expr.@Nullable BasicLit> tags() {
      if (tags.isEmpty()) {
        return List.of();
      }
      padTags();
      return Collections.unmodifiableList(tags);
    }
  }

  private void fieldDecl(StructFields fields) {
    int pos = in.pos();
    switch (in.tok) {
      case NAME -> namedFieldDecl(fields, pos);
      case STAR -> {
        in.next();
        Expr type;
        if (in.tok == Token.LPAREN) {
          in.syntaxError("cannot parenthesize embedded type");
          in.next();
          type = qualifiedName(null);
          in.got(Token.RPAREN);
        } else {
          type = qualifiedName(null);
        }
        Expr.BasicLit tag = p.literalOrNull();
        fields.add(pos, null, pointer(pos, type), tag);
      }
      case LPAREN -> {
        in.syntaxError("cannot parenthesize embedded type");
        in.next();
        int star = in.pos();
        Expr type = in.got(Token.STAR) ? pointer(star, qualifiedName(null)) : qualifiedName(null);
        in.got(Token.RPAREN);
        fields.add(pos, null, type, p.literalOrNull());
      }
      default -> {
        in.syntaxError("expected field name or embedded type");
        in.advanceTo(Token.SEMI.bit() | Token.RBRACE.bit());
      }
    }
  }

  private void namedFieldDecl(StructFields fields, int pos) {
    Expr.Name name = p.name();
    switch (in.tok) {
      case DOT, LITERAL, SEMI, RBRACE -> {
        Expr type = qualifiedName(name);
        fields.add(pos, null, type, p.literalOrNull());
      }
      case LBRACK -> {
        // an array or slice field, or an embedded instantiated type
        Expr type = arrayOrInstance(name);
        boolean embedded = type instanceof Expr.IndexExpr;
        fields.add(pos, embedded ? null : name, type, p.literalOrNull());
      }
      case COMMA -> {
        List<Expr.Name> names = p.decls.nameList(name);
        Expr type = type();
        Expr.BasicLit tag = p.literalOrNull();
        for (Expr.Name n : names) {
          fields.add(n.pos(), n, type, tag);
        }
      }
      default -> {
        Expr type = type();
        fields.add(pos, name, type, p.literalOrNull());
      }
    }
  }

  /**
   * What follows a name before a bracket: an array or slice type ({@code name [n]E}), or type
   * arguments; in that case the result is an {@link Expr.IndexExpr} of the name.
   */
  Expr arrayOrInstance(Expr.Name name) {
    int pos = in.pos();
    in.want(Token.LBRACK);
    if (in.got(Token.RBRACK)) {
      return sliceType(pos);
    }
    Expr index = p.exprs.typeList(false);
    boolean comma = p.exprs.lastListHadComma();
    in.want(Token.RBRACK);
    if (!comma) {
      Expr elem = typeOrNull();
      if (elem != null) {
        return new Expr.ArrayType(p.ids.next(), pos, index, elem);
      }
    }
    return new Expr.IndexExpr(p.ids.next(), pos, name, index);
  }

  // ---------------------------------------------------------------------------------------------
  // Interfaces

  private Expr interfaceType() {
    int pos = in.pos();
    in.want(Token.INTERFACE);
    in.want(Token.LBRACE);
    int mark = p.lists.mark();
    boolean more = in.listStart(Token.RBRACE);
    while (more) {
      p.lists.push(interfaceElem());
      more = in.listNext("interface type", Token.SEMI, Token.RBRACE, false);
    }
    return new Expr.InterfaceType(p.ids.next(), pos, p.lists.take(mark));
  }

  private Field interfaceElem() {
    int pos = in.pos();
    if (in.tok != Token.NAME) {
      return new Field(pos, null, union(embeddedTerm()));
    }
    Field field = methodOrName(pos);
    return field.name() != null ? field : new Field(pos, null, union(field.type()));
  }

  /** A method, or the type with which an embedded element starts. */
  private Field methodOrName(int pos) {
    Expr.Name name = p.name();
    return switch (in.tok) {
      case LPAREN -> new Field(pos, name, funcType(METHOD));
      case LBRACK -> methodOrInstance(pos, name);
      default -> new Field(pos, null, qualifiedName(name));
    };
  }

  /** After {@code name}, before a bracket: {@code name[T1, T2]}, or a wrong {@code name[P C]()}. */
  private Field methodOrInstance(int pos, Expr.Name name) {
    int bracket = in.pos();
    in.next();
    if (in.tok == Token.RBRACK) {
      int close = in.pos();
      in.next();
      boolean method = in.tok == Token.LPAREN;
      in.error(close, method ? "empty type parameter list" : "empty type argument list");
      return method ? new Field(pos, name, funcType(METHOD)) : new Field(pos, null, name);
    }
    // Type arguments look like parameters without names.
    List<Field> list = parameters.typeArgumentsOrParameters();
    if (list.isEmpty()) {
      // after an error, which has been reported
      return in.tok == Token.LPAREN
          ? new Field(pos, name, funcType(METHOD))
          : new Field(pos, null, name);
    }
    if (list.getFirst().name() != null) {
      Field method = new Field(pos, name, funcType(METHOD));
      in.error(bracket, "interface method must have no type parameters");
      return method;
    }
    Expr index = list.getFirst().type();
    if (list.size() > 1) {
      int mark = p.lists.mark();
      for (Field f : list) {
        p.lists.push(f.type());
      }
      index = new Expr.ListExpr(p.ids.next(), list.getFirst().pos(), p.lists.take(mark));
    }
    return new Field(pos, null, new Expr.IndexExpr(p.ids.next(), bracket, name, index));
  }

  /** The rest of {@code first | term | …}. */
  Expr union(Expr first) {
    if (!in.atOperator(Operator.OR)) {
      return first;
    }
    int chain = in.openChain();
    Expr x = first;
    while (in.atOperator(Operator.OR)) {
      int pos = in.pos();
      in.next();
      in.link();
      x = new Expr.BinaryExpr(p.ids.next(), pos, Operator.OR, x, embeddedTerm());
    }
    in.closeChain(chain);
    return x;
  }

  /** {@code T} or {@code ~T}. */
  Expr embeddedTerm() {
    if (in.atOperator(Operator.TILDE)) {
      int pos = in.pos();
      in.next();
      return new Expr.UnaryExpr(p.ids.next(), pos, Operator.TILDE, type());
    }
    Expr type = typeOrNull();
    if (type != null) {
      return type;
    }
    Expr bad = p.badExpr(in.pos());
    in.syntaxError("expected ~ term or type");
    in.advanceTo(
        Token.OPERATOR.bit()
            | Token.SEMI.bit()
            | Token.RPAREN.bit()
            | Token.RBRACK.bit()
            | Token.RBRACE.bit());
    return bad;
  }

  // ---------------------------------------------------------------------------------------------
  // Type names

  /**
   * {@code name}, {@code pkg.name}, with type arguments if there are any.
   *
   * @param first the first name if it has been parsed already
   */
  Expr qualifiedName(Expr.@Nullable Name first) {
    Expr x;
    if (first != null) {
      x = first;
    } else if (in.tok == Token.NAME) {
      x = p.name();
    } else {
      x = p.blankName(in.pos());
      in.syntaxError("expected name");
      in.advanceTo(Token.DOT.bit() | Token.SEMI.bit() | Token.RBRACE.bit());
    }
    if (in.tok == Token.DOT) {
      int pos = in.pos();
      in.next();
      x = new Expr.SelectorExpr(p.ids.next(), pos, x, p.name());
    }
    return in.tok == Token.LBRACK ? instance(x) : x;
  }

  private Expr instance(Expr generic) {
    in.enter();
    int pos = in.pos();
    in.next();
    Expr index;
    if (in.tok == Token.RBRACK) {
      in.syntaxError("expected type argument list");
      index = p.badExpr(in.pos());
    } else {
      index = p.exprs.typeList(true);
    }
    in.want(Token.RBRACK);
    in.leave();
    return new Expr.IndexExpr(p.ids.next(), pos, generic, index);
  }
}
