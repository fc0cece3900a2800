package dev.escapade.ir.build;

import dev.escapade.diag.Diagnostic;
import dev.escapade.ir.Func;
import dev.escapade.ir.Visit;
import dev.escapade.release.Arch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds all functions of packages and prints what failed and the time: {@code BuildStd [-d]
 * [patterns]}, by default {@code std}; {@code -d} prints the functions.
 */
public final class BuildStd {
  private BuildStd() {}

  public static void main(String[] args) throws Exception {
    Thread t =
        new Thread(
            null,
            () -> {
              try {
                run(new ArrayList<>(Arrays.asList(args)));
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            "build",
            512L << 20);
    t.start();
    t.join();
  }

  private static void run(List<String> args) throws java.io.IOException {
    boolean dump = args.remove("-d");
    if (args.isEmpty()) {
      args.add("std");
    }
    long start = System.nanoTime();
    Packages p = Packages.load(Path.of("").toAbsolutePath(), args.toArray(String[]::new));
    long loaded = System.nanoTime();
    for (Diagnostic d : p.errors.subList(0, Math.min(5, p.errors.size()))) {
      System.out.println(p.positions.position(d.pos()) + ": " + d.message());
    }
    Map<String, Integer> failures = new TreeMap<>();
    int funcs = 0;
    long[] nodes = new long[1];
    int failed = 0;
    for (PackageSource s : p.sources) {
      Compilation c = new Compilation(s, p, p.sizes, Arch.of("amd64"));
      try {
        c.build();
        funcs += c.funcs().size();
        for (Func fn : c.funcs()) {
          Visit.visitList(fn.body, _ -> nodes[0]++);
          if (dump && s == p.sources.getLast()) {
            System.out.println(
                p.positions.position(Math.max(fn.pos, 0))
                    + ": "
                    + c.fmt().sym(fn.sym())
                    + " as: "
                    + c.fmt().types().type(fn.type())
                    + " { "
                    + c.fmt().nodes(fn.body)
                    + " }");
          }
        }
      } catch (RuntimeException | StackOverflowError e) {
        failed++;
        StackTraceElement[] st = e.getStackTrace();
        StringBuilder b = new StringBuilder(e.toString());
        for (int i = 0; i < Math.min(7, st.length); i++) {
          b.append("\n    ").append(st[i]);
        }
        failures.merge(b.toString(), 1, Integer::sum);
      }
    }
    failures.entrySet().stream()
        .sorted((a, b) -> b.getValue() - a.getValue())
        .limit(12)
        .forEach(e -> System.out.println(e.getValue() + " x " + e.getKey()));
    System.out.printf(
        "%d packages, %d failed, %d check errors, %d functions, %d nodes; load+check %d ms, build"
            + " %d ms%n",
        p.sources.size(),
        failed,
        p.errors.size(),
        funcs,
        nodes[0],
        (loaded - start) / 1_000_000,
        (System.nanoTime() - loaded) / 1_000_000);
  }
}
