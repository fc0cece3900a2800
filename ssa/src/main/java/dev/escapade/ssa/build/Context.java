package dev.escapade.ssa.build;

import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AbiConfig;
import dev.escapade.ssa.abi.AbiInfo;
import dev.escapade.ssa.core.Config;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Kind;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import dev.escapade.unit.Unit;
import dev.escapade.walk.StaticData;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the functions of a package have in common while SSA is made of them; for one thread. */
public final class Context {
  /** Hears of what the builder decides by itself. */
  public interface Listener {
    /** Hears nothing. */
    Listener NONE =
        new Listener() {
          @Override
          public void removedNilCheck(int pos, int inl) {}

          @Override
          public void largeCopy(Func f, int pos, int inl, long bytes) {}
        };

    /** A pointer is known not to be nil. */
    void removedNilCheck(int pos, int inl);

    /** Many bytes are copied. */
    void largeCopy(Func f, int pos, int inl, long bytes);
  }

  /** Makes the key of a line. */
  interface LineKey<K> {
    K of(int inl, String file, int line);
  }

  /** The field of the record of a deferred call that has the function. */
  static final int DEFER_FN_FIELD = 4;

  /** A slice with room for this many bytes may start in the frame. */
  private static final int MAX_BACKING_BYTES = 32;

  /** Copies of fewer bytes are not large. */
  private static final int LARGE_COPY_BYTES = 128;

  /** Local variables up to this size do not share their place in the frame. */
  private static final int UNSHARED_WORDS = 3;

  private static final Set<String> ENDING_CALLS =
      Set.of(
          "throwinit",
          "gopanic",
          "panicwrap",
          "block",
          "panicmakeslicelen",
          "panicmakeslicecap",
          "panicunsafeslicelen",
          "panicunsafeslicenilptr",
          "panicunsafestringlen",
          "panicunsafestringnilptr",
          "panicrangestate");

  private final Unit unit;
  private final Config config;
  private final Listener listener;
  private final Intrinsics intrinsics = new Intrinsics();
  private final String localPath;
  private final IdentityHashMap<Struct, long[]> offsets = new IdentityHashMap<>();
  private @Nullable SType deferRecord;
  private final SType emptyInterface;
  private final SType interfaceReceiver;

  /**
   * A context for a package.
   *
   * @param localPath the import path of the package
   */
  public Context(Unit unit, Config config, String localPath, Listener listener) {
    this.unit = unit;
    this.config = config;
    this.localPath = localPath;
    this.listener = listener;
    emptyInterface = config.types.of(Universe.ANY_INTERFACE);
    interfaceReceiver = config.types.of(new Pointer(new Struct(List.of(), List.of())));
  }

  Config config() {
    return config;
  }

  STypes types() {
    return config.types;
  }

  boolean optimize() {
    return config.optimize;
  }

  /** Reports whether it matters which values variables have. */
  boolean wantsNames() {
    return unit.options().debug().liveness();
  }

  /** Reports whether no index is checked. */
  boolean hasNoBoundsChecks() {
    return false;
  }

  // Functions and symbols.

  boolean hasCgoUnsafeArgs(dev.escapade.ir.Func fn) {
    return fn.has(dev.escapade.syntax.Pragma.Flag.CGO_UNSAFE_ARGS);
  }

  /** The function or global variable that a name denotes. */
  Sym symbol(Name n) {
    Sym s = new Sym(linkName(n.sym));
    if (n.isReadonly()) {
      config.symbols.noteReadOnly(s, n.opt == StaticData.ZERO);
    }
    return s;
  }

  /** The constant closure of a function. */
  Sym closureSymbol(Name n) {
    return new Sym(linkName(n.sym) + "·f");
  }

  private String linkName(dev.escapade.ir.Sym sym) {
    return isRuntimePackage(sym) ? "runtime." + sym.name() : unit.linkName(sym);
  }

  /** The descriptor of a type. */
  Sym typeSymbol(SType t) {
    Sym s = new Sym("type:" + unit.fmt().types().linkString(t.goType()));
    config.symbols.noteDescriptor(s, t);
    return s;
  }

  private static boolean isRuntimePackage(dev.escapade.ir.Sym sym) {
    Package pkg = sym.pkg();
    return pkg != null && (pkg.path().equals("go.runtime") || pkg.path().equals("runtime"));
  }

  boolean isRuntime(Name n, String name) {
    return n.sym.name().equals(name) && isRuntimePackage(n.sym);
  }

  /** Reports whether the builder ends the block after a call of {@code n}. */
  boolean neverReturns(Name n) {
    String name = n.sym.name();
    if (name.equals("throw") && unit.release().packages().isRuntime(localPath)) {
      return true;
    }
    Package pkg = n.sym.pkg();
    return pkg != null && pkg.path().equals("go.runtime") && ENDING_CALLS.contains(name);
  }

  /** What makes the operation that a call is, or null if it is a call. */
  Intrinsics.@Nullable Builder intrinsic(CallExpr n) {
    if (n.op() != Op.CALLFUNC
        || !(n.fun instanceof Name fun)
        || fun.storage != StorageClass.FUNC
        || fun.sym.pkg() == null) {
      return null;
    }
    String path = isRuntimePackage(fun.sym) ? "runtime" : fun.sym.pkg().path();
    return unit.options().race() && path.equals("sync/atomic")
        ? null
        : intrinsics.lookUp(path, fun.sym.name());
  }

  /** The convention by which a function is called from its own package. */
  AbiConfig abiOf(Name n) {
    return AbiConfig.AMD64;
  }

  /** How the arguments of a call are passed; the receiver first. */
  AbiInfo calleeAbi(AbiConfig abi, CallExpr n) {
    Signature sig = (Signature) Unit.typeOf(Objects.requireNonNull(n.fun)).underlying();
    List<SType> params = new ArrayList<>();
    Var recv = sig.recv();
    if (n.op() == Op.CALLINTER) {
      params.add(interfaceReceiver);
    } else if (recv != null && n.args.size() > sig.params().len()) {
      params.add(types().of(recv.type()));
    }
    for (Var v : sig.params().vars()) {
      params.add(types().of(v.type()));
    }
    List<SType> results = new ArrayList<>();
    for (Var v : sig.results().vars()) {
      results.add(types().of(v.type()));
    }
    return abi.analyze(params, results);
  }

  // Types.

  SType emptyInterface() {
    return emptyInterface;
  }

  /** The record of a deferred call that is in the frame. */
  SType deferRecord() {
    SType t = deferRecord;
    if (t == null) {
      Basic bool = Basic.BOOL;
      Basic word = Basic.UINTPTR;
      var runtime = new Package("runtime", "runtime");
      var name = new TypeName(0, runtime, "_defer", null);
      runtime.scope().insert(name);
      t =
          types()
              .of(
                  Named.of(
                      name,
                      struct(
                          List.of("heap", "rangefunc", "sp", "pc", "fn", "link", "head"),
                          List.of(bool, bool, word, word, word, word, word))));
      deferRecord = t;
    }
    return t;
  }

  /** The type of an array of elements in the frame, aligned to words. */
  Type backingType(SType elem, long room) {
    return struct(
        List.of("_", "_"), List.of(new Array(Basic.UINTPTR, 0), new Array(elem.goType(), room)));
  }

  long maxBackingBytes() {
    return MAX_BACKING_BYTES;
  }

  private static Struct struct(List<String> names, List<? extends Type> types) {
    List<Var> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(Var.field(0, null, names.get(i), types.get(i), false));
    }
    return new Struct(fields, List.of());
  }

  /** Which field of a struct {@code n} selects. */
  int fieldIndex(SelectorExpr n) {
    return fieldIndex(structOf(n), n);
  }

  private int fieldIndex(Struct struct, SelectorExpr n) {
    String name = n.sel.name();
    for (int i = 0; i < struct.numFields(); i++) {
      Var f = struct.field(i);
      if (f == n.field || (f.name().equals(name) && isSamePackage(f, n.sel))) {
        return i;
      }
    }
    throw new IllegalStateException("no field " + name + " in " + struct);
  }

  private static boolean isSamePackage(Var f, dev.escapade.ir.Sym sel) {
    return f.exported() || f.pkg() == null || sel.pkg() == null || f.pkg() == sel.pkg();
  }

  private Struct structOf(SelectorExpr n) {
    Type t = Unit.typeOf(n.x).underlying();
    return (Struct) (t instanceof Pointer p ? p.elem() : t).underlying();
  }

  /** Where the field that {@code n} selects is, in bytes. */
  long offset(SelectorExpr n) {
    if (n.runtimeOffset >= 0) {
      return n.runtimeOffset;
    }
    Struct struct = structOf(n);
    long[] all = offsets.computeIfAbsent(struct, s -> types().sizes().offsetsof(s.fields()));
    return all[fieldIndex(struct, n)];
  }

  /** The place of the method that {@code n} selects among those of the interface. */
  int methodIndex(SelectorExpr n) {
    Interface type = (Interface) Unit.typeOf(n.x).underlying();
    int before = 0;
    for (int i = 0; i < type.numMethods(); i++) {
      if (isBefore(type.method(i), n.sel)) {
        before++;
      }
    }
    return before;
  }

  /** The order of methods: exported ones first, by name, then by package. */
  private static boolean isBefore(dev.escapade.types.Func m, dev.escapade.ir.Sym sel) {
    if (m.exported() != sel.isExported()) {
      return m.exported();
    }
    int c = m.name().compareTo(sel.name());
    if (c != 0 || m.exported()) {
      return c < 0;
    }
    return Objects.requireNonNull(m.pkg())
            .path()
            .compareTo(Objects.requireNonNull(sel.pkg()).path())
        < 0;
  }

  /** Reports whether this is the field of reflect.SliceHeader or StringHeader that is a pointer. */
  boolean isReflectHeaderDataField(Node n) {
    if (!(n instanceof SelectorExpr sel)
        || !sel.sel.name().equals("Data")
        || types().of(sel.type()).kind() != Kind.UINTPTR) {
      return false;
    }
    Type t = Unit.typeOf(sel.x).unalias();
    if (sel.op() == Op.DOTPTR && t.underlying() instanceof Pointer p) {
      t = p.elem().unalias();
    }
    if (!(t instanceof Named named)) {
      return false;
    }
    Package pkg = named.obj().pkg();
    String name = named.obj().name();
    return pkg != null
        && pkg.path().equals("reflect")
        && (name.equals("SliceHeader") || name.equals("StringHeader"));
  }

  // Variables.

  /** A new variable of {@code fn} with a name of its own. */
  Name newLocal(dev.escapade.ir.Func fn, long line, String name, Type type) {
    dev.escapade.ir.Sym sym = new dev.escapade.ir.Sym(fn.sym().pkg(), name);
    Name n = Name.local(fn, State.pos(line), State.inl(line), sym, type);
    n.setUsed(true);
    return n;
  }

  /** A new temporary of {@code fn}. */
  Name newTemp(dev.escapade.ir.Func fn, long line, Type type) {
    return unit.newTemp(State.pos(line), State.inl(line), fn, type);
  }

  /** Reports whether a variable may share its place in the frame with others. */
  boolean isMergeCandidate(Name n) {
    return optimize()
        && n.storage == StorageClass.AUTO
        && types().of(n.type()).size() > (long) UNSHARED_WORDS * types().ptrSize()
        && !n.isAddrtaken()
        && !n.isNonMergeable()
        && !n.isOpenDeferSlot();
  }

  // Places.

  <K> K lineOf(long line, LineKey<K> key) {
    int pos = State.pos(line);
    if (pos <= SourceMap.NO_POS) {
      return key.of(State.inl(line), "", 0);
    }
    SourceFile file = unit.sources().file(pos);
    return key.of(State.inl(line), file.name(), file.line(pos));
  }

  void checkRemoved(long line) {
    listener.removedNilCheck(State.pos(line), State.inl(line));
  }

  void largeCopy(Func f, long line, long bytes) {
    if (bytes >= LARGE_COPY_BYTES) {
      listener.largeCopy(f, State.pos(line), State.inl(line), bytes);
    }
  }
}
