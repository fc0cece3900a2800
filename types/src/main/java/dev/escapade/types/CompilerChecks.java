package dev.escapade.types;

import dev.escapade.diag.Diagnostic;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Linkname;
import dev.escapade.syntax.Pragma;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler checks in a package beyond the language: interfaces that contain themselves
 * without a name, types that the garbage collector does not know, the places of directives, and
 * bodies that are missing (cmd/compile/internal/noder: irgen.go, writer.go, Go 1.26).
 *
 * <p>The checks come in stages; errors in one stage, or of the type checker, keep the next from
 * running. While declarations are checked, {@link #interfaceType}, {@link #typeDecl} and {@link
 * #localDecl} collect what the checks want to see, so that no further walk over the trees is
 * needed.
 */
final class CompilerChecks {
  private static final String DIRECTIVE = "MisplacedDirective";
  private static final String NOT_IN_HEAP = "NotInHeap";

  /** The directives that may stand before a function. */
  private static final Set<Pragma.Flag> OF_FUNCTIONS =
      EnumSet.complementOf(EnumSet.of(Pragma.Flag.GO_BUILD, Pragma.Flag.NOTINHEAP));

  private final Checker check;
  private final List<Expr.InterfaceType> interfaces = new ArrayList<>();
  private final List<Decl.TypeDecl> typeDecls = new ArrayList<>();
  private final List<Decl> localDecls = new ArrayList<>();
  private final IdentityHashMap<Interface, Boolean> cyclic = new IdentityHashMap<>();
  private boolean hasErrors;

  CompilerChecks(Checker check) {
    this.check = check;
  }

  /** Takes note of an interface type that is not part of another one. */
  void interfaceType(Expr.InterfaceType e) {
    if (!e.methods().isEmpty() && e.id() >= 0) {
      interfaces.add(e);
    }
  }

  /** Takes note of the declaration of a type. */
  void typeDecl(Decl.TypeDecl d) {
    if (d.type() instanceof Expr.MapType || d.type() instanceof Expr.ChanType) {
      typeDecls.add(d);
    }
  }

  /** Takes note of a declaration in a function. */
  void localDecl(Decl d, @Nullable Pragma pragma) {
    if (pragma != null) {
      localDecls.add(d);
    }
  }

  /** Runs the checks; to be called when the package has been checked without errors. */
  void run() {
    anonymousCycles();
    if (!hasErrors) {
      typeArguments();
    }
    if (!hasErrors) {
      notInHeapElements();
    }
    if (!hasErrors) {
      directives();
    }
  }

  private void error(int pos, String code, String msg) {
    hasErrors = true;
    check.conf.sink().report(Diagnostic.error(code, pos, msg));
  }

  // Anonymous interfaces.

  private void anonymousCycles() {
    interfaces.sort((a, b) -> check.cmpPos(a.pos(), b.pos()));
    for (Expr.InterfaceType e : interfaces) {
      Type t = check.info.recordedType(e);
      if (t != null && t.unalias() instanceof Interface iface && hasCycle(iface)) {
        error(
            e.pos(),
            Code.INVALID_TYPE_CYCLE.toString(),
            "invalid recursive type: anonymous interface refers to itself"
                + " (see https://go.dev/issue/56103)");
        cyclic.replaceAll((_, _) -> false); // each cycle is reported once
      }
    }
  }

  private boolean hasCycle(Interface iface) {
    for (int i = 0; i < iface.numMethods(); i++) {
      if (reachesItself(iface.method(i).type())) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether an interface literal in {@code t} contains itself. */
  private boolean reachesItself(Type t) {
    return switch (t.unalias()) {
      case Basic _, Named _, TypeParam _, Alias _, Union _ -> false;
      case Pointer p -> reachesItself(p.elem());
      case Array a -> reachesItself(a.elem());
      case Slice s -> reachesItself(s.elem());
      case Chan c -> reachesItself(c.elem());
      case MapType m -> reachesItself(m.key()) || reachesItself(m.elem());
      case Signature sig -> reachesItself(sig.params()) || reachesItself(sig.results());
      case Struct s -> anyReachesItself(s.fields());
      case Tuple tuple -> anyReachesItself(tuple.vars());
      case Interface iface -> interfaceReachesItself(iface);
    };
  }

  private boolean anyReachesItself(List<Var> vars) {
    for (Var v : vars) {
      if (reachesItself(v.type())) {
        return true;
      }
    }
    return false;
  }

  private boolean interfaceReachesItself(Interface iface) {
    if (iface.explicitMethods().isEmpty() && iface.embeddeds().isEmpty()) {
      return false;
    }
    Boolean known = cyclic.putIfAbsent(iface, true);
    if (known != null) {
      return known;
    }
    if (hasCycle(iface)) {
      return true;
    }
    cyclic.put(iface, false);
    return false;
  }

  // Types that are not in the heap.

  private static boolean isNotInHeap(Type type) {
    Type t = type.unalias();
    if (t instanceof Named named) {
      TypeName obj = named.obj();
      Package pkg = obj.pkg();
      if (obj.name().equals("nih") && pkg != null && pkg.path().equals("internal/runtime/sys")) {
        return true;
      }
      t = named.underlying();
    }
    if (t instanceof Array a) {
      return isNotInHeap(a.elem());
    }
    if (t instanceof Struct s) {
      for (Var f : s.fields()) {
        if (isNotInHeap(f.type())) {
          return true;
        }
      }
    }
    return false;
  }

  private void typeArguments() {
    for (Recorder.InstanceUse use : check.recorder.instances()) {
      for (Type targ : use.typeArgs()) {
        if (isNotInHeap(targ)) {
          error(
              use.pos(),
              NOT_IN_HEAP,
              "cannot use incomplete (or unallocatable) type as a type argument: " + targ);
        }
      }
    }
  }

  private void notInHeapElements() {
    for (Decl.TypeDecl d : typeDecls) {
      Expr e = d.type();
      Type t = check.info.recordedType(e);
      if (t == null) {
        continue;
      }
      if (t.underlying() instanceof MapType m) {
        if (isNotInHeap(m.key())) {
          error(e.pos(), NOT_IN_HEAP, "incomplete (or unallocatable) map key not allowed");
        }
        if (isNotInHeap(m.elem())) {
          error(e.pos(), NOT_IN_HEAP, "incomplete (or unallocatable) map value not allowed");
        }
      } else if (t.underlying() instanceof Chan c && isNotInHeap(c.elem())) {
        error(e.pos(), NOT_IN_HEAP, "chan of incomplete (or unallocatable) type not allowed");
      }
    }
  }

  // Directives.

  private void directives() {
    Set<Obj> linknamed = new HashSet<>();
    for (File file : check.files) {
      fileDirectives(file, linknamed);
    }
    for (File file : check.files) {
      for (Decl d : file.decls()) {
        if (d instanceof Decl.FuncDecl f && !f.name().isBlank()) {
          function(f, linknamed);
        }
      }
    }
  }

  private void fileDirectives(File file, Set<Obj> linknamed) {
    place(file.pragma(), EnumSet.of(Pragma.Flag.GO_BUILD), false);
    boolean importsEmbed = false;
    boolean importsUnsafe = false;
    for (Decl decl : file.decls()) {
      if (decl instanceof Decl.ImportDecl d) {
        String path = importedPath(d);
        importsEmbed |= path.equals("embed");
        importsUnsafe |= path.equals("unsafe");
      }
      declDirectives(decl, importsEmbed, false);
    }
    for (Decl decl : localDecls) {
      if (file.source().contains(decl.pos())) {
        declDirectives(decl, importsEmbed, true);
      }
    }
    for (Linkname l : file.linknames()) {
      linkname(l, importsUnsafe, linknamed);
    }
  }

  private String importedPath(Decl.ImportDecl d) {
    Obj obj = d.localPkgName() != null ? check.info.def(d.localPkgName()) : check.info.implicit(d);
    return obj instanceof PkgName name ? name.imported().path() : "";
  }

  private void declDirectives(Decl decl, boolean importsEmbed, boolean inFunc) {
    Set<Pragma.Flag> none = EnumSet.noneOf(Pragma.Flag.class);
    switch (decl) {
      case Decl.ImportDecl d -> place(d.pragma(), none, false);
      case Decl.ConstDecl d -> place(d.pragma(), none, false);
      case Decl.TypeDecl d -> place(d.pragma(), none, false);
      case Decl.FuncDecl d -> place(d.pragma(), OF_FUNCTIONS, false);
      case Decl.VarDecl d -> {
        place(d.pragma(), none, true);
        if (d.pragma() != null && !d.pragma().embeds().isEmpty()) {
          String fault = embedFault(d, importsEmbed, inFunc);
          if (fault != null) {
            error(d.pragma().embeds().get(0).pos(), DIRECTIVE, fault);
          }
        }
      }
    }
  }

  /** Reports the directives of {@code pragma} that may not stand where they are. */
  private void place(@Nullable Pragma pragma, Set<Pragma.Flag> allowed, boolean embedAllowed) {
    if (pragma == null) {
      return;
    }
    for (Pragma.Use use : pragma.uses()) {
      if (!allowed.contains(use.flag())) {
        error(use.pos(), DIRECTIVE, "misplaced compiler directive");
      }
    }
    if (!embedAllowed) {
      for (Pragma.Embed embed : pragma.embeds()) {
        error(embed.pos(), DIRECTIVE, "misplaced go:embed directive");
      }
    }
  }

  private @Nullable String embedFault(Decl.VarDecl d, boolean importsEmbed, boolean inFunc) {
    if (!importsEmbed) {
      return "go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)";
    }
    if (d.names().size() > 1) {
      return "go:embed cannot apply to multiple vars";
    }
    if (d.values() != null) {
      return "go:embed cannot apply to var with initializer";
    }
    if (inFunc) {
      return "go:embed cannot apply to var inside func";
    }
    if (!pkgAllows(new GoVersion(1, 16))) {
      return "go:embed requires go1.16 or later (-lang was set to "
          + check.conf.goVersion()
          + "; check go.mod)";
    }
    return null;
  }

  private boolean pkgAllows(GoVersion wanted) {
    GoVersion lang = GoVersion.parse(check.conf.goVersion());
    return !lang.isValid() || lang.compareTo(wanted) >= 0;
  }

  private void linkname(Linkname l, boolean importsUnsafe, Set<Obj> linknamed) {
    if (!importsUnsafe) {
      error(l.pos(), DIRECTIVE, "//go:linkname only allowed in Go files that import \"unsafe\"");
      return;
    }
    if (l.remote().contains("[") && l.remote().contains("]")) {
      error(l.pos(), DIRECTIVE, "//go:linkname reference of an instantiation is not allowed");
      return;
    }
    Obj obj = check.pkg.scope().lookup(l.local());
    if (obj instanceof Func || obj instanceof Var) {
      if (!linknamed.add(obj)) {
        error(l.pos(), DIRECTIVE, "duplicate //go:linkname for " + l.local());
      }
    } else if (pkgAllows(GoVersion.GO1_18)) {
      error(l.pos(), DIRECTIVE, "//go:linkname must refer to declared function or variable");
    }
  }

  private void function(Decl.FuncDecl d, Set<Obj> linknamed) {
    Pragma pragma = d.pragma();
    if (pragma != null) {
      functionDirectives(d, pragma);
    }
    if (d.body() == null
        && (check.conf.complete() || d.name().value().equals("init"))
        && (pragma == null || pragma.wasmImport() == null)
        && !linknamed.contains(check.info.def(d.name()))) {
      error(d.pos(), "MissingFunctionBody", "missing function body");
    }
  }

  private void functionDirectives(Decl.FuncDecl d, Pragma pragma) {
    boolean nosplit = pragma.has(Pragma.Flag.NOSPLIT);
    if (nosplit && pragma.has(Pragma.Flag.SYSTEMSTACK)) {
      error(d.pos(), DIRECTIVE, "go:nosplit and go:systemstack cannot be combined");
    }
    if (d.body() == null) {
      return;
    }
    if (pragma.has(Pragma.Flag.NOESCAPE)) {
      error(d.pos(), DIRECTIVE, "can only use //go:noescape with external func implementations");
    }
    if (pragma.wasmImport() != null) {
      error(d.pos(), DIRECTIVE, "can only use //go:wasmimport with external func implementations");
    }
    // A growing stack could not find pointers that are passed as integers.
    if (pragma.has(Pragma.Flag.UINTPTRKEEPALIVE)
        && !pragma.has(Pragma.Flag.UINTPTRESCAPES)
        && !nosplit) {
      error(d.pos(), DIRECTIVE, "go:uintptrkeepalive requires go:nosplit");
    }
  }
}
