package dev.escapade.advice.code;

import dev.escapade.decisions.Decision;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the traits of the functions of a package. */
public final class Traits {
  private final Tree tree;
  private final Types types;
  private final List<Decision> decisions;
  private final Function<Func, Set<Trait>> imports;
  private final Map<Func, Set<Trait>> found = new HashMap<>();

  /**
   * The traits in a package.
   *
   * @param decisions what escapes in it
   * @param imports the traits of functions of other packages
   */
  public Traits(
      Tree tree, Types types, List<Decision> decisions, Function<Func, Set<Trait>> imports) {
    this.decisions = decisions;
    this.tree = tree;
    this.types = types;
    this.imports = imports;
  }

  /** The traits of all functions of the package that have any. */
  public Map<Func, Set<Trait>> ofAll() {
    AlwaysAllocates allocations =
        new AlwaysAllocates(
            types,
            decisions,
            (f, trait) ->
                found.getOrDefault(f, Set.of()).contains(trait)
                    || imports.apply(f).contains(trait));
    boolean changed = true;
    // Each round lets a trait climb one call; deeper chains are not worth the search.
    for (int round = 0; changed && round < 3; round++) {
      changed = false;
      for (Decl.FuncDecl d : tree.all(Decl.FuncDecl.class)) {
        if (types.info().def(d.name()) instanceof Func f && d.body() != null) {
          changed |= find(f, d.body(), allocations.test(d, false), allocations.test(d, true));
          changed |= allocations.testMostly(d, false) && add(f, Trait.ALLOCATES_MOSTLY);
          changed |= allocations.testMostly(d, true) && add(f, Trait.ALLOCATES_MOSTLY_IN_CALL);
        }
      }
    }
    return found;
  }

  private boolean add(Func f, Trait trait) {
    Set<Trait> traits = found.computeIfAbsent(f, _ -> EnumSet.noneOf(Trait.class));
    return traits.add(trait);
  }

  private boolean find(Func f, Stmt.BlockStmt body, boolean allocates, boolean inCall) {
    Set<Trait> traits = found.getOrDefault(f, Set.of());
    Set<Trait> now = EnumSet.noneOf(Trait.class);
    now.addAll(traits);
    if (allocates) {
      now.add(Trait.ALLOCATES);
    }
    if (inCall) {
      now.add(Trait.ALLOCATES_IN_CALL);
    }
    boolean mayBeLarge = isBuffer(f);
    boolean mayWrap = hasErrorResult(f);
    if (mayBeLarge || mayWrap) {
      for (Stmt.ReturnStmt r : Tree.belowInFunction(body, Stmt.ReturnStmt.class)) {
        List<Expr> results = Syntax.unpackList(r.results());
        if (results.isEmpty()) {
          continue;
        }
        if (mayBeLarge && isLargeBuffer(results.getFirst(), body)) {
          now.add(Trait.RETURNS_LARGE_BUFFER);
        }
        if (mayWrap && wraps(results.getLast())) {
          now.add(Trait.WRAPS_ERRORS);
        }
      }
    }
    if (now.size() > traits.size()) {
      found.put(f, now);
      return true;
    }
    return false;
  }

  private static boolean isBuffer(Func f) {
    return f.signature().results().len() > 0 && Types.isBytes(f.signature().results().at(0).type());
  }

  private static boolean hasErrorResult(Func f) {
    int n = f.signature().results().len();
    return n > 0 && Types.isError(f.signature().results().at(n - 1).type());
  }

  private boolean wraps(Expr e) {
    if (!(Syntax.unparen(e) instanceof Expr.CallExpr call)) {
      return false;
    }
    if (types.isCall(call, "fmt", "Errorf")) {
      String format = call.args().isEmpty() ? null : types.stringOf(call.args().getFirst());
      return format != null && format.contains("%w");
    }
    return false;
  }

  /** Reports whether {@code e} is, or was assigned, all of what was read from somewhere. */
  private boolean isLargeBuffer(Expr e, Stmt.BlockStmt body) {
    if (isLargeSource(e)) {
      return true;
    }
    Var v = types.variable(e);
    return v != null && v.kind() == VarKind.LOCAL && isLargeSource(assigned(v, body));
  }

  /** The only expression that is assigned to a local variable in {@code body}, or null. */
  public @Nullable Expr assigned(Var v, Stmt.BlockStmt body) {
    Expr only = null;
    for (Stmt.AssignStmt s : Tree.belowInFunction(body, Stmt.AssignStmt.class)) {
      List<Expr> targets = Syntax.unpackList(s.lhs());
      for (int i = 0; i < targets.size(); i++) {
        if (types.isUse(targets.get(i), v) && s.rhs() != null) {
          List<Expr> values = Syntax.unpackList(s.rhs());
          Expr value = values.size() == targets.size() ? values.get(i) : i == 0 ? s.rhs() : null;
          if (value == null || only != null) {
            return null;
          }
          only = value;
        }
      }
    }
    return only;
  }

  /** Reports whether a call gives all that a file, reader or buffer has. */
  public boolean isLargeSource(@Nullable Expr e) {
    if (e == null || !(Syntax.unparen(e) instanceof Expr.CallExpr call)) {
      return false;
    }
    if (types.isCall(call, "os", "ReadFile")
        || types.isCall(call, "io", "ReadAll")
        || types.isCall(call, "io/ioutil", "ReadFile", "ReadAll")
        || types.isMethodCall(call, "bytes", "Buffer", "Bytes")) {
      return true;
    }
    Func f = types.callee(call);
    return f != null
        && (found.getOrDefault(f.origin(), Set.of()).contains(Trait.RETURNS_LARGE_BUFFER)
            || imports.apply(f).contains(Trait.RETURNS_LARGE_BUFFER));
  }
}
