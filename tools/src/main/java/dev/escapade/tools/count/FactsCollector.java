package dev.escapade.tools.count;

import dev.escapade.count.CountAnalysis;
import dev.escapade.count.Facts;
import dev.escapade.count.Program;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.ForwardingListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.load.GoPackage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Collects the facts of all packages of a build. */
public final class FactsCollector {
  private final CountAnalysis analysis = new CountAnalysis();
  private final SequencedMap<GoPackage, Facts> facts = new LinkedHashMap<>();

  /** The analysis that the build has to run. */
  public CountAnalysis analysis() {
    return analysis;
  }

  /**
   * Who listens to the build.
   *
   * @param next who is told of it as well
   */
  public BuildListener listener(BuildListener next) {
    return new ForwardingListener(next) {
      @Override
      public void output(PackageOutput output) {
        Facts f = output.analyses().of(analysis);
        if (f != null) {
          facts.put(output.pkg(), f);
        }
        super.output(output);
      }
    };
  }

  /** The packages, each after those that it imports, with what is known of them. */
  public SequencedMap<GoPackage, Facts> facts() {
    return facts;
  }

  /**
   * A program, and what is asked about it.
   *
   * @param functions those of its functions that are in packages that the command line names
   */
  public record Part(Program program, List<Facts.Function> functions) {}

  /**
   * What is asked about: each command as a program of its own, since commands share their names,
   * and all other packages as one.
   */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    List<GoPackage> libraries = facts.keySet().stream().filter(p -> !p.isMain()).toList();
    if (libraries.stream().anyMatch(GoPackage::isRoot)) {
      parts.add(part(libraries));
    }
    for (GoPackage pkg : facts.keySet()) {
      if (pkg.isMain() && pkg.isRoot()) {
        parts.add(part(List.of(pkg)));
      }
    }
    return parts;
  }

  private Part part(List<GoPackage> packages) {
    return new Part(program(packages), functions(packages));
  }

  private List<Facts.Function> functions(List<GoPackage> packages) {
    List<Facts.Function> functions = new ArrayList<>();
    for (GoPackage pkg : packages) {
      Facts f = facts.get(pkg);
      if (f != null && pkg.isRoot()) {
        functions.addAll(f.functions().values());
      }
    }
    return functions;
  }

  /** The program that consists of {@code roots} and all that they import. */
  public Program program(List<GoPackage> roots) {
    IdentityHashMap<GoPackage, Boolean> reached = new IdentityHashMap<>();
    List<GoPackage> todo = new ArrayList<>(roots);
    while (!todo.isEmpty()) {
      GoPackage pkg = todo.removeLast();
      if (reached.put(pkg, true) == null) {
        todo.addAll(pkg.importMap().values());
      }
    }
    List<Facts> list = new ArrayList<>();
    facts.forEach((pkg, f) -> {
      if (reached.containsKey(pkg)) {
        list.add(f);
      }
    });
    return new Program(list);
  }
}
