package dev.escapade.middle;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.DecisionLog;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.build.Compilation;
import dev.escapade.ir.build.MethodSelector;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import dev.escapade.unit.Code;
import dev.escapade.unit.PackageSummary;
import dev.escapade.unit.Unit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The code of a package as the builder makes it. */
final class PackageCode implements Code {
  private static final Package RUNTIME = new Package("go.runtime", "runtime");

  private final Compilation compilation;
  private final Set<String> imports;
  private final Unit.Imports summaries;
  private final MethodSelector methods;
  private final InstanceListener listener;

  /** Passes new instances on to the pass that is inlining. */
  private final class InstanceListener implements Compilation.Hooks {
    private final DecisionLog log;
    private Consumer<List<Func>> target = _ -> {};

    InstanceListener(DecisionLog log) {
      this.log = log;
    }

    @Override
    public void imported(Func fn) {}

    @Override
    public void instantiated(List<Func> fns) {
      target.accept(fns);
    }

    @Override
    public Set<dev.escapade.types.Func> exportedBodies(Package pkg) {
      PackageSummary summary = summaries.summary(pkg);
      return summary == null ? Set.of() : summary.bodies();
    }

    @Override
    public void impreciseInterfaceCall(int pos) {
      if (log.isEnabled()) {
        log.add(new Decision.ImpreciseInterfaceCall(pos));
      }
    }
  }

  PackageCode(
      Compilation compilation, Set<String> imports, Unit.Imports summaries, DecisionLog log) {
    this.summaries = summaries;
    this.compilation = compilation;
    this.imports = imports;
    listener = new InstanceListener(log);
    methods = new MethodSelector(compilation);
    compilation.setHooks(listener);
  }

  @Override
  public List<Func> funcs() {
    return compilation.funcs();
  }

  @Override
  public boolean imports(String path) {
    return imports.contains(path);
  }

  @Override
  public boolean hasBody(Func imported) {
    dev.escapade.types.Func obj = Compilation.declaredAs(imported);
    if (obj == null) {
      return false;
    }
    for (Package pkg : compilation.local().pkg().imports()) {
      PackageSummary summary = summaries.summary(pkg);
      if (summary != null && summary.bodies().contains(obj)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Func findImported(String linkName) {
    return new ImportedFunctions(compilation, summaries).find(linkName);
  }

  @Override
  public boolean hasOnePointer(Named elem) {
    return compilation.hasOnePointer(elem);
  }

  @Override
  public void noteConversion(Type type, Type iface) {
    compilation.convert(type, iface);
  }

  @Override
  public void buildInstances() {
    compilation.buildInstances();
  }

  @Override
  public InlinedCallExpr inline(
      Func caller, CallExpr call, Func callee, int inl, Consumer<List<Func>> instantiated) {
    listener.target = instantiated;
    return compilation.inlineCall(caller, call, callee, inl);
  }

  @Override
  public CallExpr keepAliveCall(int pos, int inl, ExprNode pointer) {
    Type any = Universe.ANY_INTERFACE;
    Signature type =
        new Signature(
            null,
            List.of(),
            List.of(),
            Tuple.of(new Var(VarKind.PARAM, 0, null, "", any)),
            Tuple.EMPTY,
            false);
    Name fun = new Name(0, 0, new Sym(RUNTIME, "KeepAlive"), type, StorageClass.FUNC);
    dev.escapade.ir.ConvExpr arg =
        new dev.escapade.ir.ConvExpr(pos, inl, Op.CONVIFACE, any, pointer);
    arg.setImplicit(true);
    return new CallExpr(pos, inl, Op.CALLFUNC, null, fun, Ir.list(arg));
  }

  @Override
  public Name newTemp(int pos, int inl, Func fn, Type type) {
    Sym sym = new Sym(compilation.local().pkg(), ".autotmp_" + fn.dcl.size());
    Name n = Name.local(fn, pos, inl, sym, type);
    n.setEsc(Esc.NEVER);
    n.setUsed(true);
    n.setAutoTemp(true);
    return n;
  }

  @Override
  public void makeWrappers(Consumer<Func> finish, Predicate<Func> isInlinable) {
    compilation.makeWrappers(finish, isInlinable);
  }

  @Override
  public boolean isImplementation(Type type, Type iface) {
    return methods.isImplementation(type, iface);
  }

  @Override
  public SelectorExpr method(int pos, int inl, ExprNode receiver, Sym sel) {
    return methods.select(pos, inl, receiver, sel);
  }

  @Override
  public void setCallee(CallExpr call, SelectorExpr method) {
    methods.setCallee(call, method);
  }
}
