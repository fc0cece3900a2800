package dev.escapade.advice.edit;

import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Place;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Changes of loops: what is made in each round is made once, what is deferred ends the round. */
public final class LoopBody {
  /** The methods of bytes.Buffer whose results are parts of it, which a later round changes. */
  private static final Set<String> VIEWS = Set.of("Next", "AvailableBuffer");

  private final Tree tree;
  private final Types types;
  private final Extents extents;
  private final Rewrite rewrite;

  /** Changes in one file. */
  public LoopBody(Tree tree, Types types, Extents extents, Rewrite rewrite) {
    this.tree = tree;
    this.types = types;
    this.extents = extents;
    this.rewrite = rewrite;
  }

  /**
   * Makes the body of a loop a function that is called in each round, so that what it defers runs
   * at the end of the round. Not where something in it leaves the loop.
   */
  public void enclose(Stmt.ForStmt loop) {
    Place body = extents.of(loop.body());
    String source = rewrite.source(loop.body());
    String indent = rewrite.indent(loop);
    boolean isSimple =
        source.startsWith("{")
            && source.contains("\n")
            && !source.contains("`")
            && !source.contains("/*")
            && source.endsWith("\n" + indent + "}");
    List<Stmt.BranchStmt> again = new ArrayList<>();
    if (!isSimple || !canEnclose(loop, again)) {
      rewrite.spoil();
      return;
    }
    StringBuilder inner = new StringBuilder(source);
    for (Stmt.BranchStmt b : again.reversed()) {
      int at = byteIndexToChar(source, extents.of(b).offset() - body.offset());
      inner.replace(at, at + "continue".length(), "return");
    }
    String lines = inner.substring(1, inner.length() - indent.length() - 2);
    StringBuilder text = new StringBuilder("{\n" + indent + "\tfunc() {");
    boolean first = true;
    for (String line : lines.split("\n", -1)) {
      text.append(first ? "" : "\n").append(first || line.isBlank() ? "" : "\t").append(line);
      first = false;
    }
    text.append('\n').append(indent).append("\t}()\n").append(indent).append('}');
    rewrite.replace(body.offset(), body.endOffset(), text.toString());
  }

  private static int byteIndexToChar(String text, int bytes) {
    byte[] all = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new String(all, 0, bytes, java.nio.charset.StandardCharsets.UTF_8).length();
  }

  /** Collects the statements that go on with the next round; false if something leaves the loop. */
  private boolean canEnclose(Stmt.ForStmt loop, List<Stmt.BranchStmt> again) {
    if (!Tree.belowInFunction(loop.body(), Stmt.ReturnStmt.class).isEmpty()
        || !Tree.belowInFunction(loop.body(), Stmt.LabeledStmt.class).isEmpty()) {
      return false;
    }
    for (Stmt.BranchStmt b : Tree.belowInFunction(loop.body(), Stmt.BranchStmt.class)) {
      if (b.label() != null || b.kind() == Stmt.BranchKind.GOTO) {
        return false;
      }
      if (b.kind() == Stmt.BranchKind.CONTINUE && Tree.same(tree.loop(b), loop)) {
        again.add(b);
      } else if (b.kind() == Stmt.BranchKind.BREAK && leaves(b, loop)) {
        return false;
      }
    }
    return Tree.belowInFunction(loop.body(), Stmt.CallStmt.class).stream()
        .noneMatch(s ->
            Tree.any(
                s,
                n ->
                    n instanceof Expr.CallExpr c
                        && types.builtin(c) == dev.escapade.types.BuiltinId.RECOVER));
  }

  private boolean leaves(Stmt.BranchStmt b, Stmt.ForStmt loop) {
    for (Node p = tree.parent(b); p != null && !Tree.same(p, loop.body()); p = tree.parent(p)) {
      if (p instanceof Stmt.ForStmt
          || p instanceof Stmt.SwitchStmt
          || p instanceof Stmt.SelectStmt) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes a slice before the loop that makes it in each round, and clears it there instead. The
   * caller knows that no round's slice outlives it.
   */
  public void hoist(Expr.CallExpr make, Stmt.ForStmt loop) {
    if (!(tree.parentSkippingParens(make) instanceof Stmt.AssignStmt s)
        || s.op() != Operator.DEF
        || Types.singleRight(s) == null
        || !Tree.same(tree.parent(s), loop.body())
        || !rewrite.isListed(loop)
        || !rewrite.hasGo(21)) {
      rewrite.spoil();
      return;
    }
    Var v = types.defined(s.lhs());
    Node function = tree.function(loop);
    if (v == null || function == null || !canHoist(v, s, make, loop, function)) {
      rewrite.spoil();
      return;
    }
    rewrite.lineBefore(loop, rewrite.indent(loop), rewrite.source(s));
    rewrite.replace(s, "clear(" + v.name() + ")");
  }

  /**
   * Declares a bytes.Buffer before the loop that declares it in each round, and resets it there
   * instead. The caller knows that only its methods are called, and that nobody keeps its bytes.
   */
  public void hoistBuffer(Decl.VarDecl d, Var v, Stmt.ForStmt loop) {
    if (!(tree.parent(d) instanceof Stmt.DeclStmt s)
        || s.decls().size() != 1
        || !Tree.same(tree.parent(s), loop.body())
        || !rewrite.isListed(loop)
        || !rewrite.startsLine(s)
        || !rewrite.endsLine(s)
        || tree.function(loop) == null
        || !isOnlyOurs(v, loop)) {
      rewrite.spoil();
      return;
    }
    rewrite.lineBefore(loop, rewrite.indent(loop), rewrite.source(s));
    rewrite.replace(s, v.name() + ".Reset()");
  }

  /** No function literal, defer or goroutine has it, and nothing else in the function its name. */
  private boolean isOnlyOurs(Var v, Stmt.ForStmt loop) {
    Node function = tree.function(loop);
    if (function == null) {
      return false;
    }
    for (Expr.Name name : Tree.below(function, Expr.Name.class)) {
      if (!name.value().equals(v.name())
          || (tree.parent(name) instanceof Expr.SelectorExpr s && Tree.same(s.sel(), name))) {
        continue;
      }
      boolean isOurs = types.info().use(name) == v || types.info().def(name) == v;
      if (!isOurs
          || !Tree.same(tree.function(name), function)
          || tree.enclosing(name, Stmt.CallStmt.class) != null
          || (tree.parent(name) instanceof Expr.SelectorExpr s
              && VIEWS.contains(s.sel().value()))) {
        return false;
      }
    }
    return true;
  }

  private boolean canHoist(
      Var v, Stmt.AssignStmt made, Expr.CallExpr make, Stmt.ForStmt loop, Node function) {
    for (Expr.Name name : Tree.below(make, Expr.Name.class)) {
      if (types.info().use(name) instanceof Var size && size.pos() >= loop.pos()) {
        return false;
      }
    }
    for (Expr.Name name : Tree.below(function, Expr.Name.class)) {
      if (!name.value().equals(v.name())) {
        continue;
      }
      boolean isOurs = types.info().use(name) == v || types.info().def(name) == v;
      Node around = tree.parentSkippingParens(name);
      boolean assigned =
          around instanceof Stmt.AssignStmt s && !Tree.same(s, made) && Tree.same(s.lhs(), name);
      boolean listed =
          around instanceof Expr.ListExpr l
              && tree.parent(l) instanceof Stmt.AssignStmt s
              && Tree.same(s.lhs(), l);
      boolean addressed = around instanceof Expr.UnaryExpr u && u.op() == Operator.AND;
      if (!isOurs
          || assigned
          || listed
          || addressed
          || !Tree.same(tree.function(name), tree.function(loop))) {
        return false;
      }
    }
    return !rewrite.isTaken("clear");
  }
}
