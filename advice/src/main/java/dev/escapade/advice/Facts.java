package dev.escapade.advice;

import dev.escapade.advice.code.FunctionFact;
import dev.escapade.advice.code.Trait;
import dev.escapade.types.Func;
import dev.escapade.types.Package;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of functions, of the package that is looked at and of those below it. */
public final class Facts {
  private final Package pkg;
  private final Map<Func, FunctionFact> local;
  private final Function<Package, @Nullable AdviceSummary> imports;

  Facts(
      Package pkg,
      Map<Func, FunctionFact> local,
      Function<Package, @Nullable AdviceSummary> imports) {
    this.pkg = pkg;
    this.local = local;
    this.imports = imports;
  }

  /** What is known of a function. */
  public FunctionFact of(Func f) {
    Func origin = f.origin();
    Package declaring = origin.pkg();
    if (declaring == null) {
      return FunctionFact.NONE;
    }
    if (declaring == pkg) {
      return local.getOrDefault(origin, FunctionFact.NONE);
    }
    AdviceSummary summary = imports.apply(declaring);
    return summary == null
        ? FunctionFact.NONE
        : summary.functions().getOrDefault(origin.fullName(), FunctionFact.NONE);
  }

  /** Reports whether a function has a trait. */
  public boolean has(Func f, Trait trait) {
    return of(f).traits().contains(trait);
  }
}
