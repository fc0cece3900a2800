package dev.escapade.walk;

import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.UnaryExpr;

/** Nodes that differ from others in their operands only. */
final class Copies {
  private Copies() {}

  private static <N extends ExprNode> N like(N copy, ExprNode n) {
    copy.setBounded(n.isBounded());
    if (n.isNonNil()) {
      copy.markNonNil();
    }
    copy.setInit(n.init());
    return copy;
  }

  static UnaryExpr of(UnaryExpr n, Node x) {
    return like(new UnaryExpr(n.pos, n.inl, n.op(), n.typeOrNull(), x), n);
  }

  static SelectorExpr of(SelectorExpr n, Node x) {
    SelectorExpr c = new SelectorExpr(n.pos, n.inl, n.op(), n.typeOrNull(), x, n.sel);
    c.field = n.field;
    c.method = n.method;
    c.setImplicit(n.isImplicit());
    return like(c, n);
  }

  static StarExpr of(StarExpr n, Node x) {
    return like(new StarExpr(n.pos, n.inl, n.typeOrNull(), x), n);
  }

  static IndexExpr of(IndexExpr n, Node x, Node index) {
    IndexExpr c = new IndexExpr(n.pos, n.inl, n.op(), n.typeOrNull(), x, index);
    c.assigned = n.assigned;
    c.rtype = n.rtype;
    return like(c, n);
  }
}
