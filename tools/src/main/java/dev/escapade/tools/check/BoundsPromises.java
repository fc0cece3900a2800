package dev.escapade.tools.check;

import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.CompilerPromise;
import dev.escapade.advice.code.Extents;
import dev.escapade.advice.finding.Place;
import dev.escapade.decisions.Decision;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.ssa.compile.Checks;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Walk;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bounds checks that stay where a comment {@code //gcassert:bce} promises that there are
 * none: in a line, or in a whole loop or function if the comment stands before it. For this it
 * makes machine code, which changes the code of a package, so that no other analysis can run in the
 * same build, and its flags may not ask for what only machine code tells.
 */
public final class BoundsPromises implements PackageAnalysis<List<BoundsViolation>> {
  private static final String LINE = "line";

  private final Map<String, byte[]> files;
  private final NavigableMap<String, List<CompilerPromise>> promises = new TreeMap<>();

  /** Lines without checks: {@code from}, {@code to} and those between. */
  private record Covered(String scope, int from, int to, int promisedAt) {}

  /**
   * The promises in some files.
   *
   * @param files by their paths
   */
  public BoundsPromises(Map<String, byte[]> files) {
    this.files = Map.copyOf(files);
    files.forEach((file, content) -> {
      List<CompilerPromise> found =
          CompilerPromise.in(content).stream()
              .filter(p -> p.kinds().contains(CompilerPromise.BCE))
              .toList();
      if (!found.isEmpty()) {
        promises.put(file, found);
      }
    });
  }

  /** Reports whether a file may have promises. */
  static boolean arePossible(String text) {
    return CompilerPromise.arePossible(text) && text.contains(CompilerPromise.BCE);
  }

  /** Reports whether there are none. */
  public boolean isEmpty() {
    return promises.isEmpty();
  }

  /** Reports whether there are some in a package. */
  public boolean concern(GoPackage pkg) {
    return pkg.files().stream().map(GoFile::path).anyMatch(promises::containsKey);
  }

  @Override
  public String name() {
    return "bounds-promises";
  }

  @Override
  public String settings() {
    return String.join("\n", promises.keySet());
  }

  @Override
  public boolean wantsAll() {
    return false;
  }

  @Override
  public List<BoundsViolation> analyze(DecidedPackage pkg, Imports<List<BoundsViolation>> imports) {
    List<File> concerned =
        pkg.source().files().stream().filter(f -> promises.containsKey(f.source().name())).toList();
    if (concerned.isEmpty()) {
      return List.of();
    }
    // What has several bodies, as a generic function, may have the same check in each.
    TreeSet<BoundsViolation> violations = new TreeSet<>();
    var extents = new Extents(pkg.unit().sources(), files::get);
    List<Decision.FoundBoundsCheck> checks = Checks.ofBounds(pkg, pkg.compilation().sizes());
    for (File file : concerned) {
      List<Covered> covered = covered(file, extents);
      for (Decision.FoundBoundsCheck check : checks) {
        if (check.pos() > 0 && file.source().contains(check.pos())) {
          BoundsViolation violation = violation(file, extents, covered, check);
          if (violation != null) {
            violations.add(violation);
          }
        }
      }
    }
    return List.copyOf(violations);
  }

  private static @Nullable BoundsViolation violation(
      File file, Extents extents, List<Covered> covered, Decision.FoundBoundsCheck check) {
    Place at = extents.at(check.pos());
    for (Covered c : covered) {
      if (c.from <= at.line() && at.line() <= c.to) {
        String function = function(file, extents, at);
        return new BoundsViolation(
            at.file(),
            at.line(),
            at.column(),
            at.offset(),
            function,
            check.slice(),
            c.scope,
            c.promisedAt);
      }
    }
    return null;
  }

  /** What the promises in a file are about. */
  private List<Covered> covered(File file, Extents extents) {
    Map<Integer, Covered> starting = new HashMap<>();
    Walk.preorder(
        file,
        n -> {
          String scope = scope(n);
          if (scope != null) {
            Place p = extents.of(n);
            starting.putIfAbsent(p.line(), new Covered(scope, p.line(), p.endLine(), 0));
          }
          return true;
        });
    List<Covered> covered = new ArrayList<>();
    for (CompilerPromise p : promises.getOrDefault(file.source().name(), List.of())) {
      Covered whole = p.isAhead() ? starting.get(p.line()) : null;
      covered.add(
          whole == null
              ? new Covered(LINE, p.line(), p.line(), p.at())
              : new Covered(whole.scope, whole.from, whole.to, p.at()));
    }
    return covered;
  }

  /** What a node is if a promise before it is about all of it, else null. */
  private static @Nullable String scope(Node n) {
    return switch (n) {
      case Decl.FuncDecl _ -> "function";
      case Stmt.ForStmt _ -> "loop";
      case Stmt.LabeledStmt s when s.stmt() instanceof Stmt.ForStmt -> "loop";
      default -> null;
    };
  }

  private static String function(File file, Extents extents, Place at) {
    for (Decl decl : file.decls()) {
      if (decl instanceof Decl.FuncDecl d) {
        Place place = extents.of(d);
        if (place.offset() <= at.offset() && at.offset() < place.endOffset()) {
          return Calls.name(d);
        }
      }
    }
    return "";
  }

  @Override
  public void write(List<BoundsViolation> violations, DataOutput out) throws IOException {
    out.writeInt(violations.size());
    for (BoundsViolation v : violations) {
      v.write(out);
    }
  }

  @Override
  public List<BoundsViolation> read(DataInput in) throws IOException {
    List<BoundsViolation> violations = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      violations.add(BoundsViolation.read(in));
    }
    return List.copyOf(violations);
  }
}
