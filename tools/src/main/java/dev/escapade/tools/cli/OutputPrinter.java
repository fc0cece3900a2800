package dev.escapade.tools.cli;

import dev.escapade.driver.BuildListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.PathShortener;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints a build as the go command does: what the compiler says of a package under a {@code #
 * import/path} header, with shortened paths. On a terminal the last line shows the progress.
 */
final class OutputPrinter implements BuildListener {
  private static final long PROGRESS_AFTER_NANOS = 700_000_000;
  private static final long PROGRESS_EVERY_NANOS = 100_000_000;

  /** Columns; what does not fit on one line of a terminal could not be erased again. */
  private static final int MAX_PROGRESS = 79;

  private static final String ERASE_LINE = "\r\033[K";

  private final Terminal terminal;
  private final boolean verbose;
  private final long startNanos = System.nanoTime();
  private final List<PackageOutput> crashed = new ArrayList<>();
  private int total;
  private int done;
  private long lastProgressNanos;
  private boolean progressShown;
  private boolean failed;

  OutputPrinter(Terminal terminal, boolean verbose) {
    this.terminal = terminal;
    this.verbose = verbose;
  }

  @Override
  public void loaded(LoadResult result) {
    total = result.packages().size();
    PrintStream err = terminal.err();
    result.warnings().forEach(err::println);
    result.errors().forEach(e -> err.println(e.text()));
    failed = !result.errors().isEmpty();
  }

  @Override
  public void badProfile(String file, String message) {
    failed = true;
    terminal.err().println("# " + file);
    terminal.err().println(message);
  }

  @Override
  public void finished(GoPackage pkg) {
    done++;
    if (!terminal.interactive()) {
      return;
    }
    long now = System.nanoTime();
    if (now - startNanos > PROGRESS_AFTER_NANOS && now - lastProgressNanos > PROGRESS_EVERY_NANOS) {
      lastProgressNanos = now;
      progressShown = true;
      String line = done + "/" + total + " packages " + pkg.importPath();
      terminal.err().print(ERASE_LINE + line.substring(0, Math.min(line.length(), MAX_PROGRESS)));
      terminal.err().flush();
    }
  }

  @Override
  public void output(PackageOutput output) {
    eraseProgress();
    if (verbose) {
      terminal.err().println(output.pkg().importPath());
    }
    failed |= output.status() != PackageOutput.Status.OK;
    if (output.status() == PackageOutput.Status.CRASHED) {
      crashed.add(output);
    }
    var out = new HeaderStream(output.pkg().importPath(), terminal.err());
    try (var shortening = PathShortener.of(terminal.dir(), output.pkg().dir()).shorten(out)) {
      output.text().writeTo(shortening);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void end() {
    eraseProgress();
    terminal.err().flush();
  }

  private void eraseProgress() {
    if (progressShown) {
      progressShown = false;
      terminal.err().print(ERASE_LINE);
    }
  }

  /** Reports whether Escapade failed on a package. */
  boolean hasCrashed() {
    return !crashed.isEmpty();
  }

  /**
   * The exit code of a command that has told all that it could about the packages. Its own failure
   * comes first, which is reported now, at the end, where it is seen; then code with errors.
   *
   * @param broken the code for code with errors
   * @param otherwise the code for code without
   */
  int exitCode(String command, int broken, int otherwise) {
    if (CrashReport.print(terminal, command, crashed)) {
      return ExitCode.INTERNAL;
    }
    return failed ? broken : otherwise;
  }

  /** Writes the package's header before the first byte, so that nothing is said about nothing. */
  private static final class HeaderStream extends OutputStream {
    private final String importPath;
    private final PrintStream out;
    private boolean started;

    HeaderStream(String importPath, PrintStream out) {
      this.importPath = importPath;
      this.out = out;
    }

    @Override
    public void write(int b) {
      start();
      out.write(b);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      start();
      out.write(b, off, len);
    }

    private void start() {
      if (!started) {
        started = true;
        out.println("# " + importPath);
      }
    }
  }
}
