package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Field;
import dev.escapade.fuzz.programs.GoType.FuncOf;
import dev.escapade.fuzz.programs.GoType.Method;
import dev.escapade.fuzz.programs.GoType.Named;
import dev.escapade.fuzz.programs.GoType.Param;
import dev.escapade.fuzz.programs.GoType.Pointer;
import dev.escapade.fuzz.programs.GoType.Slice;
import dev.escapade.fuzz.programs.Universe.Function;
import dev.escapade.fuzz.programs.Universe.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes programs. */
final class Programs {
  private static final int MOST_PACKAGES = 3;

  private final SplittableRandom random;
  private final String prefix;

  private Programs(long seed, String prefix) {
    random = new SplittableRandom(seed);
    this.prefix = prefix;
  }

  /**
   * The program of a seed.
   *
   * @param prefix what the names of its packages begin with
   * @return the file of each package, by the package's name, importers after what they import
   */
  static Map<String, Piece> of(long seed, String prefix) {
    return new Programs(seed, prefix).packages();
  }

  private Map<String, Piece> packages() {
    Map<String, Piece> files = new LinkedHashMap<>();
    List<Universe> done = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_PACKAGES);
    for (int i = 0; i < count; i++) {
      Universe universe = new Universe(prefix + (char) ('a' + i));
      done.forEach(universe::add);
      files.put(universe.pkg, new Writer(universe, done).file());
      done.add(universe);
    }
    return files;
  }

  /** Writes one package. */
  private final class Writer {
    private final Universe universe;
    private final List<Universe> imports;
    private final Exprs exprs;
    private final Stmts stmts;
    private final List<Piece> decls = new ArrayList<>();

    Writer(Universe universe, List<Universe> imports) {
      this.universe = universe;
      this.imports = List.copyOf(imports);
      exprs = new Exprs(random.split(), universe);
      stmts = new Stmts(exprs, universe);
    }

    Piece file() {
      List<Piece> parts = new ArrayList<>();
      parts.add(Piece.line("package " + universe.pkg));
      for (Universe u : imports) {
        parts.add(Piece.line("import \"generated.test/m/" + u.pkg + "\""));
      }
      for (Universe u : imports) {
        parts.add(Piece.line("var _ = " + u.pkg + ".Used"));
      }
      parts.add(Piece.line("const Used = 1"));
      parts.add(Piece.line("var v0f float64"));
      interfaces();
      structs();
      generics();
      globals();
      functions();
      methods();
      parts.addAll(decls);
      return Piece.block("", parts, "");
    }

    private void interfaces() {
      for (int i = 1 + exprs.below(2); i > 0; i--) {
        Named t = new Named(universe.pkg, exprs.name("I"), true);
        List<Piece> lines = new ArrayList<>();
        for (int m = 1 + exprs.below(2); m > 0; m--) {
          Method method = new Method(exprs.name("M"), exprs.signature(1), false);
          t.methods.add(method);
          lines.add(Piece.line(method.name() + signature(method.type())));
        }
        universe.interfaces.add(t);
        universe.implementations.put(t, new ArrayList<>());
        decls.add(Piece.block("type " + t.name + " interface {", lines, "}"));
      }
    }

    private void structs() {
      for (int i = 1 + exprs.below(3); i > 0; i--) {
        Named t = new Named(universe.pkg, exprs.name("S"), false);
        List<Piece> lines = new ArrayList<>();
        if (!universe.structs.isEmpty() && exprs.oneIn(4)) {
          Named embedded = exprs.pick(universe.structs);
          boolean byPointer = exprs.oneIn(2);
          GoType type = byPointer ? new Pointer(embedded) : embedded;
          t.fields.add(new Field(embedded.name, type, true));
          lines.add(Piece.line(exprs.text(type)));
        }
        for (int f = 1 + exprs.below(4); f > 0; f--) {
          GoType type =
              exprs.oneIn(4)
                  ? exprs.oneIn(2) ? new Pointer(t) : new Slice(new Pointer(t))
                  : exprs.type(2);
          Field field = new Field(exprs.name("F"), type, false);
          t.fields.add(field);
          lines.add(Piece.line(field.name() + " " + exprs.text(type)));
        }
        decls.add(Piece.block("type " + t.name + " struct {", lines, "}"));
        universe.structs.add(t);
        implement(t);
      }
    }

    /** Gives a struct the methods of an interface, and one of its own. */
    private void implement(Named t) {
      boolean byPointer = exprs.oneIn(2);
      if (!exprs.oneIn(3)) {
        Named wanted = exprs.pick(universe.interfaces);
        for (Method m : wanted.methods) {
          t.methods.add(new Method(m.name(), m.type(), byPointer));
        }
        List<GoType> types = universe.implementations.get(wanted);
        if (types != null) {
          types.add(new Pointer(t));
          if (!byPointer) {
            types.add(t);
          }
        }
      }
      t.methods.add(new Method(exprs.name("M"), exprs.signature(1), exprs.oneIn(2)));
    }

    private void generics() {
      Named box = new Named(universe.pkg, exprs.name("G"), false);
      decls.add(
          Piece.block(
              "type " + box.name + "[T any] struct {",
              List.of(Piece.line("V T"), Piece.line("Next *" + box.name + "[T]")),
              "}"));
      decls.add(
          Piece.block(
              "func (b *" + box.name + "[T]) Get() T {", List.of(Piece.line("return b.V")), "}"));
      universe.generics.add(box);
      for (int i = 1 + exprs.below(2); i > 0; i--) {
        Function f =
            new Function(
                universe.pkg,
                exprs.name("P"),
                new FuncOf(List.of(new Param("T")), new Param("T")),
                false);
        List<Piece> body = genericBody(box);
        decls.add(Piece.block("func " + f.name() + "[T any](x T) T {", body, "}"));
        universe.genericFunctions.add(f);
      }
    }

    private List<Piece> genericBody(Named box) {
      List<Piece> body = new ArrayList<>();
      switch (exprs.below(5)) {
        case 0 -> body.add(Piece.line("p := &x"));
        case 1 -> body.add(Piece.line("p := &" + box.name + "[T]{V: x}"));
        case 2 -> body.add(Piece.line("p := func() T { return x }"));
        case 3 -> body.add(Piece.line("p := any(x)"));
        default -> body.add(Piece.line("p := []T{x, x}"));
      }
      body.add(Piece.line("_ = p"));
      if (exprs.oneIn(2)) {
        body.add(
            Piece.block(
                "for i := range 3 {",
                List.of(
                    Piece.line("var y T = x"),
                    Piece.line(
                        exprs.oneIn(2)
                            ? "defer func() { _ = y; _ = i }()"
                            : "_ = i; x = *func() *T { return &y }()")),
                "}"));
      }
      body.add(Piece.line("return x"));
      return body;
    }

    private void globals() {
      exprs.mayCall = false;
      for (int i = exprs.below(4); i > 0; i--) {
        GoType t = exprs.type(2);
        Variable v = new Variable(exprs.name("V"), t);
        decls.add(
            Piece.line(
                "var "
                    + v.name()
                    + " "
                    + exprs.text(t)
                    + (exprs.oneIn(2) ? "" : " = " + exprs.of(t))));
        universe.globals.add(v);
      }
      exprs.mayCall = true;
    }

    private void functions() {
      List<Function> own = new ArrayList<>();
      for (int i = 2 + exprs.below(4); i > 0; i--) {
        FuncOf type = exprs.signature(2);
        boolean variadic = exprs.oneIn(5);
        if (variadic) {
          List<GoType> params = new ArrayList<>(type.params());
          params.add(new Slice(exprs.type(1)));
          type = new FuncOf(params, type.result());
        }
        own.add(new Function(universe.pkg, exprs.name("X"), type, variadic));
      }
      universe.functions.addAll(own);
      for (Function f : own) {
        function("func " + f.name(), f.type(), f.variadic(), null);
      }
    }

    private void methods() {
      for (Named t : List.copyOf(universe.structs)) {
        if (t.pkg.equals(universe.pkg)) {
          for (Method m : t.methods) {
            String receiver = exprs.name("r");
            GoType type = m.byPointer() ? new Pointer(t) : t;
            function(
                "func (" + receiver + " " + exprs.text(type) + ") " + m.name(),
                m.type(),
                false,
                new Variable(receiver, type));
          }
        }
      }
    }

    private void function(String head, FuncOf type, boolean variadic, @Nullable Variable receiver) {
      int before = exprs.scope.size();
      if (receiver != null) {
        exprs.scope.add(receiver);
      }
      List<String> params = new ArrayList<>();
      for (int i = 0; i < type.params().size(); i++) {
        GoType p = type.params().get(i);
        String name = exprs.name("a");
        boolean last = variadic && i == type.params().size() - 1;
        params.add(
            name
                + " "
                + (last && p instanceof Slice s ? "..." + exprs.text(s.elem()) : exprs.text(p)));
        exprs.scope.add(new Variable(name, p));
      }
      GoType result = type.result();
      List<Piece> body = stmts.body(result, receiver == null ? 2 + exprs.below(5) : exprs.below(3));
      if (exprs.oneIn(12)) {
        decls.add(Piece.line("//go:noinline"));
      }
      decls.add(
          Piece.block(
              head
                  + "("
                  + String.join(", ", params)
                  + ")"
                  + (result == null ? "" : " " + exprs.text(result))
                  + " {",
              body,
              "}"));
      while (exprs.scope.size() > before) {
        exprs.scope.removeLast();
      }
    }

    private String signature(FuncOf f) {
      return exprs.text(f).substring("func".length());
    }
  }
}
