package dev.escapade.types;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.File;
import dev.escapade.syntax.IdSource;
import dev.escapade.syntax.ParseOptions;
import dev.escapade.syntax.Parser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A package of one file, given as text without the package clause, parsed and checked for a test.
 * Only package unsafe can be imported.
 *
 * @param errors positions as {@code line:column}, a colon, and the message
 */
record Snippet(Package pkg, Info info, File file, List<String> errors) {
  private static final long STACK_BYTES = 512L << 20;

  /** Checks {@code text} as package p. */
  static Snippet of(String text) {
    AtomicReference<Snippet> result = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, () -> result.set(check(text)), "check", STACK_BYTES);
    thread.setUncaughtExceptionHandler((_, e) -> failure.set(e));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (failure.get() != null) {
      throw new AssertionError("the checker failed", failure.get());
    }
    return result.get();
  }

  private static Snippet check(String text) {
    byte[] source = ("package p; " + text).getBytes(StandardCharsets.UTF_8);
    SourceMap sources = new SourceMap();
    List<Diagnostic> found = new ArrayList<>();
    ParseOptions options = ParseOptions.of(new IdSource());
    File file = Parser.parse(sources.add("p.go", source.length), source, options, found::add);
    Package pkg = new Package("example.org/p", "p");
    Config config =
        new Config(
            "go1.26",
            path -> {
              if (path.equals("unsafe")) {
                return Universe.UNSAFE;
              }
              throw new Importer.ImportException("no package " + path);
            },
            Sizes.forArch("amd64"),
            sources,
            found::add,
            options.ids().count(),
            Config.Options.PLAIN);
    Info info = Checker.checkFiles(pkg, List.of(file), config);
    List<String> errors = new ArrayList<>();
    for (Diagnostic d : found) {
      var at = sources.position(d.pos());
      errors.add(at.line() + ":" + at.column() + ": " + d.message());
    }
    return new Snippet(pkg, info, file, errors);
  }

  /** Checks {@code text}, which must be free of errors. */
  static Snippet valid(String text) {
    Snippet s = of(text);
    if (!s.errors.isEmpty()) {
      throw new AssertionError(s.errors);
    }
    return s;
  }

  /** The package-level object of that name. */
  Obj obj(String name) {
    Obj obj = pkg.scope().lookup(name);
    if (obj == null) {
      throw new AssertionError("no object " + name);
    }
    return obj;
  }

  /** The type of the package-level object of that name. */
  Type type(String name) {
    return obj(name).type();
  }

  /** A type as the package itself sees it. */
  String string(Type type) {
    return TypeString.typeString(type, Qualifier.relativeTo(pkg));
  }
}
