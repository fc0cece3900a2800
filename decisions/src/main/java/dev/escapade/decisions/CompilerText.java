package dev.escapade.decisions;

import dev.escapade.diag.Position;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.release.PositionRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes decisions as {@code go build -gcflags=-m} prints them (cmd/compile/internal/inline,
 * devirtualize, escape, walk). For one thread.
 */
public final class CompilerText {
  /** What stands for the name of a file that a {@code //line} directive left without one. */
  private static final String NO_FILE = "??";

  private final SourceMap sources;
  private final PositionRules rules;
  private final Utf8Text out;
  private @Nullable SourceFile file;

  /** A writer that appends to {@code out}. */
  public CompilerText(SourceMap sources, PositionRules rules, Utf8Text out) {
    this.sources = sources;
    this.rules = rules;
    this.out = out;
  }

  /** Writes all of {@code log}, each decision in a line of its own, paths in several. */
  public void write(DecisionLog log) {
    for (Decision decision : log.decisions()) {
      write(decision);
    }
  }

  /** Writes one decision. */
  public void write(Decision decision) {
    String place = place(decision.pos());
    if (decision.pos() != SourceMap.NO_POS || isPrintedAtOnce(decision)) {
      begin(place);
    }
    switch (decision) {
      case Decision.CanInline d -> canInline(d);
      case Decision.CannotInline d ->
          out.append("cannot inline ").append(d.function()).append(": ").append(d.reason());
      case Decision.RepeatedCycle d ->
          out.append("cannot inline ")
              .append(d.callee())
              .append(" into ")
              .append(d.caller())
              .append(": repeated recursive cycle");
      case Decision.BigFunction d ->
          out.append("function ")
              .append(d.function())
              .append(" considered 'big'; reducing max cost of inlinees");
      case Decision.InliningCall d -> out.append("inlining call to ").append(d.callee());
      case Decision.Devirtualizing d ->
          out.append(d.partially() ? "partially devirtualizing " : "devirtualizing ")
              .append(d.method())
              .append(" to ")
              .append(d.type());
      case Decision.ProfileGuidedDevirtualizing d ->
          out.append("PGO devirtualizing ")
              .append(d.ofInterface() ? "interface" : "function")
              .append(" call ")
              .append(d.function())
              .append(" to ")
              .append(d.callee());
      case Decision.NotWorthDevirtualizing d ->
          out.append("should not PGO devirtualize ")
              .append(d.function())
              .append(": ")
              .append(d.reason());
      case Decision.CannotDevirtualize d -> cannotDevirtualize(d);
      case Decision.ImpreciseInterfaceCall _ -> out.append("imprecise interface call");
      case Decision.FoundBoundsCheck d ->
          out.append("Found Is").append(d.slice() ? "Slice" : "").append("InBounds");
      case Decision.NilCheck d ->
          out.append(d.removed() ? "removed" : "generated").append(" nil check");
      case Decision.Live d ->
          out.append("live at ").append(d.at()).append(": ").append(d.variables());
      case Decision.StackObject d ->
          out.append("stack object ").append(d.variable()).append(' ').append(d.type());
      case Decision.KeptAlive d ->
          out.append(d.what()).append(d.known() ? " will be kept alive" : "");
      case Decision.SelfAssignment d ->
          out.append(d.function()).append(" ignoring self-assignment in ").append(d.statement());
      case Decision.Capturing d -> capturing(d);
      case Decision.EscapePath d -> {
        out.append(d.subject()).append(" escapes to heap in ").append(d.function()).append(':');
        path(place, d.path());
      }
      case Decision.LeakPath d -> leakPath(place, d);
      case Decision.MovedToHeap d -> out.append("moved to heap: ").append(d.variable());
      case Decision.EscapesToHeap d -> out.append(d.subject()).append(" escapes to heap");
      case Decision.DoesNotEscape d -> out.append(d.subject()).append(" does not escape");
      case Decision.LeakingParam d -> out.append("leaking param: ").append(d.parameter());
      case Decision.LeakingParamContent d ->
          out.append("leaking param content: ").append(d.parameter());
      case Decision.LeakingParamToResult d ->
          out.append("leaking param: ")
              .append(d.parameter())
              .append(" to result ")
              .append(d.result())
              .append(" level=")
              .append(d.level());
      case Decision.MutatesParam d ->
          out.append("mutates param: ").append(d.parameter()).append(" derefs=").append(d.derefs());
      case Decision.CallsParam d ->
          out.append("calls param: ").append(d.parameter()).append(" derefs=").append(d.derefs());
      case Decision.UnusedParam d ->
          out.append(d.parameter()).append(" does not escape, mutate, or call");
      case Decision.UnsafeUintptr d ->
          out.append("assuming ").append(d.parameter()).append(" is unsafe uintptr");
      case Decision.EscapingUintptr d ->
          out.append("marking ")
              .append(d.parameter())
              .append(d.variadic() ? " as escaping ...uintptr" : " as escaping uintptr");
      case Decision.ZeroCopyConversion _ -> out.append("zero-copy string->[]byte conversion");
      case Decision.BoundsCheckElided _ -> out.append("index bounds check elided");
    }
    out.append('\n');
  }

  /**
   * Reports whether the compiler prints a decision itself, with whatever it has for a place, and
   * not as a warning, which has no place if that is unknown.
   */
  private static boolean isPrintedAtOnce(Decision decision) {
    return switch (decision) {
      case Decision.CanInline _,
          Decision.CannotInline _,
          Decision.RepeatedCycle _,
          Decision.BigFunction _,
          Decision.InliningCall _,
          Decision.ProfileGuidedDevirtualizing _,
          Decision.NotWorthDevirtualizing _,
          Decision.EscapePath _,
          Decision.LeakPath _ ->
          true;
      default -> false;
    };
  }

  private void canInline(Decision.CanInline d) {
    out.append("can inline ").append(d.function());
    if (d.form() != null) {
      out.append(" with cost ").append(d.cost()).append(" as: ").append(d.form());
    }
  }

  private void cannotDevirtualize(Decision.CannotDevirtualize d) {
    String obstacle =
        switch (d.obstacle()) {
          case RECEIVER -> ": shaped receiver ";
          case INTERFACE -> ": shaped interface ";
        };
    out.append("cannot devirtualize ").append(d.call()).append(obstacle).append(d.type());
  }

  private void capturing(Decision.Capturing d) {
    out.append(d.function())
        .append(d.byValue() ? " capturing by value: " : " capturing by ref: ")
        .append(d.variable())
        .append(" (addr=")
        .append(d.addrTaken())
        .append(" assign=")
        .append(d.assigned())
        .append(" width=")
        .append(d.widthBytes())
        .append(')');
  }

  private void leakPath(String place, Decision.LeakPath d) {
    out.append("parameter ")
        .append(d.parameter())
        .append(" leaks to ")
        .append(d.sink())
        .append(" for ")
        .append(d.function())
        .append(" with derefs=")
        .append(d.derefs())
        .append(':');
    path(place, d.path());
  }

  private void path(String place, FlowPath path) {
    for (FlowStep step : path.steps()) {
      step(place, step);
    }
    if (path.truncated()) {
      out.append('\n');
      begin(place);
      out.append("  warning: truncated explanation due to assignment cycle; ")
          .append("see golang.org/issue/35518");
    }
  }

  private void step(String place, FlowStep step) {
    out.append('\n').append(place).append(":   flow: ").append(step.destination()).append(" ← ");
    if (step.derefs() < 0) {
      out.append('&');
    } else {
      for (int i = 0; i < step.derefs(); i++) {
        out.append('*');
      }
    }
    out.append(step.source()).append(':');
    List<FlowNote> notes = step.notes();
    for (int i = 0; i < notes.size(); i++) {
      FlowNote note = notes.get(i);
      out.append('\n').append(place).append(":     from ").append(note.where());
      out.append(" (").append(note.why()).append(") at ").append(place(note.pos()));
    }
  }

  private void begin(String place) {
    out.append(place).append(": ");
  }

  private String place(int pos) {
    if (pos == SourceMap.NO_POS) {
      return "<unknown line number>";
    }
    if (pos == Decision.AUTOGENERATED) {
      return "<autogenerated>:1";
    }
    if (file == null || !file.contains(pos)) {
      file = sources.file(pos);
    }
    Position p = file.position(pos);
    int line = rules.line(p.line());
    int column = rules.column(p.line(), p.column());
    String filename = p.filename().isEmpty() ? NO_FILE : p.filename();
    return rules.isPrinted(column) ? filename + ":" + line + ":" + column : filename + ":" + line;
  }
}
