package dev.escapade.ssa.compile;

import dev.escapade.ir.Func;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.slices.FrameBuffers;
import dev.escapade.ssa.build.Context;
import dev.escapade.ssa.build.SsaBuilder;
import dev.escapade.ssa.core.Config;
import dev.escapade.ssa.core.STypes;
import dev.escapade.types.Package;
import dev.escapade.types.Sizes;
import dev.escapade.walk.Walk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The back end's work on one package, which changes the package's code; for one thread. */
public final class BackEnd {
  private final Walk walk;
  private final Context context;
  private final List<Func> lowered = new ArrayList<>();
  private final List<CodeFailure.Fault> faults = new ArrayList<>();

  private BackEnd(DecidedPackage pkg, Sizes sizes, Context.Listener listener) {
    Package local = pkg.source().pkg();
    walk = new Walk(pkg.unit(), local, sizes);
    STypes types = new STypes(sizes);
    var symbols = new KnownSymbols(pkg, types, walk.descriptors());
    Config config = new Config(types, pkg.unit().options().optimize(), symbols);
    context = new Context(pkg.unit(), config, local.path(), listener);
  }

  /**
   * Lowers all functions of a package and makes SSA of each.
   *
   * @param each gets each function before and after
   * @throws CodeFailure after all other functions, if this could not be done for some
   */
  public static void run(
      DecidedPackage pkg,
      Sizes sizes,
      Context.Listener listener,
      BiConsumer<Func, dev.escapade.ssa.core.Func> each) {
    if (pkg.unit().options().optimize()) {
      for (Func fn : pkg.funcs()) {
        FrameBuffers.mark(pkg.unit(), fn, pkg.arguments());
      }
    }
    BackEnd b = new BackEnd(pkg, sizes, listener);
    for (Func fn : List.copyOf(pkg.funcs())) {
      b.guard(fn, () -> b.lower(fn));
    }
    for (List<Func> more = b.walk.generated(); !more.isEmpty(); more = b.walk.generated()) {
      more.forEach(fn -> b.guard(fn, () -> b.lower(fn)));
    }
    PatternSort.sort(b.lowered, fn -> -fn.body.size());
    for (Func fn : b.lowered) {
      b.compile(fn, each);
    }
    if (!b.faults.isEmpty()) {
      throw CodeFailure.of(b.faults);
    }
  }

  /** Does {@code work} on a function; a fault in it must not hide the other functions. */
  private void guard(Func fn, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      faults.add(new CodeFailure.Fault(fn.sym().name(), e));
    }
  }

  private void lower(Func fn) {
    if (fn.sym().isBlank() || fn.isClosure() || fn.body.isEmpty()) {
      return;
    }
    ArrayDeque<Func> todo = new ArrayDeque<>();
    todo.push(fn);
    while (!todo.isEmpty()) {
      Func next = todo.pop();
      walk.function(next);
      walk.closures(next).forEach(todo::push);
    }
    lowered.add(fn);
  }

  private void compile(Func fn, BiConsumer<Func, dev.escapade.ssa.core.Func> each) {
    guard(fn, () -> each.accept(fn, SsaBuilder.build(context, fn)));
    for (Func closure : walk.closures(fn)) {
      compile(closure, each);
    }
  }
}
