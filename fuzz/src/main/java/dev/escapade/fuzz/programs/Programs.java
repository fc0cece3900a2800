package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Field;
import dev.escapade.fuzz.programs.GoType.Func;
import dev.escapade.fuzz.programs.GoType.Interface;
import dev.escapade.fuzz.programs.GoType.Method;
import dev.escapade.fuzz.programs.GoType.Named;
import dev.escapade.fuzz.programs.GoType.Pointer;
import dev.escapade.fuzz.programs.GoType.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a program from a seed. */
final class Programs {
  private static final int LEAST_LINES = 100;
  private static final int MOST_PACKAGES = 3;

  /**
   * Longer programs are nearly all calls of generic functions in arguments of each other, which the
   * toolchain, too, instantiates and inlines for minutes or hours. About one seed of 70 gives one.
   */
  private static final int MOST_CHARS = 1 << 16;

  /** Far apart, so that the other seeds of a program are not those of its neighbours. */
  private static final long NEXT_SEED = 0x9E3779B97F4A7C15L;

  private final Choice choice;
  private final Types types;
  private final Names names = new Names();
  private final Exprs exprs;
  private final Stmts stmts;

  /** Methods that types may have; each name has one signature in the whole program. */
  private final List<Method> shapes = new ArrayList<>();

  private int number;

  private Programs(long seed) {
    choice = new Choice(seed);
    types = new Types(choice);
    exprs = new Exprs(choice, types, names);
    stmts = new Stmts(choice, types, names, exprs);
    exprs.stmts = stmts;
  }

  /**
   * The program of a seed, which has at least a hundred lines, and at most 64 KiB of text: one that
   * is longer is made again from another seed.
   *
   * @param prefix what the names of its packages begin with
   * @return the file of each package, by the package's name, importers after what they import
   */
  static Map<String, Piece> of(long seed, String prefix) {
    for (long next = seed; ; next += NEXT_SEED) {
      Map<String, Piece> files = new Programs(next).packages(prefix);
      if (chars(files) <= MOST_CHARS) {
        return files;
      }
    }
  }

  private Map<String, Piece> packages(String prefix) {
    Map<String, Piece> files = new LinkedHashMap<>();
    int lines = 0;
    int packages = choice.of(1, 2, 2, 2, MOST_PACKAGES, MOST_PACKAGES);
    for (int i = 0; i < packages; i++) {
      boolean last = i == packages - 1;
      PackageModel pkg = new PackageModel(prefix + (char) ('a' + i));
      types.packages().add(pkg);
      StringBuilder body = new StringBuilder();
      declarations(pkg, last ? choice.between(2, 4) : choice.between(1, 3), body);
      while (last && lines + lines(body) < LEAST_LINES) {
        FuncDecl more = signature(pkg, false);
        pkg.funcs.add(more);
        body.append(funcBody(more));
      }
      lines += lines(body);
      files.put(pkg.name, file(pkg, body));
    }
    return files;
  }

  private static int chars(Map<String, Piece> files) {
    StringBuilder text = new StringBuilder();
    files.values().forEach(file -> file.write(text, 0));
    return text.length();
  }

  private static Piece file(PackageModel pkg, CharSequence body) {
    List<Piece> parts = new ArrayList<>();
    parts.add(Piece.line("package " + pkg.name));
    for (String imported : pkg.imported) {
      parts.add(Piece.line("import \"" + Toolchain.MODULE + "/" + imported + "\""));
    }
    for (String imported : pkg.imported) {
      parts.add(Piece.line("var _ = " + imported + ".Used"));
    }
    parts.add(Piece.line("const Used = 1"));
    parts.addAll(Piece.parse(body.toString()));
    return Piece.block("", parts, "");
  }

  private static int lines(CharSequence text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  private String name(String prefix) {
    return prefix + number++;
  }

  private void declarations(PackageModel pkg, int funcs, StringBuilder out) {
    for (int i = choice.between(2, 3); i > 0 && shapes.size() < 4; i--) {
      shapes.add(new Method(name("M"), types.func(List.of(), 1), false));
    }
    for (int i = choice.between(2, 4); i > 0; i--) {
      typeDecl(pkg, out);
    }
    for (int i = choice.between(0, 2); i > 0; i--) {
      FuncDecl f = signature(pkg, true);
      out.append(funcBody(f));
      pkg.funcs.add(f);
    }
    if (choice.chance(30)) {
      iterator(pkg, out);
    }
    for (int i = choice.between(2, 5); i > 0; i--) {
      GoType t = types.any(List.of(), 2);
      names.reset();
      Variable v = new Variable(name("G"), t, pkg);
      String text = t.text(pkg);
      if (choice.chance(20)) {
        String alias = name("A");
        out.append("type ").append(alias).append(" = ").append(text).append("\n\n");
        text = alias;
      }
      out.append("var ").append(v.name).append(' ').append(text);
      if (choice.chance(50)) {
        Scope s = Scope.of(pkg, List.of(), false, true, List.of());
        out.append(" = ").append(exprs.of(t, s, 3));
      }
      out.append("\n\n");
      pkg.vars.add(v);
    }
    List<FuncDecl> rest = new ArrayList<>();
    for (int i = 0; i < funcs; i++) {
      rest.add(signature(pkg, false));
    }
    pkg.funcs.addAll(rest);
    for (TypeDecl d : pkg.types) {
      for (Method m : List.copyOf(d.methods)) {
        out.append(methodBody(d, m));
      }
    }
    rest.forEach(f -> out.append(funcBody(f)));
    if (choice.chance(20)) {
      names.reset();
      Scope s = Scope.of(pkg, List.of(), false, false, List.of());
      out.append("func init() {\n").append(stmts.body(s, choice.between(1, 2))).append("}\n\n");
    }
  }

  /** A generic function that returns an iterator over a slice. */
  private void iterator(PackageModel pkg, StringBuilder out) {
    TypeParam elem = new TypeParam("P1", new TypeParam.Constraint.Any());
    GoType t = new GoType.Param(elem);
    Func yield = new Func(List.of(t), false, List.of(Predeclared.BOOL));
    Func seq = new Func(List.of(yield), false, List.of());
    FuncDecl f =
        new FuncDecl(
            pkg,
            name("Seq"),
            List.of(elem),
            new Func(List.of(new Slice(t)), false, List.of(seq)),
            true);
    out.append("func ").append(f.name()).append("[P1 any](s []P1) func(func(P1) bool) {\n");
    out.append("return func(yield func(P1) bool) {\nfor _, v := range s {\n");
    out.append("if !yield(v) {\nreturn\n}\n}\n}\n}\n\n");
    pkg.funcs.add(f);
  }

  private void typeDecl(PackageModel pkg, StringBuilder out) {
    List<TypeParam> params = choice.chance(40) ? typeParams(false) : List.of();
    TypeDecl decl = new TypeDecl(pkg, name("T"), params);
    boolean isInterface = params.isEmpty() && choice.chance(30);
    List<TypeDecl> embedded = new ArrayList<>();
    if (isInterface) {
      Set<Method> methods = new HashSet<>();
      for (TypeDecl base : pkg.types) {
        if (base.underlying instanceof Interface i && base.params.isEmpty() && choice.chance(30)) {
          embedded.add(base);
          methods.addAll(i.methods());
        }
      }
      for (int i = choice.between(1, 2); i > 0; i--) {
        methods.add(choice.of(shapes));
      }
      decl.underlying = new Interface(shapes.stream().filter(methods::contains).toList());
      pkg.types.add(decl);
    } else {
      decl.underlying = underlying(decl);
      pkg.types.add(decl);
      if (!(decl.underlying instanceof Pointer)) {
        boolean allPointer = choice.chance(60);
        for (Method shape : shapes) {
          if (choice.chance(50)) {
            decl.methods.add(
                new Method(shape.name(), shape.type(), allPointer || choice.chance(40)));
          }
        }
      }
      if (!params.isEmpty()) {
        decl.methods.add(new Method(name("N"), types.func(params, 1), choice.chance(70)));
      }
    }
    out.append("type ").append(decl.name).append(typeParamList(params, pkg)).append(' ');
    String text = structText(decl.underlying, pkg);
    if (!embedded.isEmpty()) {
      String names = String.join("\n", embedded.stream().map(d -> d.name).toList());
      text = text.replace("interface{ ", "interface {\n" + names + "\n");
    }
    out.append(text).append("\n\n");
  }

  private static String structText(GoType t, PackageModel pkg) {
    return t.text(pkg).replace("struct{ ", "struct {\n").replace("; ", "\n").replace(" }", "\n}");
  }

  private GoType underlying(TypeDecl decl) {
    if (decl.params.isEmpty() && choice.chance(25)) {
      return switch (choice.below(5)) {
        case 0 -> Predeclared.INT;
        case 1 -> new Slice(types.any(List.of(), 1));
        case 2 -> types.func(List.of(), 1);
        case 3 -> Predeclared.STRING;
        default -> new GoType.MapOf(types.key(), types.any(List.of(), 1));
      };
    }
    List<Field> fields = new ArrayList<>();
    if (choice.chance(35)) {
      GoType base = types.named(decl.params);
      if (base instanceof Named n && !(n.underlying() instanceof Pointer)) {
        boolean pointer = !n.isInterface() && choice.chance(40);
        fields.add(new Field(n.decl().name, pointer ? new Pointer(n) : n, true));
      }
    }
    for (int i = choice.between(1, 4); i > 0; i--) {
      fields.add(new Field(name("F"), types.any(decl.params, 2), false));
    }
    if (choice.chance(40)) {
      List<GoType> own = new ArrayList<>();
      decl.params.forEach(p -> own.add(new GoType.Param(p)));
      GoType self = new Named(decl, own);
      fields.add(
          new Field(name("F"), choice.chance(60) ? new Pointer(self) : new Slice(self), false));
    }
    return new GoType.Struct(fields);
  }

  private List<TypeParam> typeParams(boolean ofFunction) {
    List<TypeParam> params = new ArrayList<>();
    for (int i = choice.between(1, 2); i > 0; i--) {
      String name = "P" + (params.size() + 1);
      params.add(new TypeParam(name, constraint(ofFunction, params)));
    }
    return params;
  }

  private TypeParam.Constraint constraint(boolean ofFunction, List<TypeParam> before) {
    return switch (choice.below(ofFunction ? 9 : 4)) {
      case 3 -> new TypeParam.Constraint.Equality();
      case 4 -> new TypeParam.Constraint.Numeric(choice.chance(50));
      case 5 -> new TypeParam.Constraint.Text();
      case 6 -> {
        for (PackageModel p : types.packages()) {
          for (TypeDecl d : p.types) {
            if (d.underlying instanceof Interface && choice.chance(50)) {
              yield new TypeParam.Constraint.Methods(new Named(d, List.of()));
            }
          }
        }
        yield new TypeParam.Constraint.Any();
      }
      case 7 ->
          before.isEmpty()
              ? new TypeParam.Constraint.Any()
              : new TypeParam.Constraint.SliceOf(new GoType.Param(before.get(0)));
      default -> new TypeParam.Constraint.Any();
    };
  }

  private static String typeParamList(List<TypeParam> params, PackageModel pkg) {
    if (params.isEmpty()) {
      return "";
    }
    List<String> list = new ArrayList<>();
    params.forEach(p -> list.add(p.name() + " " + p.constraint().text(pkg)));
    return "[" + String.join(", ", list) + "]";
  }

  private FuncDecl signature(PackageModel pkg, boolean isLeaf) {
    List<TypeParam> params = choice.chance(35) ? typeParams(true) : List.of();
    List<GoType> in = new ArrayList<>();
    for (int i = choice.between(0, 4); i > 0; i--) {
      in.add(types.any(params, 2));
    }
    boolean variadic = choice.chance(15);
    if (variadic) {
      in.add(new Slice(choice.chance(40) ? Predeclared.ANY : types.any(params, 1)));
    }
    List<GoType> out = new ArrayList<>();
    for (int i = choice.of(0, 1, 1, 1, 2, 3); i > 0; i--) {
      out.add(types.any(params, 2));
    }
    return new FuncDecl(pkg, name("Fn"), params, new Func(in, variadic, out), isLeaf);
  }

  private String funcBody(FuncDecl f) {
    names.reset();
    String pragma =
        choice.chance(12)
            ? choice.of("//go:noinline\n", "//go:noinline\n", "//go:nosplit\n", "//go:norace\n")
            : "";
    return pragma
        + "func "
        + f.name()
        + typeParamList(f.params(), f.pkg())
        + rest(f.pkg(), f.type(), f.params(), f.isLeaf(), "", Predeclared.INT);
  }

  private String methodBody(TypeDecl d, Method m) {
    names.reset();
    List<GoType> own = new ArrayList<>();
    List<String> params = new ArrayList<>();
    d.params.forEach(p -> {
      own.add(new GoType.Param(p));
      params.add(p.name());
    });
    GoType self = new Named(d, own);
    String receiver = choice.chance(85) ? "r" : "";
    String text = d.name + (params.isEmpty() ? "" : "[" + String.join(", ", params) + "]");
    return "func ("
        + receiver
        + (receiver.isEmpty() ? "" : " ")
        + (m.pointer() ? "*" : "")
        + text
        + ") "
        + m.name()
        + rest(d.pkg, m.type(), d.params, false, receiver, m.pointer() ? new Pointer(self) : self);
  }

  private String rest(
      PackageModel pkg,
      Func type,
      List<TypeParam> typeParams,
      boolean isLeaf,
      String receiver,
      GoType receiverType) {
    boolean named = !type.results().isEmpty() && choice.chance(30);
    Scope s = Scope.of(pkg, type.results(), named, isLeaf, typeParams);
    if (!receiver.isEmpty()) {
      s.declare(receiver, receiverType).isParameter = true;
    }
    List<String> params = new ArrayList<>();
    for (int i = 0; i < type.params().size(); i++) {
      GoType t = type.params().get(i);
      boolean last = type.variadic() && i == type.params().size() - 1;
      String text = last ? "..." + ((Slice) t).elem().text(pkg) : t.text(pkg);
      String name = choice.chance(8) ? "_" : names.local();
      if (!name.equals("_")) {
        s.declare(name, t).isParameter = true;
      }
      params.add(name + " " + text);
    }
    String results = GoType.results(type.results(), pkg);
    if (named) {
      List<String> list = new ArrayList<>();
      for (GoType t : type.results()) {
        String name = choice.chance(10) ? "_" : names.local();
        if (!name.equals("_")) {
          s.declare(name, t).isParameter = true;
        }
        list.add(name + " " + t.text(pkg));
      }
      results = " (" + String.join(", ", list) + ")";
    }
    int size = choice.of(0, 0, 1, 1, 1, 1, 2, 2, 4);
    return "(" + String.join(", ", params) + ")" + results + " {\n" + stmts.body(s, size) + "}\n\n";
  }
}
