package dev.escapade.advice.explain;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.finding.Place;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Node;
import dev.escapade.release.AllocationRules;
import dev.escapade.syntax.Decl;
import dev.escapade.unit.ConstantInts;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a value lives that does not outlive the call, in words. That it need not be on the heap
 * does not mean that all of it fits the frame: what has no constant size has a small buffer there.
 */
final class FrameWords {
  private final RuleContext ctx;

  FrameWords(RuleContext ctx) {
    this.ctx = ctx;
  }

  /**
   * Where it lives.
   *
   * @param pos where the verdict stands
   * @param subject how the log spells the value
   */
  String of(int pos, String subject) {
    Site site =
        Stream.concat(ctx.sites().at(pos).stream(), ctx.sites().inlinedAt(pos).stream())
            .filter(s -> !s.onHeap() && ctx.unit().text(s.node()).equals(subject))
            .findFirst()
            .orElse(null);
    String frame = frame(pos);
    if (site == null) {
      return "it lives in " + frame;
    }
    AllocationRules rules = ctx.unit().release().allocation();
    return switch (site.kind()) {
      case NEW, SLICE_LITERAL, ARGUMENT_SLICE, CLOSURE, METHOD_VALUE, BOX, VARIABLE ->
          "it lives in " + frame;
      case MAKE_SLICE ->
          hasConstantSize(site.node())
              ? "it lives in " + frame
              : buffer(frame, rules.variableMakeBytes()) + ", for its size is not constant";
      case APPEND ->
          "a first array of up to "
              + rules.variableMakeBytes()
              + " bytes may be in "
              + frame
              + "; a larger one is allocated";
      case MAKE_MAP, MAP_LITERAL ->
          "its first "
              + rules.mapGroupSlots()
              + " entries live in "
              + frame
              + "; for more it allocates";
      case MAKE_CHAN -> "but channels are always allocated";
      case CONCATENATION, BYTES_TO_STRING, STRING_TO_BYTES, RUNES ->
          buffer(frame, rules.stringBufferBytes());
    };
  }

  /**
   * Where a variable lives.
   *
   * @param pos where it is declared
   * @param function the function of the tree that declares it
   */
  String ofVariable(int pos, dev.escapade.syntax.@Nullable Node function) {
    if (ctx.sites().isOnHeap(pos, Site.Kind.VARIABLE)) {
      return "lives on the heap";
    }
    if (!isLeft(pos)) {
      return "is never needed: the compiler has removed this code, or makes none as long as no"
          + " instance of it is used";
    }
    Site inlined =
        ctx.sites().at(pos).stream()
            .filter(s -> s.kind() == Site.Kind.VARIABLE && s.onHeap())
            .findFirst()
            .orElse(null);
    return inlined == null
        ? "lives in " + frame(function) + ", or in a register"
        : "lives on the heap where it is inlined, in line "
            + ctx.extents().at(inlined.outerPos()).line()
            + ", and else in "
            + frame(function);
  }

  /** Reports whether the passes have left any code of the line. */
  private boolean isLeft(int pos) {
    Place place = ctx.extents().at(pos);
    return ctx.sites()
        .isLeft(p -> {
          if (p <= 0) {
            return false;
          }
          Place other = ctx.extents().at(p);
          return other.line() == place.line() && other.file().equals(place.file());
        });
  }

  private static boolean hasConstantSize(Node node) {
    return node instanceof MakeExpr m && ConstantInts.isSmall(m.cap != null ? m.cap : m.len);
  }

  private static String buffer(String frame, int bytes) {
    return "up to " + bytes + " bytes live in " + frame + ", and more is allocated";
  }

  /** The frame of the function in which a position is. */
  String frame(int pos) {
    for (dev.escapade.syntax.Node n : ctx.tree().at(pos)) {
      return frame(ctx.tree().function(n));
    }
    return "the frame";
  }

  /** The frame of a function of the tree. */
  static String frame(dev.escapade.syntax.@Nullable Node function) {
    return function instanceof Decl.FuncDecl d ? "the frame of " + Calls.name(d) : "the frame";
  }
}
