package dev.escapade.ssa.lowering;

import dev.escapade.decisions.DecisionLog;
import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.SourceMap;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Fmt;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.JumpTableStmt;
import dev.escapade.ir.Node;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.Visit;
import dev.escapade.ir.build.Compilation;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.MiddleEnd;
import dev.escapade.release.Arch;
import dev.escapade.release.Release;
import dev.escapade.ssa.build.Context;
import dev.escapade.ssa.compile.BackEnd;
import dev.escapade.ssa.core.Printer;
import dev.escapade.syntax.File;
import dev.escapade.syntax.IdSource;
import dev.escapade.syntax.ParseOptions;
import dev.escapade.syntax.Parser;
import dev.escapade.types.Checker;
import dev.escapade.types.Config;
import dev.escapade.types.Importer;
import dev.escapade.types.Info;
import dev.escapade.types.Package;
import dev.escapade.types.Sizes;
import dev.escapade.types.Universe;
import dev.escapade.unit.Options;
import dev.escapade.unit.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the function {@code f} of a package that imports nothing, as text: after
 * lowering, and when SSA has been built of it.
 *
 * @param walked its statements, one in a line, those in others indented
 * @param ssa as a dump of the compiler has it, but for the names of temporaries
 */
record Lowered(String walked, String ssa) {
  private static final String ARCH = "amd64";

  static Lowered of(String source) {
    DecidedPackage pkg = decide(source);
    StringBuilder walked = new StringBuilder();
    StringBuilder ssa = new StringBuilder();
    BackEnd.run(
        pkg,
        Sizes.forArch(ARCH),
        Context.Listener.NONE,
        (fn, built) -> {
          if (fn.sym().name().equals("f")) {
            new Lines(pkg.unit().fmt(), walked).all(fn.body, 0);
            ssa.append(Printer.text(built));
          }
        });
    return new Lowered(walked.toString(), ssa.toString());
  }

  private static DecidedPackage decide(String source) {
    byte[] content = source.getBytes(StandardCharsets.UTF_8);
    SourceMap sources = new SourceMap();
    Sizes sizes = Sizes.forArch(ARCH);
    List<Diagnostic> errors = new ArrayList<>();
    ParseOptions options = ParseOptions.of(new IdSource());
    File file = Parser.parse(sources.add("f.go", content.length), content, options, errors::add);
    Package types = new Package("p", "p");
    Importer importer =
        path -> {
          if (path.equals("unsafe")) {
            return Universe.UNSAFE;
          }
          throw new Importer.ImportException("could not import " + path);
        };
    List<File> files = file == null ? List.of() : List.of(file);
    Info info =
        Checker.checkFiles(
            types,
            files,
            Config.compiler("go1.26", importer, sizes, sources, errors::add)
                .withExprCount(options.ids().count()));
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(errors.getFirst().message() + " in\n" + source);
    }
    PackageSource own = new PackageSource(types, files, info);
    Arch arch = Arch.of(ARCH);
    Release release = Release.GO1_26;
    return MiddleEnd.run(
        new Unit.Target(
            release, arch, sizes, release.intrinsics(arch), Options.DEFAULT, null, sources),
        new Compilation(own, _ -> own, sizes, arch),
        Set.of(),
        _ -> null,
        new DecisionLog(0));
  }

  /** Writes statements. */
  private record Lines(Fmt fmt, StringBuilder out) {
    void all(List<Node> statements, int depth) {
      statements.forEach(s -> statement(s, depth));
    }

    private void statement(Node n, int depth) {
      all(n.init(), depth);
      if (!(n instanceof ForStmt)) {
        operands(n, depth);
      }
      switch (n) {
        case BlockStmt s -> all(s.list, depth);
        case IfStmt s -> {
          line(depth, "if " + fmt.node(s.cond) + (s.likely ? " (likely)" : ""));
          all(s.body, depth + 1);
          if (!s.els.isEmpty()) {
            line(depth, "else");
            all(s.els, depth + 1);
          }
        }
        case ForStmt s -> {
          line(depth, "for " + text(s.cond) + "; " + text(s.post));
          if (s.cond != null && Visit.any(s.cond, e -> !e.init().isEmpty())) {
            line(depth + 1, "before the condition:");
            all(s.cond.init(), depth + 2);
            operands(s.cond, depth + 2);
          }
          all(s.body, depth + 1);
        }
        case SwitchStmt s -> all(s.compiled, depth);
        case SelectStmt s -> all(s.compiled, depth);
        case JumpTableStmt s -> line(depth, "jump table " + fmt.node(s.idx) + " " + s.targets);
        default -> line(depth, fmt.node(n));
      }
    }

    /** What is done before the operands of a statement or expression can be evaluated. */
    private void operands(Node n, int depth) {
      n.doChildren(child -> {
        if (child instanceof ExprNode e) {
          operands(e, depth);
          all(e.init(), depth);
        }
        return false;
      });
    }

    private String text(@Nullable Node n) {
      return n == null ? "" : fmt.node(n);
    }

    private void line(int depth, String text) {
      out.append("  ".repeat(depth)).append(text).append('\n');
    }
  }
}
