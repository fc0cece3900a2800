package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Basic;
import dev.escapade.fuzz.programs.GoType.Chan;
import dev.escapade.fuzz.programs.GoType.FuncOf;
import dev.escapade.fuzz.programs.GoType.MapOf;
import dev.escapade.fuzz.programs.GoType.Method;
import dev.escapade.fuzz.programs.GoType.Named;
import dev.escapade.fuzz.programs.GoType.Pointer;
import dev.escapade.fuzz.programs.GoType.Slice;
import dev.escapade.fuzz.programs.Universe.Function;
import dev.escapade.fuzz.programs.Universe.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes statements. */
final class Stmts {
  private static final int DEEPEST = 3;

  private final Exprs exprs;
  private final Universe universe;
  private @Nullable GoType result;
  private boolean mayReturn;

  Stmts(Exprs exprs, Universe universe) {
    this.exprs = exprs;
    this.universe = universe;
  }

  /** The body of a function, with the return at its end. */
  List<Piece> body(@Nullable GoType returned, int statements) {
    result = returned;
    mayReturn = true;
    int before = exprs.scope.size();
    List<Piece> body = list(statements, 0);
    if (returned != null) {
      body.add(Piece.line("return " + exprs.of(returned)));
    }
    leave(before);
    return body;
  }

  private void leave(int before) {
    while (exprs.scope.size() > before) {
      exprs.scope.removeLast();
    }
  }

  private List<Piece> list(int count, int depth) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statement(pieces, depth);
    }
    return pieces;
  }

  /** Statements in a scope of their own. */
  private List<Piece> inner(int depth) {
    int before = exprs.scope.size();
    List<Piece> pieces = list(1 + exprs.below(3), depth + 1);
    leave(before);
    return pieces;
  }

  private void statement(List<Piece> out, int depth) {
    int choice = exprs.below(depth >= DEEPEST ? 9 : 22);
    switch (choice) {
      case 0, 1, 2, 3 -> declare(out);
      case 4, 5 -> assign(out);
      case 6 -> call(out);
      case 7 -> store(out);
      case 8 -> send(out);
      case 9 -> branch(out, depth);
      case 10, 11 -> loop(out, depth);
      case 12, 13 -> range(out, depth);
      case 14 -> typeSwitch(out, depth);
      case 15 -> valueSwitch(out, depth);
      case 16 -> spawn(out, depth, "go");
      case 17 -> spawn(out, depth, "defer");
      case 18 -> select(out, depth);
      case 19 -> closure(out, depth);
      case 20 -> labelled(out, depth);
      default -> leaveEarly(out);
    }
  }

  private void declare(List<Piece> out) {
    GoType t = exprs.type(2);
    String name = exprs.name("v");
    String value = exprs.of(t);
    out.add(
        Piece.line(
            exprs.oneIn(5)
                ? "var " + name + " " + exprs.text(t)
                : "var " + name + " " + exprs.text(t) + " = " + value));
    out.add(Piece.line("_ = " + name));
    exprs.scope.add(new Variable(name, t));
  }

  private void assign(List<Piece> out) {
    Variable v = exprs.assignable();
    if (v == null) {
      return;
    }
    if (v.type().equals(Basic.INT) && exprs.oneIn(2)) {
      out.add(
          Piece.line(exprs.oneIn(2) ? v.name() + "++" : v.name() + " += " + exprs.of(v.type())));
    } else if (v.type().equals(Basic.STRING) && exprs.oneIn(2)) {
      out.add(Piece.line(v.name() + " += " + exprs.of(v.type())));
    } else if (v.type() instanceof Slice s && exprs.oneIn(2)) {
      out.add(Piece.line(v.name() + " = append(" + v.name() + ", " + exprs.of(s.elem()) + ")"));
    } else {
      Variable w = exprs.assignable();
      out.add(
          Piece.line(
              w != null && !w.name().equals(v.name()) && exprs.oneIn(4)
                  ? v.name()
                      + ", "
                      + w.name()
                      + " = "
                      + exprs.of(v.type())
                      + ", "
                      + exprs.of(w.type())
                  : v.name() + " = " + exprs.of(v.type())));
    }
  }

  private void call(List<Piece> out) {
    if (!universe.functions.isEmpty()) {
      out.add(Piece.line(exprs.call(exprs.pick(universe.functions), 1)));
    }
  }

  /** A store into a part of something, or into a package variable. */
  private void store(List<Piece> out) {
    if (!universe.globals.isEmpty() && exprs.oneIn(3)) {
      Variable g = exprs.pick(universe.globals);
      out.add(Piece.line(g.name() + " = " + exprs.of(g.type())));
      return;
    }
    Variable v = exprs.assignable();
    if (v == null) {
      return;
    }
    switch (v.type()) {
      case Pointer(Named n) when !n.isInterface && !n.fields.isEmpty() -> field(v, n, out);
      case Named n when !n.isInterface && !n.fields.isEmpty() -> field(v, n, out);
      case Pointer p -> out.add(Piece.line("*" + v.name() + " = " + exprs.of(p.elem())));
      case Slice s ->
          out.add(
              Piece.line(v.name() + "[" + exprs.of(Basic.INT, 2) + "] = " + exprs.of(s.elem())));
      case MapOf m ->
          out.add(Piece.line(v.name() + "[" + exprs.of(m.key(), 2) + "] = " + exprs.of(m.elem())));
      default -> {} // has no parts
    }
  }

  private void field(Variable v, Named n, List<Piece> out) {
    GoType.Field f = exprs.pick(n.fields);
    out.add(Piece.line(v.name() + "." + f.name() + " = " + exprs.of(f.type())));
  }

  private void send(List<Piece> out) {
    for (Variable v : List.copyOf(exprs.scope)) {
      if (v.type() instanceof Chan c && exprs.oneIn(2)) {
        out.add(Piece.line(v.name() + " <- " + exprs.of(c.elem())));
        return;
      }
    }
  }

  private void branch(List<Piece> out, int depth) {
    String head = "if " + condition();
    if (exprs.oneIn(2)) {
      out.add(Piece.block(head + " {", inner(depth), "}"));
    } else {
      out.add(
          Piece.block(
              "",
              List.of(
                  Piece.block(head + " {", inner(depth), ""),
                  Piece.block("} else {", inner(depth), "}")),
              ""));
    }
  }

  /** A condition that can follow a keyword: no composite literal may stand in it bare. */
  private String condition() {
    return "(" + exprs.of(Basic.BOOL) + ")";
  }

  private void loop(List<Piece> out, int depth) {
    switch (exprs.below(3)) {
      case 0 -> {
        String i = exprs.name("i");
        int before = exprs.scope.size();
        exprs.scope.add(new Variable(i, Basic.INT));
        out.add(
            Piece.block(
                "for " + i + " := 0; " + i + " < (" + exprs.of(Basic.INT, 2) + "); " + i + "++ {",
                inner(depth),
                "}"));
        leave(before);
      }
      case 1 -> out.add(Piece.block("for " + condition() + " {", inner(depth), "}"));
      default -> {
        List<Piece> body = inner(depth);
        body.add(Piece.block("if " + condition() + " {", List.of(Piece.line("break")), "}"));
        out.add(Piece.block("for {", body, "}"));
      }
    }
  }

  private void range(List<Piece> out, int depth) {
    GoType elem = exprs.type(1);
    int before = exprs.scope.size();
    String k = exprs.name("k");
    String v = exprs.name("e");
    String head;
    switch (exprs.below(6)) {
      case 0 -> {
        head = "for " + k + " := range (" + exprs.of(Basic.INT, 1) + ") {";
        exprs.scope.add(new Variable(k, Basic.INT));
      }
      case 1 -> {
        head = "for _, " + v + " := range (" + exprs.of(new Slice(elem), 1) + ") {";
        exprs.scope.add(new Variable(v, elem));
      }
      case 2 -> {
        String x = exprs.of(new MapOf(Basic.STRING, elem), 1);
        head = "for " + k + ", " + v + " := range (" + x + ") {";
        exprs.scope.add(new Variable(k, Basic.STRING));
        exprs.scope.add(new Variable(v, elem));
      }
      case 3 -> {
        head = "for " + v + " := range (" + exprs.of(new Chan(elem), 1) + ") {";
        exprs.scope.add(new Variable(v, elem));
      }
      case 4 -> {
        GoType yield = new FuncOf(List.of(elem), Basic.BOOL);
        String x = exprs.of(new FuncOf(List.of(yield), null), 1);
        head = "for " + v + " := range (" + x + ") {";
        exprs.scope.add(new Variable(v, elem));
      }
      default -> head = "for range (" + exprs.of(Basic.STRING, 1) + ") {";
    }
    List<Piece> body = new ArrayList<>();
    for (Variable declared : List.copyOf(exprs.scope.subList(before, exprs.scope.size()))) {
      body.add(Piece.line("_ = " + declared.name()));
    }
    body.addAll(inner(depth));
    if (exprs.oneIn(4)) {
      body.add(
          Piece.block(
              "if " + condition() + " {",
              List.of(Piece.line(exprs.oneIn(2) ? "break" : "continue")),
              "}"));
    }
    out.add(Piece.block(head, body, "}"));
    leave(before);
  }

  private void typeSwitch(List<Piece> out, int depth) {
    String v = exprs.name("t");
    Map<String, GoType> cases = new LinkedHashMap<>();
    for (int i = 1 + exprs.below(3); i > 0; i--) {
      GoType t = exprs.type(1);
      cases.put(exprs.text(t), t);
    }
    List<Piece> clauses = new ArrayList<>();
    cases.forEach((text, t) -> clauses.add(clause("case " + text + ":", v, t, depth)));
    clauses.add(clause("default:", v, Basic.ANY, depth));
    out.add(
        Piece.block(
            "switch " + v + " := any(" + exprs.of(Basic.ANY, 1) + ").(type) {", clauses, "}"));
  }

  private Piece clause(String head, String v, GoType t, int depth) {
    int before = exprs.scope.size();
    exprs.scope.add(new Variable(v, t));
    List<Piece> body = new ArrayList<>(List.of(Piece.line("_ = " + v)));
    body.addAll(inner(depth));
    leave(before);
    return Piece.block(head, body, "");
  }

  private void valueSwitch(List<Piece> out, int depth) {
    List<Piece> clauses = new ArrayList<>();
    for (int i = 0; i < 1 + exprs.below(4); i++) {
      clauses.add(Piece.block("case " + (10 * i) + ", " + (10 * i + 1) + ":", inner(depth), ""));
    }
    if (exprs.oneIn(2)) {
      clauses.add(Piece.block("default:", inner(depth), ""));
    }
    out.add(Piece.block("switch (" + exprs.of(Basic.INT, 1) + ") {", clauses, "}"));
  }

  private void spawn(List<Piece> out, int depth, String keyword) {
    if (exprs.oneIn(2) && !universe.functions.isEmpty()) {
      Function f = exprs.pick(universe.functions);
      out.add(Piece.line(keyword + " " + exprs.call(f, 1)));
      return;
    }
    for (Variable v : List.copyOf(exprs.scope)) {
      Named n = v.type() instanceof Named x ? x : v.type() instanceof Pointer(Named x) ? x : null;
      if (n != null && !n.methods.isEmpty() && exprs.oneIn(3) && !isPointerToInterface(v)) {
        Method m = exprs.pick(n.methods);
        out.add(
            Piece.line(
                keyword + " " + v.name() + "." + m.name() + "(" + exprs.args(m.type(), 1) + ")"));
        return;
      }
    }
    List<Piece> body = withoutReturn(depth);
    if (keyword.equals("defer") && exprs.oneIn(3)) {
      body.addFirst(Piece.line("recover()"));
    }
    out.add(Piece.block(keyword + " func() {", body, "}()"));
  }

  private static boolean isPointerToInterface(Variable v) {
    return v.type() instanceof Pointer(Named n) && n.isInterface;
  }

  /** The body of a function literal without result. */
  private List<Piece> withoutReturn(int depth) {
    boolean before = mayReturn;
    mayReturn = false;
    List<Piece> body = inner(depth);
    mayReturn = before;
    return body;
  }

  private void closure(List<Piece> out, int depth) {
    String name = exprs.name("f");
    FuncOf type = new FuncOf(List.of(), null);
    out.add(Piece.block(name + " := func() {", withoutReturn(depth), "}"));
    out.add(Piece.line(exprs.oneIn(2) ? name + "()" : "_ = " + name));
    exprs.scope.add(new Variable(name, type));
  }

  private void select(List<Piece> out, int depth) {
    GoType t = exprs.type(1);
    String v = exprs.name("r");
    String received = exprs.of(new Chan(t), 2);
    List<Piece> clauses = new ArrayList<>();
    clauses.add(clause("case " + v + " := <-(" + received + "):", v, t, depth));
    GoType sent = exprs.type(1);
    clauses.add(
        Piece.block(
            "case (" + exprs.of(new Chan(sent), 2) + ") <- " + exprs.of(sent, 2) + ":",
            inner(depth),
            ""));
    if (exprs.oneIn(2)) {
      clauses.add(Piece.block("default:", inner(depth), ""));
    }
    out.add(Piece.block("select {", clauses, "}"));
  }

  private void labelled(List<Piece> out, int depth) {
    String label = exprs.name("L");
    if (exprs.oneIn(3)) {
      String i = exprs.name("g");
      out.add(Piece.line(i + " := 0"));
      List<Piece> body = new ArrayList<>(List.of(Piece.line(i + "++")));
      body.addAll(withoutReturn(depth));
      body.add(Piece.block("if " + i + " < 3 {", List.of(Piece.line("goto " + label)), "}"));
      out.add(Piece.block(label + ":", List.of(Piece.block("{", body, "}")), ""));
      return;
    }
    List<Piece> body = inner(depth);
    body.add(
        Piece.block(
            "for " + condition() + " {",
            List.of(Piece.line((exprs.oneIn(2) ? "break " : "continue ") + label)),
            "}"));
    out.add(
        Piece.block(label + ":", List.of(Piece.block("for " + condition() + " {", body, "}")), ""));
  }

  private void leaveEarly(List<Piece> out) {
    if (!mayReturn || exprs.oneIn(2)) {
      out.add(
          Piece.block(
              "if " + condition() + " {",
              List.of(Piece.line("panic(" + exprs.of(Basic.ANY, 2) + ")")),
              "}"));
      return;
    }
    String text = result == null ? "return" : "return " + exprs.of(result);
    out.add(Piece.block("if " + condition() + " {", List.of(Piece.line(text)), "}"));
  }
}
