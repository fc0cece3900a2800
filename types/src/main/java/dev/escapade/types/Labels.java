package dev.escapade.types;

import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the labels of one function body and the branches that name one (Go spec, "Labeled
 * statements", "Goto statements"; types2: labels.go).
 */
final class Labels {
  private final Checker check;

  /** All labels of the body, in source order. */
  private final Map<String, Declared> all = new LinkedHashMap<>();

  private static final class Declared {
    final Label label;
    boolean used;

    Declared(Label label) {
      this.label = label;
    }
  }

  Labels(Checker check) {
    this.check = check;
  }

  /** Checks the labels of a function body; function literals in it are left alone. */
  void checkBody(Stmt.BlockStmt body) {
    Block block = new Block(null, null);
    block.stmts(body.list());
    for (Stmt.BranchStmt jump : block.forwardJumps) {
      Expr.Name name = labelOf(jump);
      Declared target = all.get(name.value());
      if (target != null) {
        check.errors.errorf(name, Code.JUMP_INTO_BLOCK, "goto %s jumps into block", name.value());
        target.used = true; // one error is enough
      } else {
        check.errors.errorf(name, Code.UNDECLARED_LABEL, "label %s not declared", name.value());
      }
    }
    for (Declared d : all.values()) {
      if (!d.used) {
        check.errors.softErrorf(
            d.label.pos(), Code.UNUSED_LABEL, "label %s declared and not used", d.label.name());
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // nodes are compared by identity
  private static boolean contains(List<Stmt.BranchStmt> jumps, Stmt.BranchStmt jump) {
    for (Stmt.BranchStmt other : jumps) {
      if (other == jump) {
        return true;
      }
    }
    return false;
  }

  private static Expr.Name labelOf(Stmt.BranchStmt jump) {
    Expr.Name name = jump.label();
    if (name == null) {
      throw new AssertionError("branch without label");
    }
    return name;
  }

  /** A block: its labels, and the forward jumps out of it that have not met their label. */
  private final class Block {
    private final @Nullable Block parent;

    /** The labeled statement to which the block belongs. */
    private final Stmt.@Nullable LabeledStmt owner;

    private final Map<String, Stmt.LabeledStmt> labels = new HashMap<>(0);
    private List<Stmt.BranchStmt> forwardJumps = new ArrayList<>(0);

    /** The forward jumps that were open at the last variable declaration. */
    private List<Stmt.BranchStmt> jumpsOverDecl = List.of();

    private int varDeclPos = SourceMap.NO_POS;

    Block(@Nullable Block parent, Stmt.@Nullable LabeledStmt owner) {
      this.parent = parent;
      this.owner = owner;
    }

    void stmts(List<Stmt> list) {
      for (Stmt s : list) {
        stmt(null, s);
      }
    }

    private void stmt(Stmt.@Nullable LabeledStmt label, Stmt s) {
      switch (s) {
        case Stmt.DeclStmt d -> {
          for (Decl decl : d.decls()) {
            if (decl instanceof Decl.VarDecl) {
              varDeclared(decl.pos());
            }
          }
        }
        case Stmt.AssignStmt a -> {
          if (a.op() == Operator.DEF) {
            varDeclared(a.pos());
          }
        }
        case Stmt.LabeledStmt l -> labeled(label, l);
        case Stmt.BranchStmt b -> {
          if (b.label() != null) { // the others are checked with the statement
            branch(b, b.label());
          }
        }
        case Stmt.BlockStmt b -> nested(this, label, b.list());
        case Stmt.IfStmt i -> {
          nested(this, label, i.then().list());
          if (i.els() != null) {
            stmt(label, i.els());
          }
        }
        case Stmt.SwitchStmt sw -> {
          Block outer = new Block(this, label);
          for (CaseClause clause : sw.body()) {
            nested(outer, null, clause.body());
          }
        }
        case Stmt.SelectStmt sel -> {
          Block outer = new Block(this, label);
          for (CommClause clause : sel.body()) {
            nested(outer, null, clause.body());
          }
        }
        case Stmt.ForStmt f -> nested(this, label, f.body().list());
        case Stmt.EmptyStmt _,
            Stmt.ExprStmt _,
            Stmt.SendStmt _,
            Stmt.RangeClause _,
            Stmt.CallStmt _,
            Stmt.ReturnStmt _ -> {}
      }
    }

    /** Checks a block inside {@code outer}; what jumps out of it jumps on in this block. */
    private void nested(Block outer, Stmt.@Nullable LabeledStmt label, List<Stmt> list) {
      Block inner = new Block(outer, label);
      inner.stmts(list);
      forwardJumps.addAll(inner.forwardJumps);
    }

    private void varDeclared(int pos) {
      varDeclPos = pos;
      jumpsOverDecl = List.copyOf(forwardJumps);
    }

    private void labeled(Stmt.@Nullable LabeledStmt outer, Stmt.LabeledStmt s) {
      Expr.Name name = s.label();
      if (name.isBlank()) {
        stmt(outer, s.stmt());
        return;
      }
      Declared declared = new Declared(new Label(name.pos(), check.pkg, name.value()));
      Declared other = all.putIfAbsent(name.value(), declared);
      if (other != null) {
        check
            .errors
            .newError(Code.DUPLICATE_LABEL)
            .addf(name.pos(), "label %s already declared", name.value())
            .addAltDecl(other.label)
            .report();
      } else {
        labels.put(name.value(), s);
        check.info.recordDef(name, declared.label);
      }
      resolveJumps(name.value(), declared);
      stmt(s, s.stmt());
    }

    private void resolveJumps(String name, Declared target) {
      if (forwardJumps.isEmpty()) {
        return;
      }
      List<Stmt.BranchStmt> open = new ArrayList<>();
      for (Stmt.BranchStmt jump : forwardJumps) {
        Expr.Name label = labelOf(jump);
        if (!label.value().equals(name)) {
          open.add(jump);
          continue;
        }
        target.used = true;
        check.info.recordUse(label, target.label);
        if (contains(jumpsOverDecl, jump)) {
          check.errors.softErrorf(
              label,
              Code.JUMP_OVER_DECL,
              "goto %s jumps over variable declaration at line %d",
              name,
              check.conf.sources().position(varDeclPos).line());
        }
      }
      forwardJumps = open;
    }

    private void branch(Stmt.BranchStmt s, Expr.Name label) {
      String name = label.value();
      switch (s.kind()) {
        case BREAK -> {
          Stmt target = enclosingTarget(name);
          if (!(target instanceof Stmt.SwitchStmt
              || target instanceof Stmt.SelectStmt
              || target instanceof Stmt.ForStmt)) {
            check.errors.errorf(label, Code.MISPLACED_LABEL, "invalid break label %s", name);
            return;
          }
        }
        case CONTINUE -> {
          if (!(enclosingTarget(name) instanceof Stmt.ForStmt)) {
            check.errors.errorf(label, Code.MISPLACED_LABEL, "invalid continue label %s", name);
            return;
          }
        }
        case GOTO -> {
          if (!isGotoTarget(name)) {
            forwardJumps.add(s); // the label may come later
            return;
          }
        }
        case FALLTHROUGH -> {
          check.errors.errorf(
              s, Code.INVALID_SYNTAX_TREE, "branch statement: %s %s", s.kind(), name);
          return;
        }
      }
      Declared target = all.get(name);
      if (target != null) {
        target.used = true;
        check.info.recordUse(label, target.label);
      }
    }

    /** Reports whether this block or one around it has the label. */
    private boolean isGotoTarget(String name) {
      for (Block b = this; b != null; b = b.parent) {
        if (b.labels.containsKey(name)) {
          return true;
        }
      }
      return false;
    }

    /** The statement with the label that encloses this block, or null. */
    private @Nullable Stmt enclosingTarget(String name) {
      for (Block b = this; b != null; b = b.parent) {
        if (b.owner != null && b.owner.label().value().equals(name)) {
          return b.owner.stmt();
        }
      }
      return null;
    }
  }
}
