package dev.escapade.count;

import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Site;
import dev.escapade.count.alloc.Val;
import java.util.List;

/** What a function does, as far as it matters for allocations: statements without values. */
public sealed interface Step {
  /** One after the other. */
  record Seq(List<Step> steps) implements Step {}

  /**
   * A place that may allocate.
   *
   * @param owner whom the slice or map belongs to that grows; {@link Val#ANY} if nobody else
   * @param spot the slice that grows and is assigned back, or {@link Val#ANY}
   */
  record Alloc(Site site, Val owner, Val spot) implements Step {}

  /**
   * A slice, or an object that may have some, is assigned another one.
   *
   * @param spot where
   * @param value the spot of what is assigned, which may be the same
   */
  record Renewed(Val spot, Val value) implements Step {}

  /**
   * A call.
   *
   * @param error which error variable takes the call's last result, or 0
   */
  record Call(Place place, Target target, List<Val> args, int error) implements Step {}

  /**
   * One of several ways.
   *
   * @param test what decides between two ways, the first if it holds
   * @param error if not 0, the first way is taken when this error variable is not nil
   */
  record Choice(Test test, int error, boolean errorOnly, List<Step> arms) implements Step {}

  /**
   * A loop.
   *
   * @param id for jumps
   * @param trips how many times, unless something jumps out; {@link Val#ANY} if unknown
   * @param least whether it may do less than that many rounds without a jump
   * @param endless whether it ends by jumps only
   * @param pace how often, if the testing package decides
   * @param rows what it runs over, if it has sub-benchmarks
   */
  record Loop(
      Place place,
      int id,
      Val trips,
      boolean least,
      boolean endless,
      Pace pace,
      Rows rows,
      Step body)
      implements Step {}

  /**
   * A table that a loop runs over.
   *
   * @param table a {@link Val.Table}, or what may be one
   * @param key the number of the variable that is set to the key or index, or 0
   * @param value that of the one that is set to the element, or 0
   */
  record Rows(Val table, int key, int value) {
    /** Of a loop that is not run through for each element. */
    static final Rows NONE = new Rows(Val.ANY, 0, 0);
  }

  /**
   * How many rounds a loop makes for so many operations of a benchmark.
   *
   * @param rounds 0 for a loop that is not the testing package's
   * @param operations 0 if it is not known how many
   * @param exact whether it may not be fewer rounds
   */
  record Pace(long rounds, long operations, boolean exact) {
    /** Of a loop that is not the testing package's. */
    static final Pace NONE = new Pace(0, 1, true);

    /** Of a loop of which only that is known that it is the testing package's. */
    static final Pace UNKNOWN = new Pace(1, 0, false);

    boolean isBenchmark() {
      return rounds > 0;
    }

    /** So many times the rounds. */
    Pace by(long n) {
      return new Pace(rounds * n, operations, exact);
    }

    /** A part of the rounds. */
    Pace over(long n) {
      return new Pace(rounds, operations * n, exact);
    }

    /** At most as many rounds. */
    Pace orLess() {
      return new Pace(rounds, operations, false);
    }
  }

  /** The end of a way. */
  record Jump(Kind kind, int id) implements Step {
    /** Where to. */
    enum Kind {
      /** To the caller. */
      RETURN,
      /** To the caller with an error. */
      FAIL,
      /** To the caller with an error that may be nil. */
      FORWARD,
      /** Out of the loop, switch or select {@code id}. */
      BREAK,
      /** To the next round of the loop {@code id}. */
      CONTINUE,
      /** To the label {@code id}. */
      GOTO,
      /** Nowhere: a panic. */
      PANIC
    }
  }

  /** What jumps may break out of. */
  record Block(int id, Step body) implements Step {}

  /** An error has been made: what follows is the way of an error. */
  record Failed() implements Step {}

  /**
   * A type switch: one of several ways.
   *
   * @param subject the value of which the type decides
   * @param cases the types of each way; none for the default
   * @param arms the ways
   */
  record TypeChoice(Val subject, List<List<String>> cases, List<Step> arms) implements Step {}

  /**
   * A switch over numbers: one of several ways.
   *
   * @param cases the values of each way; none for the default
   */
  record ValueChoice(Val subject, List<List<Val>> cases, List<Step> arms) implements Step {}

  /**
   * What is done when something is not there yet that is kept from then on: the way of a miss of a
   * cache, the making of a field that was nil.
   *
   * @param owner whom that belongs to
   */
  record Filling(Val owner, Step body) implements Step {}

  /** Where a goto goes. */
  record Label(int id) implements Step {}

  /** Nothing. */
  Step NOTHING = new Seq(List.of());

  /** What a call calls. */
  sealed interface Target {
    /** A function by its name for the linker. */
    record Static(String key) implements Target {}

    /** A method of an interface. */
    record Method(Val receiver, String iface, String method) implements Target {}

    /** A function value. */
    record Value(Val fn, String signature) implements Target {}
  }

  /**
   * A condition that may be decided.
   *
   * @param op a comparison of {@code a} and {@code b}; "true" for {@code a} itself; "!", "&&" or
   *     "||" of the parts; empty if nothing is known
   */
  record Test(String op, Val a, Val b, List<Test> parts) {
    /** What is not known. */
    static final Test UNKNOWN = new Test("", Val.ANY, Val.ANY, List.of());
  }
}
