package dev.escapade.ir.build;

import dev.escapade.ir.TypeFmt;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Linkname;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Func;
import dev.escapade.types.GoVersion;
import dev.escapade.types.Info;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Signature;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A checked package from which bodies are built. It is made once, after checking without errors,
 * and is then used by all compilations, from any thread.
 */
public final class PackageSource {
  private static final GoVersion PER_ITERATION_VARIABLES = GoVersion.parse("go1.22");

  private record TypeDecl(int number, List<TypeParam> implicits) {}

  private final Package pkg;
  private final List<File> files;
  private final Facts facts;
  private final IdentityHashMap<Func, Decl.FuncDecl> funcs = new IdentityHashMap<>();
  private final IdentityHashMap<TypeName, TypeDecl> types = new IdentityHashMap<>();
  private final Map<String, String> linknames = new HashMap<>();
  private final RangeFuncs rangeFuncs;
  private final IdentityHashMap<Obj, DictLayout> layouts = new IdentityHashMap<>();
  private final Map<Obj, List<Obj>> references = new ConcurrentHashMap<>();
  private final Map<Func, List<Obj>> bodyReferences = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable ExportTable> exportTable = new AtomicReference<>();
  private int typeCount;

  /**
   * A package.
   *
   * @param info what the checker recorded for {@code files}
   */
  public PackageSource(Package pkg, List<File> files, Info info) {
    this.pkg = pkg;
    this.files = List.copyOf(files);
    this.facts = new Facts(info);
    this.rangeFuncs = new RangeFuncs(pkg, facts);
    for (File file : this.files) {
      collect(file);
    }
  }

  public Package pkg() {
    return pkg;
  }

  /** The source files, in the order given to the compiler. */
  public List<File> files() {
    return files;
  }

  /** What the checker found of the trees. */
  public Info info() {
    return facts.info();
  }

  Facts facts() {
    return facts;
  }

  // Declarations.

  private void collect(File file) {
    for (Decl d : file.decls()) {
      List<TypeParam> implicits = List.of();
      if (d instanceof Decl.FuncDecl f && facts.def(f.name()) instanceof Func obj) {
        funcs.put(obj, f);
        implicits = typeParams(obj);
      } else if (d instanceof Decl.TypeDecl t && facts.def(t.name()) instanceof TypeName obj) {
        declare(obj, 0, List.of());
        continue;
      }
      localTypes(d, implicits);
    }
    for (Linkname l : file.linknames()) {
      if (pkg.scope().lookup(l.local()) != null) {
        linknames.putIfAbsent(
            l.local(),
            l.remote().isEmpty() ? TypeFmt.linkPrefix(pkg) + "." + l.local() : l.remote());
      }
    }
  }

  /** The type parameters of a function, or of the receiver of a method. */
  static List<TypeParam> typeParams(Func f) {
    Signature sig = f.signature();
    return sig.recv() != null ? sig.recvTypeParams() : sig.typeParams();
  }

  /** Numbers the types declared within functions. */
  private void localTypes(Decl d, List<TypeParam> implicits) {
    boolean[] rangesOverFuncs = new boolean[1];
    Walk.preorder(
        d,
        n -> {
          rangesOverFuncs[0] |= rangeFuncs.isRangeOverFunc(n);
          if (n instanceof Decl.TypeDecl t && facts.def(t.name()) instanceof TypeName obj) {
            declare(obj, t.alias() ? 0 : ++typeCount, implicits);
          }
          return true;
        });
    if (rangesOverFuncs[0]) {
      rangeFuncs.rewrite(d);
    }
  }

  private void declare(TypeName obj, int number, List<TypeParam> implicits) {
    types.put(obj, new TypeDecl(number, implicits));
  }

  /** The declaration of a function or method of this package. */
  Decl.@Nullable FuncDecl decl(Func f) {
    return funcs.get(f);
  }

  /** The objects that the declaration of {@code obj} mentions, bodies of functions excluded. */
  public static List<Obj> references(Obj obj) {
    return References.ofDeclaration(obj);
  }

  /** The same, remembered, since all importers ask; {@code obj} is of this package. */
  public List<Obj> importedReferences(Obj obj) {
    return references.computeIfAbsent(obj, References::ofDeclaration);
  }

  /** The objects that the body of a function or method of this package mentions. */
  public List<Obj> bodyReferences(Func f) {
    Decl.FuncDecl decl = funcs.get(f);
    if (decl == null) {
      return List.of();
    }
    return bodyReferences.computeIfAbsent(f, _ -> References.ofBody(this, f, decl));
  }

  /** Reports whether a function or method has type parameters. */
  public static boolean isGeneric(Func f) {
    return !typeParams(f).isEmpty();
  }

  /** The number of a type declared within a function, or 0. */
  int typeNumber(TypeName t) {
    TypeDecl d = types.get(t);
    return d == null ? 0 : d.number;
  }

  /** The type parameters of the functions around a local type. */
  List<TypeParam> implicits(TypeName t) {
    TypeDecl d = types.get(t);
    return d == null ? List.of() : d.implicits;
  }

  /**
   * The name for the linker that a directive gives to what is declared as {@code name}, or null.
   */
  public @Nullable String linkname(String name) {
    return linknames.get(name);
  }

  /** Reports whether each iteration of the loop at {@code pos} has its own variables. */
  boolean hasDistinctVars(int pos) {
    for (File file : files) {
      if (file.source().contains(pos)) {
        GoVersion v = facts.info().fileVersion(file);
        return v.equals(GoVersion.NONE) || v.compareTo(PER_ITERATION_VARIABLES) >= 0;
      }
    }
    return true;
  }

  // Export data.

  /** Its export data, which is found when first asked for. */
  ExportTable exportTable(Compilation c) {
    ExportTable known = exportTable.get();
    if (known == null) {
      exportTable.compareAndSet(null, ExportTable.of(c, pkg));
      known = Objects.requireNonNull(exportTable.get());
    }
    return known;
  }

  // Ranging over functions.

  /** Ranges over functions, and what stands for them. */
  RangeFuncs rangeFuncs() {
    return rangeFuncs;
  }

  // Dictionaries.

  /** The dictionary of a generic function or type, found by {@code scan} when first asked for. */
  DictLayout layout(Obj obj, Function<Obj, DictLayout> scan) {
    synchronized (layouts) {
      DictLayout known = layouts.get(obj);
      if (known != null) {
        return known;
      }
    }
    DictLayout found = scan.apply(obj);
    synchronized (layouts) {
      DictLayout known = layouts.putIfAbsent(obj, found);
      return known == null ? found : known;
    }
  }

  /** The methods that a defined type of this package declares. */
  static List<Func> methods(Named t) {
    List<Func> list = new ArrayList<>(t.numMethods());
    for (int i = 0; i < t.numMethods(); i++) {
      list.add(t.origin().method(i));
    }
    return list;
  }
}
