package dev.escapade.advice;

import dev.escapade.advice.code.FunctionFact;
import dev.escapade.advice.code.Kept;
import dev.escapade.advice.code.Trait;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.finding.TextEdit;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SummaryWriter} has written. */
final class SummaryReader {
  private static final int MAX_COUNT = 1 << 24;

  private final DataInput in;

  SummaryReader(DataInput in) {
    this.in = in;
  }

  /**
   * Reads a summary.
   *
   * @throws IOException if it is damaged
   */
  AdviceSummary read() throws IOException {
    try {
      Map<String, FunctionFact> functions = new HashMap<>();
      int count = count();
      for (int i = 0; i < count; i++) {
        String name = text();
        functions.put(name, fact());
      }
      List<Finding> findings = new ArrayList<>();
      count = count();
      for (int i = 0; i < count; i++) {
        findings.add(finding());
      }
      return new AdviceSummary(functions, findings);
    } catch (IllegalArgumentException e) {
      throw new IOException("damaged summary", e);
    }
  }

  private FunctionFact fact() throws IOException {
    List<@Nullable Kept> kept = new ArrayList<>();
    int count = count();
    for (int i = 0; i < count; i++) {
      kept.add(in.readBoolean() ? new Kept(Way.End.valueOf(text()), text(), steps()) : null);
    }
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    count = count();
    for (int i = 0; i < count; i++) {
      traits.add(Trait.valueOf(text()));
    }
    return new FunctionFact(kept, traits);
  }

  private Finding finding() throws IOException {
    return new Finding(
        text(),
        Severity.valueOf(text()),
        Question.valueOf(text()),
        place(),
        text(),
        text(),
        steps(),
        new Cost(in.readLong(), in.readLong(), in.readBoolean(), null, text()),
        fix(),
        in.readBoolean());
  }

  private @Nullable Fix fix() throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    String text = text();
    String effect = text();
    String risk = text();
    List<TextEdit> edits = new ArrayList<>();
    int count = count();
    for (int i = 0; i < count; i++) {
      edits.add(new TextEdit(text(), in.readInt(), in.readInt(), text()));
    }
    return new Fix(text, effect, risk, edits);
  }

  private List<CauseStep> steps() throws IOException {
    List<CauseStep> steps = new ArrayList<>();
    int count = count();
    for (int i = 0; i < count; i++) {
      steps.add(new CauseStep(place(), text()));
    }
    return steps;
  }

  private Place place() throws IOException {
    return new Place(
        text(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
  }

  private int count() throws IOException {
    int n = in.readInt();
    if (n < 0 || n > MAX_COUNT) {
      throw new IOException("damaged summary: count " + n);
    }
    return n;
  }

  private String text() throws IOException {
    byte[] bytes = new byte[count()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
