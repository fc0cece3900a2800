package dev.escapade.load;

import dev.escapade.diag.Position;
import dev.escapade.load.files.Paths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a package cannot be built (cmd/go: load.PackageError). */
final class PackageError {
  private final String message;
  private List<ImportStack.Entry> stack;
  private final boolean alwaysShowStack;
  private boolean isCycle;
  private Position pos = Position.UNKNOWN;

  PackageError(String message, List<ImportStack.Entry> stack, boolean alwaysShowStack) {
    this.message = message;
    this.stack = stack;
    this.alwaysShowStack = alwaysShowStack;
  }

  static PackageError cycle(List<ImportStack.Entry> stack) {
    PackageError e = new PackageError("import cycle not allowed", stack, false);
    e.isCycle = true;
    return e;
  }

  static PackageError testCycle(List<ImportStack.Entry> stack) {
    PackageError e = new PackageError("import cycle not allowed in test", stack, false);
    e.isCycle = true;
    return e;
  }

  boolean isCycle() {
    return isCycle;
  }

  void markCycle() {
    isCycle = true;
  }

  List<ImportStack.Entry> stack() {
    return stack;
  }

  void setStack(List<ImportStack.Entry> shorter) {
    stack = shorter;
  }

  /** Sets the place to the first of {@code positions}, if there is one. */
  void setPos(@Nullable List<Position> positions, String cwd) {
    if (positions != null && !positions.isEmpty()) {
      setPos(positions.getFirst(), cwd);
    }
  }

  void setPos(Position p, String cwd) {
    pos = new Position(Paths.shorten(cwd, p.filename()), p.line(), p.column());
  }

  /** What the go command prints. */
  String text() {
    if (pos.isKnown() && (stack.isEmpty() || !alwaysShowStack)) {
      return pos + ": " + message;
    }
    if (stack.isEmpty()) {
      return message;
    }
    List<String> shown = new ArrayList<>();
    for (ImportStack.Entry e : stack) {
      shown.add(
          isCycle && e.pos() != null
              ? e.path() + " from " + Paths.base(e.pos().filename())
              : e.path());
    }
    return "package "
        + String.join("\n\timports ", shown)
        + (pos.isKnown() ? "\n\t" + pos : "")
        + ": "
        + message;
  }

  LoadError published(String importPath) {
    return new LoadError(
        importPath, stack.stream().map(ImportStack.Entry::path).toList(), pos, message, text());
  }
}
