package dev.escapade.tools.check;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.load.files.StoredText;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * A bounds check that stays where a comment promises that there is none.
 *
 * @param file the absolute path
 * @param line from 1
 * @param column in bytes, from 1
 * @param offset in the file, in bytes
 * @param function the declared function in which it is, or empty
 * @param slice whether it is a check of the bounds of a slicing, not of an index
 * @param scope what the promise is about
 * @param promisedAt the line of the comment
 */
public record BoundsViolation(
    String file,
    int line,
    int column,
    int offset,
    String function,
    boolean slice,
    String scope,
    int promisedAt)
    implements Comparable<BoundsViolation> {
  private static final Comparator<BoundsViolation> ORDER =
      Comparator.comparing(BoundsViolation::file)
          .thenComparingInt(BoundsViolation::offset)
          .thenComparing(BoundsViolation::slice);

  @Override
  public int compareTo(BoundsViolation other) {
    return ORDER.compare(this, other);
  }

  /** What is told of it. */
  public Finding finding() {
    String name = slice ? "IsSliceInBounds" : "IsInBounds";
    return new Finding(
        Contracts.RULE,
        Severity.ERROR,
        Question.OTHER,
        new Place(file, line, column, line, column, offset, offset),
        function,
        "the bounds check " + name + " stays in a " + scope + " that is to have none",
        List.of(
            new CauseStep(new Place(file, promisedAt, 1, promisedAt, 1, 0, 0), "promised here")),
        Cost.NONE,
        null,
        false);
  }

  void write(DataOutput out) throws IOException {
    StoredText.write(file, out);
    out.writeInt(line);
    out.writeInt(column);
    out.writeInt(offset);
    StoredText.write(function, out);
    out.writeBoolean(slice);
    StoredText.write(scope, out);
    out.writeInt(promisedAt);
  }

  static BoundsViolation read(DataInput in) throws IOException {
    return new BoundsViolation(
        StoredText.read(in),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        StoredText.read(in),
        in.readBoolean(),
        StoredText.read(in),
        in.readInt());
  }
}
