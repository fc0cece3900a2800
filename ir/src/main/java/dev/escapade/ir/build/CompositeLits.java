package dev.escapade.ir.build;

import dev.escapade.ir.BasicLit;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.types.constant.GoStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Builds composite literals and function literals. */
final class CompositeLits {
  private final Body body;
  private final Exprs exprs;

  CompositeLits(Body body, Exprs exprs) {
    this.body = body;
    this.exprs = exprs;
  }

  ExprNode compositeLit(Expr.CompositeLit e) {
    Type srcType = body.facts.typeOf(e);
    Type type = body.type(srcType);
    boolean pointer = false;
    Type src = srcType;
    if (Body.coreType(srcType) instanceof Pointer p) {
      src = p.elem();
      pointer = true;
    }
    Type here = pointer ? Kinds.pointee(type) : type;
    CompLitExpr lit =
        switch (Body.coreType(src)) {
          case Struct s -> struct(e, s, here);
          case Array a -> array(e, a.elem(), here, Op.ARRAYLIT);
          case Slice s -> array(e, s.elem(), here, Op.SLICELIT);
          case MapType m -> {
            Node rtype = body.types.dynamicRtype(e.pos(), src);
            CompLitExpr x = map(e, m, here);
            x.rtype = rtype;
            yield x;
          }
          default -> throw new IllegalStateException("composite literal of " + src);
        };
    if (!pointer) {
      return lit;
    }
    ExprNode addr = Ir.addr(e.pos(), body.inl, lit);
    addr.setType(type);
    return addr;
  }

  private CompLitExpr struct(Expr.CompositeLit e, Struct s, Type here) {
    Struct hereStruct = (Struct) here.underlying();
    List<Node> list = new ArrayList<>(e.elems().size());
    for (int i = 0; i < e.elems().size(); i++) {
      Expr elem = e.elems().get(i);
      int pos = elem.pos();
      int index = i;
      Expr value = elem;
      if (elem instanceof Expr.KeyValueExpr kv) {
        pos = kv.key().pos();
        index = fieldIndex(body.facts, s, (Expr.Name) kv.key());
        value = kv.value();
      }
      Var field = hereStruct.field(index);
      ExprNode x = exprs.implicit(s.field(index).type(), value);
      x = Conversions.assign(x, field.type(), pos, body.inl);
      list.add(new StructKeyExpr(pos, body.inl, null, field, x));
    }
    return new CompLitExpr(e.pos(), body.inl, Op.STRUCTLIT, here, list);
  }

  /** The number of the field that a key names. */
  static int fieldIndex(Facts facts, Struct s, Expr.Name key) {
    Object field = facts.use(key);
    for (int i = 0; i < s.numFields(); i++) {
      if (s.field(i) == field) {
        return i;
      }
    }
    for (int i = 0; i < s.numFields(); i++) {
      if (s.field(i).name().equals(key.value())) {
        return i;
      }
    }
    throw new IllegalStateException("no field " + key.value());
  }

  private CompLitExpr array(Expr.CompositeLit e, Type elemType, Type here, Op op) {
    List<Node> list = new ArrayList<>(e.elems().size());
    long next = 0;
    long length = 0;
    for (Expr elem : e.elems()) {
      if (elem instanceof Expr.KeyValueExpr kv) {
        ExprNode key = exprs.expr(kv.key());
        next = ((BasicLit) key).value.kind() == Constant.Kind.INT ? index(key) : next;
        ExprNode x = element(elemType, kv.value(), here);
        list.add(new KeyExpr(kv.key().pos(), body.inl, null, key, x));
      } else {
        list.add(element(elemType, elem, here));
      }
      next++;
      length = Math.max(length, next);
    }
    CompLitExpr lit = new CompLitExpr(e.pos(), body.inl, op, here, list);
    lit.len = op == Op.SLICELIT ? length : 0;
    return lit;
  }

  private static long index(ExprNode key) {
    return Constants.longValueOr(((BasicLit) key).value, 0);
  }

  private ExprNode element(Type elemType, Expr e, Type here) {
    ExprNode x = exprs.implicit(elemType, e);
    Type to =
        here.underlying() instanceof Array a
            ? a.elem()
            : Objects.requireNonNull(Kinds.sliceElem(here));
    return Conversions.assign(x, to, Exprs.uniquePos(x, e.pos()), body.inl);
  }

  private CompLitExpr map(Expr.CompositeLit e, MapType m, Type here) {
    MapType hereMap = (MapType) here.underlying();
    List<Node> list = new ArrayList<>(e.elems().size());
    for (Expr elem : e.elems()) {
      Expr.KeyValueExpr kv = (Expr.KeyValueExpr) elem;
      int pos = kv.key().pos();
      ExprNode key = exprs.implicit(m.key(), kv.key());
      ExprNode x = exprs.implicit(m.elem(), kv.value());
      key = Conversions.assign(key, hereMap.key(), pos, body.inl);
      x = Conversions.assign(x, hereMap.elem(), pos, body.inl);
      list.add(new KeyExpr(pos, body.inl, null, key, x));
    }
    return new CompLitExpr(e.pos(), body.inl, Op.MAPLIT, here, list);
  }

  /** The slice literal that a constant string becomes when it is converted to runes. */
  ExprNode runes(BasicLit s, Type type, int pos) {
    List<Node> list = new ArrayList<>();
    String text = GoStrings.decode(Constants.stringVal(s.value));
    int n = 0;
    for (int i = 0; i < text.length(); n++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      BasicLit key = new BasicLit(pos, body.inl, Basic.INT, Constant.of(n));
      Type elem = Objects.requireNonNull(Kinds.sliceElem(type));
      BasicLit rune = new BasicLit(pos, body.inl, elem, Constant.of(c));
      list.add(new KeyExpr(pos, body.inl, null, key, rune));
    }
    CompLitExpr lit = new CompLitExpr(pos, body.inl, Op.SLICELIT, type, list);
    lit.len = n;
    return lit;
  }

  ExprNode funcLit(Expr.FuncLit e) {
    Signature sig = (Signature) body.facts.typeOf(e);
    Signature here = (Signature) body.type(sig);
    Op why = body.source.rangeFuncs().isBody(e) ? Op.RANGE : Op.CLOSURE;
    Func fn = body.c.closures().create(e.pos(), e.pos(), body.inl, why, here, body.closureOuter());
    FuncOrigin.Literal origin = new FuncOrigin.Literal(body.source, e, body.env, body.from());
    fn.origin = origin;
    body.buildLiteral(fn, origin);
    ClosureExpr clo = Objects.requireNonNull(fn.closure);
    return clo;
  }
}
