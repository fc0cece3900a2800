package dev.escapade.advice;

import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.code.Coldness;
import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.FunctionFact;
import dev.escapade.advice.code.InlineCost;
import dev.escapade.advice.code.Keeping;
import dev.escapade.advice.code.Ranges;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Traits;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Unreachable;
import dev.escapade.advice.code.Visibility;
import dev.escapade.advice.code.Ways;
import dev.escapade.advice.finding.Finding;
import dev.escapade.ir.build.Compilation;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.types.Func;
import dev.escapade.types.Package;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.Unit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs rules over packages. The decisions must have been logged with paths (the compiler's {@code
 * -m=2}), for packages below as well.
 */
public final class Advisor implements PackageAnalysis<AdviceSummary> {
  private final List<Rule> rules;
  private final Predicate<Package> wanted;
  private final Function<String, byte @Nullable []> contents;

  /**
   * An advisor.
   *
   * @param rules what to look for
   * @param wanted which packages to look at; of others only facts are kept
   * @param contents the bytes of a source file by its absolute path, or null if they are not known;
   *     whether they are must not depend on what is wanted
   */
  public Advisor(
      List<Rule> rules, Predicate<Package> wanted, Function<String, byte @Nullable []> contents) {
    this.rules = List.copyOf(rules);
    this.wanted = wanted;
    this.contents = contents;
  }

  @Override
  public String name() {
    return "advice";
  }

  @Override
  public String settings() {
    return rules.stream()
        .map(rule -> rule.info().slug() + " " + rule.settings())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public boolean wantsAll() {
    return false;
  }

  @Override
  public AdviceSummary analyze(DecidedPackage decided, Imports<AdviceSummary> imports) {
    PackageSource source = decided.source();
    Package pkg = source.pkg();
    Unit unit = decided.unit();
    Tree tree = new Tree(source.files());
    Types types = new Types(pkg, source.info(), unit.types());
    Extents extents = new Extents(unit.sources(), contents);
    Map<Func, FunctionFact> local = new HashMap<>();
    Facts facts = new Facts(pkg, local, imports::summary);
    Map<Func, String> names = names(decided);
    Ways ways =
        new Ways(tree, types, extents, unit.log().decisions(), names, f -> facts.of(f).kept());
    collectFacts(
        local,
        names,
        ways,
        new Traits(tree, types, unit.log().decisions(), f -> facts.of(f).traits()));
    List<Finding> findings = List.of();
    if (wanted.test(pkg)) {
      Sites sites = new Sites(unit, decided.funcs());
      Boxing boxing = new Boxing(unit.types());
      Calls calls = new Calls(tree, types, unit.log().decisions());
      Ranges ranges = new Ranges(tree, types, calls);
      PackageView view =
          new PackageView(
              unit,
              tree,
              types,
              extents,
              sites,
              ways,
              calls,
              ranges,
              new Keeping(
                  tree, types, ways, calls, f -> leaks(decided, f), f -> facts.of(f).kept()),
              new Visibility(tree, types, calls),
              boxing,
              new Boxes(tree, types, sites, boxing, calls, ranges),
              new InlineCost(unit, decided.compilation(), types, calls.costs()),
              new Captures(tree, sites, unit.log().decisions()),
              new Coldness(tree, types),
              new Unreachable(tree, types, calls),
              facts);
      findings = check(view);
    }
    return new AdviceSummary(exported(local), findings);
  }

  private static Map<Func, String> names(DecidedPackage decided) {
    Map<Func, String> names = new HashMap<>();
    for (dev.escapade.ir.Func fn : decided.funcs()) {
      Func declared = Compilation.declaredAs(fn);
      if (declared != null && declared.pkg() == decided.source().pkg()) {
        names.put(declared, decided.unit().text(fn));
      }
    }
    return names;
  }

  /** Where the parameters of a function flow, the receiver first; null if nothing is known. */
  private static @Nullable List<Long> leaks(DecidedPackage decided, Func f) {
    if (f.pkg() == null
        || !f.signature().typeParams().isEmpty()
        || !f.signature().recvTypeParams().isEmpty()) {
      return null;
    }
    dev.escapade.ir.Func fn = decided.compilation().function(f);
    FuncSummary summary =
        f.pkg() == decided.source().pkg()
            ? decided.summary().function(fn.sym().name())
            : decided.unit().imported(fn);
    return summary == null ? null : summary.leaks();
  }

  private static void collectFacts(
      Map<Func, FunctionFact> local, Map<Func, String> names, Ways ways, Traits traits) {
    Map<Func, java.util.Set<dev.escapade.advice.code.Trait>> found = traits.ofAll();
    for (Func f : names.keySet()) {
      FunctionFact fact = new FunctionFact(ways.kept(f), found.getOrDefault(f, java.util.Set.of()));
      if (!fact.isEmpty()) {
        local.put(f, fact);
      }
    }
  }

  /** Unexported functions cannot be called by name from elsewhere. */
  private static Map<String, FunctionFact> exported(Map<Func, FunctionFact> local) {
    Map<String, FunctionFact> facts = new HashMap<>();
    local.forEach((f, fact) -> {
      if (f.exported()) {
        facts.put(f.fullName(), fact);
      }
    });
    return facts;
  }

  private List<Finding> check(PackageView view) {
    TreeSet<Finding> findings = new TreeSet<>();
    for (Rule rule : rules) {
      RuleContext ctx = new RuleContext(view);
      rule.check(ctx);
      findings.addAll(ctx.findings());
    }
    return new ArrayList<>(findings);
  }

  @Override
  public void write(AdviceSummary summary, DataOutput out) throws IOException {
    new SummaryWriter(out)
        .write(new AdviceSummary(new TreeMap<>(summary.functions()), summary.findings()));
  }

  @Override
  public AdviceSummary read(DataInput in) throws IOException {
    return new SummaryReader(in).read();
  }
}
