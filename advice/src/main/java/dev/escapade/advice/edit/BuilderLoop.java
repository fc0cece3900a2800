package dev.escapade.advice.edit;

import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Basic;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a strings.Builder grow in a loop instead of a string: where the loop does nothing with the
 * string but add to it, nobody can tell.
 */
public final class BuilderLoop {
  private final Tree tree;
  private final Types types;
  private final Rewrite rewrite;
  private final Var string;

  /** A change of the loops in which {@code string} grows. */
  public BuilderLoop(Tree tree, Types types, Rewrite rewrite, Var string) {
    this.tree = tree;
    this.types = types;
    this.rewrite = rewrite;
    this.string = string;
  }

  /** Changes the outermost loop around {@code growth} for which it is possible. */
  public void change(Stmt.AssignStmt growth) {
    Node function = tree.function(growth);
    Stmt.BlockStmt body = Tree.body(function);
    if (body == null
        || string.kind() != VarKind.LOCAL
        || !(string.type().unalias() instanceof Basic)
        || isCaptured(body)) {
      rewrite.spoil();
      return;
    }
    Stmt.ForStmt best = null;
    List<Stmt.AssignStmt> growths = List.of();
    for (Stmt.ForStmt loop = tree.loop(growth); loop != null; loop = tree.loop(loop)) {
      List<Stmt.AssignStmt> inLoop = growths(loop);
      if (inLoop.isEmpty() || string.pos() >= loop.pos()) {
        break;
      }
      if (!mayLeave(loop)) {
        best = loop;
        growths = inLoop;
      }
    }
    if (best == null) {
      rewrite.spoil();
    } else {
      change(tree.parent(best) instanceof Stmt.LabeledStmt l ? l : best, growths, body);
    }
  }

  private boolean isCaptured(Stmt.BlockStmt body) {
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if ((types.info().use(name) == string || types.info().def(name) == string)
          && !Tree.same(Tree.body(tree.function(name)), body)) {
        return true;
      }
      if (types.info().use(name) == string
          && tree.parentSkippingParens(name) instanceof Expr.UnaryExpr u
          && u.op() == Operator.AND) {
        return true;
      }
    }
    return false;
  }

  /** The statements that add to the string; none if a loop does anything else with it. */
  private List<Stmt.AssignStmt> growths(Stmt.ForStmt loop) {
    List<Stmt.AssignStmt> growths = new ArrayList<>();
    int uses = 0;
    for (Expr.Name name : Tree.below(loop, Expr.Name.class)) {
      if (types.info().use(name) == string) {
        uses++;
      }
    }
    for (Stmt.AssignStmt s : Tree.belowInFunction(loop.body(), Stmt.AssignStmt.class)) {
      if (types.isUse(s.lhs(), string) && s.rhs() != null && rewrite.isListed(s)) {
        List<Expr> added = added(s);
        boolean clean =
            !added.isEmpty()
                && added.stream()
                    .noneMatch(e ->
                        Tree.any(
                            e, n -> n instanceof Expr.Name x && types.info().use(x) == string));
        if (clean) {
          uses -= s.op() == null ? 2 : 1;
          growths.add(s);
        }
      }
    }
    return uses == 0 ? growths : List.of();
  }

  /** What is added, from the left to the right; nothing if it is no growth at the end. */
  private List<Expr> added(Stmt.AssignStmt s) {
    List<Expr> parts = new ArrayList<>();
    Expr e = s.rhs();
    while (e instanceof Expr.BinaryExpr b && b.op() == Operator.ADD && !types.isConstant(b)) {
      parts.addFirst(b.y());
      e = b.x();
    }
    if (e != null) {
      parts.addFirst(e);
    }
    if (s.op() == Operator.ADD) {
      return parts;
    }
    boolean grows = s.op() == null && parts.size() > 1 && types.isUse(parts.getFirst(), string);
    return grows ? parts.subList(1, parts.size()) : List.of();
  }

  /** Reports whether the statement behind the loop can be passed over. */
  private boolean mayLeave(Stmt.ForStmt loop) {
    String own = tree.parent(loop) instanceof Stmt.LabeledStmt l ? l.label().value() : "";
    for (Stmt.BranchStmt b : Tree.belowInFunction(loop.body(), Stmt.BranchStmt.class)) {
      if (b.kind() == Stmt.BranchKind.GOTO
          || (b.label() != null
              && !b.label().value().equals(own)
              && !isLabelIn(loop, b.label().value()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLabelIn(Stmt.ForStmt loop, String label) {
    return Tree.belowInFunction(loop.body(), Stmt.LabeledStmt.class).stream()
        .anyMatch(l -> l.label().value().equals(label));
  }

  private void change(Stmt loop, List<Stmt.AssignStmt> growths, Stmt.BlockStmt body) {
    String name = string.name();
    String builder = rewrite.fresh(name + "Builder");
    String declared = "var " + builder + " " + rewrite.use("strings") + ".Builder";
    Stmt declaration = emptyDeclaration(loop, body);
    if (!rewrite.isListed(loop) || !rewrite.endsLine(loop)) {
      rewrite.spoil();
    } else if (declaration != null) {
      rewrite.replace(declaration, declared);
      rewrite.lineAfter(loop, indentOf(loop), name + " := " + builder + ".String()");
    } else {
      rewrite.lineBefore(loop, indentOf(loop), declared, builder + ".WriteString(" + name + ")");
      rewrite.lineAfter(loop, indentOf(loop), name + " = " + builder + ".String()");
    }
    for (Stmt.AssignStmt s : growths) {
      rewrite.replace(s, written(s, builder));
    }
  }

  /** Labels stand further to the left. */
  private String indentOf(Stmt loop) {
    return rewrite.indent(loop instanceof Stmt.LabeledStmt l ? l.stmt() : loop);
  }

  private String written(Stmt.AssignStmt s, String builder) {
    List<Expr> parts = added(s);
    String all = s.rhs() == null ? "" : rewrite.source(s.rhs());
    boolean split =
        rewrite.startsLine(s) && rewrite.endsLine(s) && !all.contains("//") && !all.contains("/*");
    if (parts.size() == 1 || !split) {
      if (parts.size() > 1 && s.op() == null) {
        rewrite.spoil(); // the comment is about a sum that is not there any more
      }
      return builder
          + ".WriteString("
          + (parts.size() == 1 ? rewrite.source(parts.getFirst(), 1) : all)
          + ")";
    }
    StringBuilder text = new StringBuilder();
    for (Expr part : parts) {
      if (!text.isEmpty()) {
        text.append('\n').append(rewrite.indent(s));
      }
      text.append(builder).append(".WriteString(").append(rewrite.source(part, 1)).append(')');
    }
    return text.toString();
  }

  /** The statement in the list of the loop that declares the string empty, not used in between. */
  private @Nullable Stmt emptyDeclaration(Stmt loop, Stmt.BlockStmt body) {
    Stmt declaration = null;
    for (Stmt s : tree.siblings(loop)) {
      if (Tree.same(s, loop)) {
        break;
      }
      if (isEmptyDeclaration(s)) {
        declaration = s;
      }
    }
    if (declaration == null) {
      return null;
    }
    for (Expr.Name n : Tree.below(body, Expr.Name.class)) {
      if (types.info().use(n) == string && n.pos() < loop.pos()) {
        return null;
      }
    }
    return declaration;
  }

  private boolean isEmptyDeclaration(Stmt s) {
    return switch (s) {
      case Stmt.AssignStmt a ->
          a.op() == Operator.DEF
              && types.defined(a.lhs()) == string
              && "".equals(types.stringOf(Types.singleRight(a)));
      case Stmt.DeclStmt d ->
          d.decls().size() == 1
              && d.decls().getFirst() instanceof Decl.VarDecl v
              && v.group() == null
              && v.names().size() == 1
              && types.defined(v.names().getFirst()) == string
              && (v.values() == null || "".equals(types.stringOf(Syntax.unparen(v.values()))));
      default -> false; // declares something else
    };
  }
}
