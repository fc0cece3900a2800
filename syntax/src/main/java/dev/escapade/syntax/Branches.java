package dev.escapade.syntax;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceFile;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the targets of the branch statements of one function body, and reports those that have
 * none, along with bad labels (Go spec, "Labeled statements" to "Fallthrough statements"; texts and
 * positions: cmd/compile/internal/syntax, branches.go, Go 1.26). Function literals inside are
 * bodies of their own.
 */
public final class Branches {
  private final @Nullable SourceFile file;
  private final DiagnosticSink sink;
  private final IdentityHashMap<Stmt.BranchStmt, Stmt> targets = new IdentityHashMap<>();
  private final Map<String, Label> labels = new LinkedHashMap<>();

  private Branches(@Nullable SourceFile file, DiagnosticSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** Reports what is wrong with the labels and branches of a function body. */
  public static void check(Stmt.BlockStmt body, SourceFile file, DiagnosticSink sink) {
    new Branches(file, sink).body(body);
  }

  /**
   * The targets of the branch statements of a function body that has been checked: the {@code for},
   * {@code switch} or {@code select} statement of a break or continue, the labeled statement of a
   * goto. A fallthrough has none. Keyed by identity.
   */
  public static IdentityHashMap<Stmt.BranchStmt, Stmt> targets(Stmt.BlockStmt body) {
    Branches branches = new Branches(null, _ -> {});
    branches.body(body);
    return branches.targets;
  }

  /** A label that has been declared. */
  private static final class Label {
    final Block block;
    final Stmt.LabeledStmt stmt;
    boolean used;

    Label(Block block, Stmt.LabeledStmt stmt) {
      this.block = block;
      this.stmt = stmt;
    }
  }

  /** What an unlabeled break and continue would leave, and which clause of a switch this is. */
  private record Context(@Nullable Stmt breaks, Stmt.@Nullable ForStmt continues, int clause) {
    static final int NO_CLAUSE = -1;

    /** The context of a block nested in statements that are no targets. */
    Context nested() {
      return clause == NO_CLAUSE ? this : new Context(breaks, continues, NO_CLAUSE);
    }
  }

  /** A goto for which no label has been seen yet. */
  private static final class Forward {
    final Stmt.BranchStmt stmt;
    final Expr.Name label;

    Forward(Stmt.BranchStmt stmt, Expr.Name label) {
      this.stmt = stmt;
      this.label = label;
    }
  }

  /** A block while its statements are looked at. */
  private static final class Block {
    final @Nullable Block parent;
    final int start;

    /** The labeled statement whose block this is. */
    final Stmt.@Nullable LabeledStmt labeled;

    /** The gotos of this block and inner ones that still look for their label. */
    final List<Forward> forward = new ArrayList<>(0);

    /** How many of {@link #forward} stand before the last variable declaration. */
    int beforeVariable;

    /** The position of the last variable declaration, or 0, and what it declares. */
    int variablePos;

    @Nullable Expr variable;

    Block(@Nullable Block parent, int start, Stmt.@Nullable LabeledStmt labeled) {
      this.parent = parent;
      this.start = start;
      this.labeled = labeled;
    }

    void declareVariable(int pos, Expr name) {
      variablePos = pos;
      variable = name;
      beforeVariable = forward.size();
    }
  }

  private void report(String code, int pos, String message) {
    sink.report(Diagnostic.error(code, pos, message));
  }

  private void body(Stmt.BlockStmt body) {
    Block block = new Block(null, body.pos(), null);
    statements(block, new Context(null, null, Context.NO_CLAUSE), body.list());
    for (Forward f : block.forward) {
      String name = f.label.value();
      Label label = labels.get(name);
      if (label != null) {
        label.used = true;
        String start = position(label.block.start);
        report(
            "JumpIntoBlock",
            f.label.pos(),
            "goto " + name + " jumps into block starting at " + start);
      } else {
        report("UndeclaredLabel", f.label.pos(), "label " + name + " not defined");
      }
    }
    for (Label label : labels.values()) {
      if (!label.used) {
        Expr.Name name = label.stmt.label();
        report("UnusedLabel", name.pos(), "label " + name.value() + " defined and not used");
      }
    }
  }

  /** A position in a message; where a line directive is in force, the place in the file follows. */
  private String position(int pos) {
    if (file == null) {
      return "";
    }
    Position relative = file.position(pos);
    Position absolute = file.absolutePosition(pos);
    return relative.equals(absolute) ? relative.toString() : relative + "[" + absolute + "]";
  }

  private void inner(
      Block outer,
      Context context,
      Stmt.@Nullable LabeledStmt labeled,
      int start,
      List<? extends Stmt> list) {
    if (list.isEmpty()) {
      return;
    }
    Block block = new Block(outer, start, labeled);
    statements(block, context, list);
    outer.forward.addAll(block.forward);
  }

  private void statements(Block block, Context context, List<? extends Stmt> list) {
    // Empty statements at the end do not keep a fallthrough from being the last one.
    int size = list.size();
    while (size > 0 && list.get(size - 1) instanceof Stmt.EmptyStmt) {
      size--;
    }
    for (int i = 0; i < size; i++) {
      Stmt stmt = list.get(i);
      Stmt.LabeledStmt labeled = null;
      while (stmt instanceof Stmt.LabeledStmt s) {
        if (!s.label().isBlank()) {
          declare(block, s);
          labeled = s;
        }
        stmt = s.stmt();
      }
      statement(block, context, labeled, stmt, i + 1 == size);
    }
  }

  private void statement(
      Block block, Context context, Stmt.@Nullable LabeledStmt labeled, Stmt stmt, boolean last) {
    switch (stmt) {
      case Stmt.DeclStmt s -> {
        for (Decl d : s.decls()) {
          if (d instanceof Decl.VarDecl v) {
            block.declareVariable(v.pos(), v.names().getFirst());
            break;
          }
        }
      }
      case Stmt.AssignStmt s -> {
        if (s.op() == Operator.DEF) {
          block.declareVariable(s.pos(), s.lhs());
        }
      }
      case Stmt.BranchStmt s -> {
        if (s.label() == null) {
          unlabeled(context, s, last);
        } else {
          labeled(block, s, s.label());
        }
      }
      case Stmt.BlockStmt s -> inner(block, context.nested(), labeled, s.pos(), s.list());
      case Stmt.IfStmt s -> {
        Context nested = context.nested();
        inner(block, nested, labeled, s.then().pos(), s.then().list());
        if (s.els() != null) {
          inner(block, nested, labeled, s.els().pos(), List.of(s.els()));
        }
      }
      case Stmt.ForStmt s ->
          inner(
              block,
              new Context(s, s, Context.NO_CLAUSE),
              labeled,
              s.body().pos(),
              s.body().list());
      case Stmt.SwitchStmt s -> {
        for (int i = 0; i < s.body().size(); i++) {
          CaseClause c = s.body().get(i);
          inner(block, new Context(s, context.continues, i), labeled, c.pos(), c.body());
        }
      }
      case Stmt.SelectStmt s -> {
        Context clause = new Context(s, context.continues, Context.NO_CLAUSE);
        for (CommClause c : s.body()) {
          inner(block, clause, labeled, c.pos(), c.body());
        }
      }
      case Stmt.EmptyStmt _,
          Stmt.ExprStmt _,
          Stmt.SendStmt _,
          Stmt.RangeClause _,
          Stmt.CallStmt _,
          Stmt.ReturnStmt _,
          Stmt.LabeledStmt _ -> {} // no branches, or (labels) unwrapped by the caller
    }
  }

  private void declare(Block block, Stmt.LabeledStmt s) {
    String name = s.label().value();
    Label label = labels.get(name);
    if (label != null) {
      String first = position(label.stmt.label().pos());
      report("DuplicateLabel", s.label().pos(), "label " + name + " already defined at " + first);
    } else {
      label = new Label(block, s);
      labels.put(name, label);
    }
    int kept = 0;
    int keptBefore = 0;
    for (int i = 0; i < block.forward.size(); i++) {
      Forward f = block.forward.get(i);
      boolean before = i < block.beforeVariable;
      if (!f.label.value().equals(name)) {
        block.forward.set(kept++, f);
        keptBefore += before ? 1 : 0;
        continue;
      }
      targets.put(f.stmt, s);
      label.used = true;
      if (before && block.variable != null) {
        report(
            "JumpOverDecl",
            f.label.pos(),
            "goto "
                + name
                + " jumps over declaration of "
                + ExprPrinter.toString(block.variable)
                + " at "
                + position(block.variablePos));
      }
    }
    block.forward.subList(kept, block.forward.size()).clear();
    block.beforeVariable = keptBefore;
  }

  private void unlabeled(Context context, Stmt.BranchStmt s, boolean last) {
    switch (s.kind()) {
      case BREAK -> {
        if (context.breaks != null) {
          targets.put(s, context.breaks);
        } else {
          report("MisplacedBreak", s.pos(), "break is not in a loop, switch, or select");
        }
      }
      case CONTINUE -> {
        if (context.continues != null) {
          targets.put(s, context.continues);
        } else {
          report("MisplacedContinue", s.pos(), "continue is not in a loop");
        }
      }
      case FALLTHROUGH -> fallthrough(context, s, last);
      case GOTO -> {} // always has a label
    }
  }

  private void fallthrough(Context context, Stmt.BranchStmt s, boolean last) {
    String message = "fallthrough statement out of place";
    if (context.breaks instanceof Stmt.SwitchStmt enclosing) {
      if (enclosing.tag() instanceof Expr.TypeSwitchGuard) {
        message = "cannot fallthrough in type switch";
      } else if (context.clause != Context.NO_CLAUSE && last) {
        if (context.clause + 1 < enclosing.body().size()) {
          return;
        }
        message = "cannot fallthrough final case in switch";
      }
    }
    report("MisplacedFallthrough", s.pos(), message);
  }

  private void labeled(Block block, Stmt.BranchStmt s, Expr.Name label) {
    switch (s.kind()) {
      case BREAK -> {
        Stmt target = enclosing(block, "break", label);
        if (target instanceof Stmt.SwitchStmt
            || target instanceof Stmt.SelectStmt
            || target instanceof Stmt.ForStmt) {
          targets.put(s, target);
        } else if (target != null) {
          invalid("break", label);
        }
      }
      case CONTINUE -> {
        Stmt target = enclosing(block, "continue", label);
        if (target instanceof Stmt.ForStmt) {
          targets.put(s, target);
        } else if (target != null) {
          invalid("continue", label);
        }
      }
      case GOTO -> {
        Stmt target = gotoTarget(block, label.value());
        if (target != null) {
          targets.put(s, target);
        } else {
          block.forward.add(new Forward(s, label));
        }
      }
      case FALLTHROUGH -> {} // never has a label
    }
  }

  private void invalid(String keyword, Expr.Name label) {
    report("InvalidLabel", label.pos(), "invalid " + keyword + " label " + label.value());
  }

  /**
   * The statement that {@code label} labels, if it encloses {@code block}.
   *
   * @return null after an error, which is reported
   */
  private @Nullable Stmt enclosing(Block block, String keyword, Expr.Name name) {
    Label label = labels.get(name.value());
    if (label == null) {
      report("UndeclaredLabel", name.pos(), keyword + " label not defined: " + name.value());
      return null;
    }
    label.used = true; // though it may be the wrong one
    for (Block b = block; b != null; b = b.parent) {
      if (isSame(b.labeled, label.stmt)) {
        return label.stmt.stmt();
      }
    }
    invalid(keyword, name);
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // nodes are compared by identity
  private static boolean isSame(@Nullable Stmt a, Stmt b) {
    return a == b;
  }

  /** The statement with the label {@code name}, if it is in this block or one around it. */
  private @Nullable Stmt gotoTarget(Block block, String name) {
    Label label = labels.get(name);
    if (label == null) {
      return null;
    }
    label.used = true; // though it may be inside another block
    for (Block b = block; b != null; b = b.parent) {
      if (b == label.block) {
        return label.stmt;
      }
    }
    return null;
  }
}
