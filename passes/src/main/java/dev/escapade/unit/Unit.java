package dev.escapade.unit;

import dev.escapade.decisions.DecisionLog;
import dev.escapade.decisions.Optimization;
import dev.escapade.decisions.OptimizationLog;
import dev.escapade.decisions.Place;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Fmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlTree;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeFmt;
import dev.escapade.profile.CallProfile;
import dev.escapade.release.Arch;
import dev.escapade.release.Intrinsics;
import dev.escapade.release.PositionRules;
import dev.escapade.release.Release;
import dev.escapade.types.Package;
import dev.escapade.types.Sizes;
import dev.escapade.types.Type;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the passes share while they compile one package; for one thread. */
public final class Unit {
  /**
   * What does not depend on the package.
   *
   * @param intrinsics those of the architecture
   * @param profile the calls that happen most, if that is known
   */
  public record Target(
      Release release,
      Arch arch,
      Sizes sizes,
      Intrinsics intrinsics,
      Options options,
      @Nullable CallProfile profile,
      SourceMap sources) {}

  /** Finds the summaries of other packages. */
  @FunctionalInterface
  public interface Imports {
    /** The summary of {@code pkg}, or null if that has not been compiled. */
    @Nullable PackageSummary summary(Package pkg);
  }

  private final Target target;
  private final Code code;
  private final Fmt fmt;
  private final InlTree inlTree;
  private final Imports imports;
  private final DecisionLog log;
  private final TypeFacts types;

  /**
   * The unit of a package.
   *
   * @param imports the summaries of all packages below it
   */
  public Unit(
      Target target, Code code, Fmt fmt, InlTree inlTree, Imports imports, DecisionLog log) {
    this.target = target;
    this.code = code;
    this.fmt = fmt;
    this.inlTree = inlTree;
    this.imports = imports;
    this.log = log;
    types = new TypeFacts(target.sizes());
  }

  /** The same unit with a log that nobody reads; the optimization log is the same. */
  public Unit silent() {
    DecisionLog silent = new DecisionLog(0, null, log.optimizations());
    return new Unit(target, code, fmt, inlTree, imports, silent);
  }

  /** The options of this run. */
  public Options options() {
    return target.options();
  }

  /** The calls that happen most, or null if that is not known. */
  public @Nullable CallProfile profile() {
    return target.profile();
  }

  /** The line of a position in its own file, as line directives have it. */
  public int line(int pos) {
    return pos <= SourceMap.NO_POS
        ? 0
        : release().positions().line(target.sources.file(pos).position(pos).line());
  }

  /** The rules. */
  public Release release() {
    return target.release();
  }

  /** The architecture. */
  public Arch arch() {
    return target.arch();
  }

  /** The calls that are instructions. */
  public Intrinsics intrinsics() {
    return target.intrinsics();
  }

  /** The files of the run. */
  public SourceMap sources() {
    return target.sources();
  }

  /** Where decisions go. */
  public DecisionLog log() {
    return log;
  }

  /** The code of the package. */
  public Code code() {
    return code;
  }

  /** The calls that were inlined so far. */
  public InlTree inlTree() {
    return inlTree;
  }

  /** Facts about types. */
  public TypeFacts types() {
    return types;
  }

  /** How nodes and types are spelled. */
  public Fmt fmt() {
    return fmt;
  }

  /** The spelling of a node. */
  public String text(Node n) {
    return fmt.node(n);
  }

  /** The spelling of a function's name. */
  public String text(Func fn) {
    return fmt.node(fn.nname);
  }

  /** The spelling of a type. */
  public String text(Type t) {
    return fmt.types().type(t);
  }

  /** The outermost place of a node. */
  public int pos(Node n) {
    return inlTree.outermostPos(n);
  }

  /** The place of a node, with the inlined calls that it stands in. */
  public Place place(Node n) {
    return place(n.pos, n.inl);
  }

  /** The place at {@code pos}, within the inlined call {@code inl}. */
  public Place place(int pos, int inl) {
    if (pos == SourceMap.NO_POS) {
      return Place.UNKNOWN;
    }
    int depth = 1;
    for (int i = inl; i != 0; i = inlTree.call(i).parent()) {
      depth++;
    }
    int[] positions = new int[depth];
    positions[--depth] = pos;
    for (int i = inl; i != 0; i = inlTree.call(i).parent()) {
      positions[--depth] = inlTree.call(i).pos();
    }
    return Place.of(positions);
  }

  /** Adds a record to the optimization log, if that is wanted. */
  public void record(Supplier<Optimization> optimization) {
    OptimizationLog wanted = log.optimizations();
    if (wanted != null) {
      wanted.add(optimization.get());
    }
  }

  /** Reports whether the compiler remembers the same place for both positions. */
  public boolean isSamePlace(int a, int b) {
    if (a == b) {
      return true;
    }
    if (a <= SourceMap.NO_POS || b <= SourceMap.NO_POS) {
      return false;
    }
    SourceFile file = target.sources.file(a);
    if (!file.contains(b)) {
      return false;
    }
    PositionRules rules = release().positions();
    int lineA = file.line(a);
    int lineB = file.line(b);
    return rules.line(lineA) == rules.line(lineB)
        && rules.column(lineA, file.column(a)) == rules.column(lineB, file.column(b));
  }

  /** What is known of a function of another package, or null. */
  public @Nullable FuncSummary imported(Func fn) {
    Package pkg = fn.sym().pkg();
    PackageSummary summary = pkg == null ? null : imports.summary(pkg);
    return summary == null ? null : summary.function(fn.sym().name());
  }

  /** The name of a function without its package (the compiler's FuncName). */
  public static String functionName(@Nullable Func fn) {
    return fn == null ? "<nil>" : fn.sym().name();
  }

  /** The path of the package that a name belongs to, or the empty string if there is none. */
  public static String packagePath(Sym sym) {
    Package pkg = sym.pkg();
    return pkg == null ? "" : pkg.path();
  }

  /** A name as the linker has it, with the package's path. */
  public String linkName(Sym sym) {
    Package pkg = sym.pkg();
    return pkg == null ? sym.name() : TypeFmt.linkPrefix(pkg) + "." + sym.name();
  }

  /** The type of an expression. */
  public static Type typeOf(Node n) {
    return ((ExprNode) n).type();
  }

  /** The parameters of a function with code, the receiver first. */
  public static List<Name> params(Func fn) {
    return fn.dcl.subList(0, count(fn, 0, StorageClass.PARAM));
  }

  /** The results of a function with code. */
  public static List<Name> results(Func fn) {
    int start = count(fn, 0, StorageClass.PARAM);
    return fn.dcl.subList(start, start + count(fn, start, StorageClass.PARAMOUT));
  }

  private static int count(Func fn, int start, StorageClass storage) {
    int end = start;
    while (end < fn.dcl.size() && fn.dcl.get(end).storage == storage) {
      end++;
    }
    return end - start;
  }

  /** A new temporary variable of {@code fn}. */
  public Name newTemp(int pos, int inl, Func fn, Type type) {
    return code.newTemp(pos, inl, fn, type);
  }
}
