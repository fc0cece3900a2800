package dev.escapade.ir.build;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DynamicType;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.TypeNode;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Run-time descriptors of types: symbols of the linker for types that are known, words of the
 * dictionary for types that depend on type parameters. Asking for one here is also what gives the
 * type its place in the dictionary, so it is done in the compiler's order, even where the node is
 * not wanted.
 */
final class TypeWords {
  private static final Type BYTE_POINTER = new Pointer(Basic.UINT8);

  /** The operands that a conversion takes from the dictionary. */
  record Words(@Nullable Node typeWord, @Nullable Node srcRType) {
    static final Words NONE = new Words(null, null);
  }

  private record Itab(Type type, Node rtype, Type iface, Node ifaceRType, @Nullable Node itab) {}

  private final Body body;

  TypeWords(Body body) {
    this.body = body;
  }

  /** The number of the dictionary's word for the type of a variable, or -1 if it needs none. */
  int varDictIndex(Type t) {
    return body.env.isDerived(t) ? body.env.rtype(t) : -1;
  }

  /** The descriptor of type {@code t} of the source. */
  Node rtype(int pos, Type t) {
    Type src = Predicates.defaultType(t);
    if (body.env.isDerived(src)) {
      body.type(src);
      return byteWord(pos, body.env.rtype(src));
    }
    return symbol(pos, "type:", body.type(src));
  }

  /** The descriptor of type {@code t} of the source if it comes from the dictionary, or null. */
  @Nullable Node dynamicRtype(int pos, Type t) {
    Node n = rtype(pos, t);
    return n instanceof ConvExpr ? n : null;
  }

  /** A word of the dictionary. */
  ExprNode word(int pos, int index) {
    Name dict = Objects.requireNonNull(body.dictParam);
    BasicLit i = new BasicLit(pos, body.inl, Basic.INT, Constant.of(index));
    StarExpr array = new StarExpr(pos, body.inl, Kinds.pointee(dict.type()), dict);
    array.setImplicit(true);
    body.closureOuter().setHasIndexes();
    return new IndexExpr(pos, body.inl, Op.INDEX, Basic.UINTPTR, array, i);
  }

  private Node byteWord(int pos, int index) {
    return new ConvExpr(pos, body.inl, Op.CONVNOP, BYTE_POINTER, word(pos, index));
  }

  private Node symbol(int pos, String prefix, Type t) {
    LinksymOffsetExpr sym =
        new LinksymOffsetExpr(pos, body.inl, Basic.UINT8, prefix + body.c.linkString(t), 0);
    return new AddrExpr(pos, body.inl, Op.ADDR, BYTE_POINTER, sym);
  }

  private Itab itab(int pos, Type src, Type dst) {
    Type s = Predicates.defaultType(src);
    Type d = Predicates.defaultType(dst);
    Node srcWord = rtype(pos, s);
    Node dstWord = rtype(pos, d);
    boolean derived = body.env.isDerived(s) || body.env.isDerived(d);
    int index = derived ? body.env.itab(s, d) : -1;
    Type here = body.env.type(s);
    Type iface = body.env.type(d);
    Node tab = null;
    if (!Kinds.isInterface(here) && Kinds.isInterface(iface) && !Kinds.isEmptyInterface(iface)) {
      if (derived) {
        tab = byteWord(pos, index);
      } else {
        body.c.convert(here, iface);
        tab = symbol(pos, "go:itab." + body.c.linkString(here) + ",", iface);
      }
    }
    return new Itab(here, srcWord, iface, dstWord, tab);
  }

  /** What a conversion of {@code src} to {@code dst}, types of the source, takes. */
  Words convert(int pos, Type src, Type dst) {
    if (!body.env.isGeneric()) {
      body.c.convert(body.type(Predicates.defaultType(src)), dst); // Read before it is described.
      return Words.NONE;
    }
    Itab t = itab(pos, src, dst);
    if (!Kinds.isInterface(t.iface)) {
      return Words.NONE;
    }
    boolean concrete = !Kinds.isInterface(t.type);
    Node word;
    if (Kinds.isEmptyInterface(t.iface)) {
      word = concrete ? t.rtype : null;
    } else {
      word = concrete ? t.itab : t.ifaceRType;
    }
    return new Words(word, concrete ? t.rtype : null);
  }

  /**
   * A type as operand of an assertion on a value of type {@code iface}, of a type switch, or (with
   * null) of new and make.
   */
  ExprNode exprType(@Nullable Type iface, Expr e) {
    Type t = body.facts.typeOf(e);
    Type here = body.type(t);
    if (iface != null && !Kinds.isEmptyInterface(iface)) {
      Itab i = itab(e.pos(), t, iface);
      Node rtype = Kinds.isInterface(here) ? i.rtype : null;
      return dynamic(e.pos(), here, rtype, i.itab);
    }
    Node rtype = rtype(e.pos(), t);
    return body.env.isDerived(t) ? dynamic(e.pos(), here, rtype, null) : node(here);
  }

  private ExprNode dynamic(int pos, Type t, @Nullable Node rtype, @Nullable Node itab) {
    if (isSymbol(rtype) || isSymbol(itab)) {
      return node(t);
    }
    return new DynamicType(pos, body.inl, t, rtype, itab);
  }

  private static boolean isSymbol(@Nullable Node n) {
    return n instanceof AddrExpr a && a.x instanceof LinksymOffsetExpr;
  }

  /** A type as a node. */
  static TypeNode node(Type t) {
    return new TypeNode(0, 0, t);
  }
}
