package dev.escapade.fuzz.programs;

import java.util.ArrayList;
import java.util.List;

/** What can be named at a place in a function: the variables in scope and the labels around. */
final class Scope {
  /** A loop or switch that a statement may leave; its label is printed only if it is used. */
  static final class Label {
    final String name;
    final boolean isLoop;
    boolean used;

    Label(String name, boolean isLoop) {
      this.name = name;
      this.isLoop = isLoop;
    }
  }

  final PackageModel pkg;
  final List<GoType> results;
  final boolean hasNamedResults;

  /** Whether package variables, and functions that use some, are out of reach. */
  final boolean isLeaf;

  final List<Variable> vars;
  final List<Label> labels;
  final List<TypeParam> typeParams;
  final int depth;

  /** Where the variables of the innermost block start in {@link #vars}. */
  private final int start;

  private Scope(
      PackageModel pkg,
      List<GoType> results,
      boolean hasNamedResults,
      boolean isLeaf,
      List<Variable> vars,
      List<Label> labels,
      List<TypeParam> typeParams,
      int depth) {
    this.pkg = pkg;
    this.results = results;
    this.hasNamedResults = hasNamedResults;
    this.isLeaf = isLeaf;
    this.vars = new ArrayList<>(vars);
    this.labels = labels;
    this.typeParams = typeParams;
    this.depth = depth;
    this.start = vars.size();
  }

  /** The scope of a declared function's body, without its parameters. */
  static Scope of(
      PackageModel pkg,
      List<GoType> results,
      boolean named,
      boolean isLeaf,
      List<TypeParam> typeParams) {
    return new Scope(pkg, results, named, isLeaf, List.of(), List.of(), typeParams, 0);
  }

  /** The scope of a block. */
  Scope block() {
    return new Scope(pkg, results, hasNamedResults, isLeaf, vars, labels, typeParams, depth + 1);
  }

  /** The scope of the block of a labeled statement. */
  Scope block(Label label) {
    List<Label> inner = new ArrayList<>(labels);
    inner.add(label);
    return new Scope(pkg, results, hasNamedResults, isLeaf, vars, inner, typeParams, depth + 1);
  }

  /** The scope of a function literal's body. */
  Scope literal(List<GoType> newResults) {
    return new Scope(pkg, newResults, false, isLeaf, vars, List.of(), typeParams, depth + 1);
  }

  Variable declare(String name, GoType type) {
    Variable v = new Variable(name, type, null);
    vars.add(v);
    return v;
  }

  /**
   * Statements that use the variables of this block that may be unused.
   *
   * @param text the block's statements
   */
  List<String> useAll(CharSequence text) {
    List<String> lines = new ArrayList<>();
    String block = text.toString();
    for (Variable v : vars.subList(start, vars.size())) {
      if (!v.isParameter && !isUsed(block, v.name)) {
        lines.add("_ = " + v.name);
      }
    }
    return lines;
  }

  /** Reports whether a name surely stands in an expression somewhere. */
  private static boolean isUsed(String text, String name) {
    for (int i = text.indexOf(name); i >= 0; i = text.indexOf(name, i + 1)) {
      int end = i + name.length();
      char before = i == 0 ? '\n' : text.charAt(i - 1);
      char after = end == text.length() ? '\n' : text.charAt(end);
      if (!Character.isLetterOrDigit(before)
          && !Character.isDigit(after)
          && ("([&*!-".indexOf(before) >= 0 || ".[()]}".indexOf(after) >= 0)) {
        return true;
      }
    }
    return false;
  }
}
