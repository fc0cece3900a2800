package dev.escapade.advice;

import dev.escapade.advice.code.FunctionFact;
import dev.escapade.advice.code.Kept;
import dev.escapade.advice.code.Trait;
import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.TextEdit;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes summaries for {@link SummaryReader}; the same summary always as the same bytes. */
final class SummaryWriter {
  private final DataOutput out;

  SummaryWriter(DataOutput out) {
    this.out = out;
  }

  void write(AdviceSummary summary) throws IOException {
    out.writeInt(summary.functions().size());
    for (Map.Entry<String, FunctionFact> e : new TreeMap<>(summary.functions()).entrySet()) {
      text(e.getKey());
      fact(e.getValue());
    }
    out.writeInt(summary.findings().size());
    for (Finding f : summary.findings()) {
      finding(f);
    }
  }

  private void fact(FunctionFact fact) throws IOException {
    out.writeInt(fact.kept().size());
    for (Kept kept : fact.kept()) {
      out.writeBoolean(kept != null);
      if (kept != null) {
        text(kept.end().name());
        text(kept.keeper());
        steps(kept.steps());
      }
    }
    out.writeInt(fact.traits().size());
    for (Trait trait : new TreeSet<>(fact.traits())) {
      text(trait.name());
    }
  }

  private void finding(Finding f) throws IOException {
    text(f.rule());
    text(f.severity().name());
    text(f.question().name());
    place(f.place());
    text(f.function());
    text(f.message());
    steps(f.cause());
    out.writeLong(f.cost().allocs());
    out.writeLong(f.cost().bytes());
    out.writeBoolean(f.cost().inLoop());
    text(f.cost().text());
    fix(f.fix());
    out.writeBoolean(f.cold());
  }

  private void fix(@Nullable Fix fix) throws IOException {
    out.writeBoolean(fix != null);
    if (fix != null) {
      text(fix.text());
      text(fix.effect());
      text(fix.risk());
      out.writeInt(fix.edits().size());
      for (TextEdit edit : fix.edits()) {
        text(edit.file());
        out.writeInt(edit.offset());
        out.writeInt(edit.endOffset());
        text(edit.replacement());
      }
    }
  }

  private void steps(List<CauseStep> steps) throws IOException {
    out.writeInt(steps.size());
    for (CauseStep step : steps) {
      place(step.place());
      text(step.text());
    }
  }

  private void place(Place p) throws IOException {
    text(p.file());
    out.writeInt(p.line());
    out.writeInt(p.column());
    out.writeInt(p.endLine());
    out.writeInt(p.endColumn());
    out.writeInt(p.offset());
    out.writeInt(p.endOffset());
  }

  private void text(String s) throws IOException {
    byte[] bytes = s.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
