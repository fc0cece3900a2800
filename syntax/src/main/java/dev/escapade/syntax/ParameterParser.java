package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameter lists of all kinds (Go spec, "Function types", "Type parameter declarations"). Whether
 * a lone name is a parameter or a type is only known at the end of its list.
 */
final class ParameterParser {
  private final Parser p;
  private final TokenReader in;
  private final TypeParser types;

  ParameterParser(Parser p, TypeParser types) {
    this.p = p;
    this.in = p.in;
    this.types = types;
  }

  /** What the rules for a list depend on. */
  private enum Kind {
    /** The last one may be variadic. */
    PARAMETERS(Token.RPAREN),
    /** Results or a receiver. */
    RESULTS(Token.RPAREN),
    /** Each must have a name; types may be unions. */
    TYPE_PARAMETERS(Token.RBRACK),
    /** Type arguments, or by mistake type parameters. */
    TYPE_ARGUMENTS(Token.RBRACK);

    final Token close;

    Kind(Token close) {
      this.close = close;
    }
  }

  /** A parameter while its list is open: a name, a type or both. */
  private static final class Param {
    final int pos;
    Expr.@Nullable Name name;
    @Nullable Expr type;

    Param(int pos, Expr.@Nullable Name name, @Nullable Expr type) {
      this.pos = pos;
      this.name = name;
      this.type = type;
    }
  }

  // In all of these the opening token has been consumed.

  List<Field> parameters() {
    return list(Kind.PARAMETERS, null, null);
  }

  List<Field> results() {
    return list(Kind.RESULTS, null, null);
  }

  List<Field> typeParameters() {
    return list(Kind.TYPE_PARAMETERS, null, null);
  }

  List<Field> typeArgumentsOrParameters() {
    return list(Kind.TYPE_ARGUMENTS, null, null);
  }

  /** Type parameters of which the first name, and perhaps its constraint, are parsed already. */
  List<Field> typeParameters(Expr.Name name, @Nullable Expr constraint) {
    if (constraint != null && in.tok == Token.RBRACK) {
      in.next();
      return List.of(new Field(name.pos(), name, constraint));
    }
    return list(Kind.TYPE_PARAMETERS, name, constraint);
  }

  private List<Field> list(Kind kind, Expr.@Nullable Name firstName, @Nullable Expr firstType) {
    int mark = p.lists.mark();
    int named = 0;
    int typed = 0;
    Expr.Name name = firstName;
    Expr type = firstType;
    boolean more = in.listStart(kind.close);
    while (more) {
      Param par =
          name != null && type != null
              ? new Param(name.pos(), name, type)
              : declaration(kind, name);
      name = null;
      type = null;
      if (par != null) {
        typed += par.type != null ? 1 : 0;
        named += par.type != null && par.name != null ? 1 : 0;
        p.lists.push(par);
      }
      more = in.listNext("parameter list", Token.COMMA, kind.close, false);
    }
    int end = in.listEnd;
    List<Param> params = p.lists.take(mark);
    if (params.isEmpty()) {
      return List.of();
    }
    if (named == 0 && kind != Kind.TYPE_PARAMETERS) {
      for (Param par : params) {
        if (par.type == null) {
          par.type = par.name;
          par.name = null;
        }
      }
    } else if (named != params.size()) {
      distributeTypes(kind, params, named == typed, end);
    }
    return fields(kind, params);
  }

  /**
   * Gives each parameter without a type that of the next one.
   *
   * @param typesMissing whether what is wrong, if anything is, are types and not names
   * @param end the position of the closing token
   */
  private void distributeTypes(Kind kind, List<Param> params, boolean typesMissing, int end) {
    int wrong = 0; // the leftmost error
    Expr type = null;
    for (int i = params.size() - 1; i >= 0; i--) {
      Param par = params.get(i);
      if (par.type != null) {
        type = par.type;
        if (par.name == null) {
          wrong = Positions.startPos(type);
          par.name = p.blankName(wrong);
        }
      } else if (type != null) {
        par.type = type;
      } else {
        wrong = par.name != null ? par.name.pos() : par.pos;
        par.type = p.badExpr(wrong);
      }
    }
    if (wrong == 0) {
      return;
    }
    boolean typeParameters = kind == Kind.TYPE_PARAMETERS;
    if (typesMissing) {
      in.syntaxError(end, typeParameters ? "missing type constraint" : "missing parameter type");
    } else if (!typeParameters) {
      in.syntaxError(wrong, "missing parameter name");
    } else {
      String hint = params.size() == 1 ? " or invalid array length" : "";
      in.syntaxError(wrong, "missing type parameter name" + hint);
    }
  }

  private List<Field> fields(Kind kind, List<Param> params) {
    int mark = p.lists.mark();
    boolean reported = false;
    for (int i = 0; i < params.size(); i++) {
      Param par = params.get(i);
      Expr type = par.type == null ? p.badExpr(par.pos) : par.type;
      boolean variadicOk = kind == Kind.PARAMETERS;
      if (type instanceof Expr.DotsType dots && !(variadicOk && i + 1 == params.size())) {
        if (!reported) {
          reported = true;
          in.error(
              dots.pos(),
              variadicOk ? "can only use ... with final parameter" : "invalid use of ...");
        }
        type = dots.elem();
      }
      p.lists.push(new Field(par.pos, par.name, type));
    }
    return p.lists.take(mark);
  }

  /**
   * One parameter.
   *
   * @param first its name if it has been parsed already
   * @return null after an error
   */
  private @Nullable Param declaration(Kind kind, Expr.@Nullable Name first) {
    boolean unions = kind.close == Token.RBRACK;
    int pos = first != null ? first.pos() : in.pos();
    if (first == null && unions && in.atOperator(Operator.TILDE)) {
      return new Param(pos, null, types.union(types.embeddedTerm()));
    }
    Expr.Name name = first;
    if (name == null && in.tok == Token.NAME) {
      name = p.name();
    }
    if (name != null) {
      if (in.tok == Token.LBRACK) {
        Expr type = types.arrayOrInstance(name);
        Expr.Name own = type instanceof Expr.IndexExpr ? null : name;
        return new Param(pos, own, unions ? types.union(type) : type);
      }
      if (in.tok == Token.DOT) {
        Expr type = types.qualifiedName(name);
        return new Param(pos, null, unions ? types.union(type) : type);
      }
      if (unions && in.atOperator(Operator.OR)) {
        return new Param(pos, null, types.union(name));
      }
    }
    if (in.tok == Token.DOT_DOT_DOT) {
      return new Param(pos, name, variadicType());
    }
    if (unions && in.atOperator(Operator.TILDE)) {
      return new Param(pos, name, types.union(types.embeddedTerm()));
    }
    Expr type = types.typeOrNull();
    if (type != null && unions) {
      type = types.union(type);
    }
    if (name != null || type != null) {
      return new Param(pos, name, type);
    }
    in.syntaxError("expected " + kind.close.description());
    in.advanceTo(Token.COMMA.bit() | kind.close.bit());
    return null;
  }

  private Expr variadicType() {
    int pos = in.pos();
    in.next();
    Expr elem = types.typeOrNull();
    if (elem != null) {
      return new Expr.DotsType(p.ids.next(), pos, elem);
    }
    Expr bad = p.badExpr(in.pos());
    in.syntaxError("... is missing type");
    return bad;
  }
}
