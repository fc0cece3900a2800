package dev.escapade.count;

import dev.escapade.count.Step.Jump;
import dev.escapade.count.Step.Target;
import dev.escapade.count.alloc.AllocationModel;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Site;
import dev.escapade.count.alloc.Val;
import dev.escapade.release.AllocationRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what calls cost. A function is run through once for each combination of known arguments
 * that it is called with, up to a limit, and then once for all others.
 *
 * <p>A recursive call is first taken to cost nothing. If the function then turns out to cost
 * something, it is run through again with a call of unknown cost, and what was found out in between
 * is dropped. For one thread.
 */
public final class Counter {
  /** So many combinations of arguments are told apart for one function. */
  private static final int MAX_CONTEXTS = 40;

  /** Calls nested deeper than this are unknown; the stack of a worker has room for them. */
  private static final int MAX_DEPTH = 400;

  /** More candidates than this are not looked at. */
  private static final int MAX_CANDIDATES = 60;

  /** So many functions are run through before the counter gives up. */
  private static final int MAX_RUNS = 30_000;

  /** Who wants to know where a function's cost comes from. */
  public interface Listener {
    /** A site is passed {@code times} times, and costs so much each time. */
    void site(Site site, Cost cost, Range times);

    /**
     * A function is called {@code times} times.
     *
     * @param candidates what may be called
     * @param inner tells another listener where the cost of this call comes from, if the callee is
     *     known and has a body
     */
    void call(
        Place place, List<String> candidates, Outcome cost, Range times, Consumer<Listener> inner);
  }

  private static final Comparator<Place> PLACE_ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  private static final String FORMATTER = "fmt.(*pp).doPrintf";

  private static final String STOP_TIMER = "testing.(*B).StopTimer";

  private record Key(String function, List<Known> args) {}

  private final Program program;
  private final Bodiless bodiless;
  private final AllocationModel model;

  private final Map<Key, Outcome> known = new HashMap<>();
  private final List<Key> log = new ArrayList<>();
  private final Map<Key, Outcome> active = new HashMap<>();
  private final Map<String, Integer> activeFunctions = new HashMap<>();
  private final Map<String, Integer> contexts = new HashMap<>();
  private final Set<Key> assumed = new HashSet<>();
  private final Set<Key> recursive = new HashSet<>();
  private final Map<Place, Outcome> rounds = new TreeMap<>(PLACE_ORDER);
  private int benchmarkLoops;
  private boolean timerStops;

  /** How many calls around are not sure to be made, or are those of the testing package. */
  private int unsure;

  private final Map<String, Set<String>> callees = new HashMap<>();
  private String current = "";
  private int depth;
  private int runs;

  /** What may be in interfaces and function values, if where the run starts is known. */
  private final @Nullable Flows flows;

  /** Counts in {@code program}, under the rules of a release. */
  public Counter(Program program, AllocationRules rules) {
    this(program, rules, (Flows) null);
  }

  /**
   * Counts in runs of {@code program} that start with some functions, after the initialization of
   * its packages.
   */
  public Counter(Program program, AllocationRules rules, Collection<String> starts) {
    this(program, rules, Flows.from(program, withInits(program, starts)));
  }

  private Counter(Program program, AllocationRules rules, @Nullable Flows flows) {
    this.flows = flows;
    this.program = program;
    this.bodiless = Bodiless.read();
    this.model = new AllocationModel(rules);
  }

  private static Collection<String> withInits(Program program, Collection<String> starts) {
    List<String> all = new ArrayList<>(program.inits());
    all.addAll(starts);
    return all;
  }

  /** What a call of a function costs, in terms of its parameters. */
  public Outcome count(String key) {
    runs = 0;
    Facts.Function f = program.function(key);
    return f == null ? outside(key) : run(f, named(f));
  }

  /** As {@link #count}, and tells where the cost comes from. */
  public Outcome explain(String key, Listener listener) {
    runs = 0;
    Facts.Function f = program.function(key);
    return f == null ? outside(key) : new Run(f, named(f), listener).run();
  }

  /**
   * What one round costs of each loop that the testing package runs, in a function and in what it
   * calls, by its place. What is allocated while the timer stands is not told apart, so there is no
   * lower bound then.
   */
  public Map<Place, Outcome> rounds(String key) {
    runs = 0;
    rounds.clear();
    Facts.Function f = program.function(key);
    if (f != null) {
      Known[] args = new Known[f.params().size()];
      Arrays.fill(args, Known.NOTHING);
      new Run(f, args, null).run();
    }
    return new LinkedHashMap<>(rounds);
  }

  /** The functions that a function has been found to call for certain, and itself. */
  public Set<String> reached(String key) {
    Set<String> reached = new TreeSet<>();
    Deque<String> todo = new ArrayDeque<>();
    todo.add(key);
    while (!todo.isEmpty()) {
      String k = todo.remove();
      if (reached.add(k)) {
        todo.addAll(callees.getOrDefault(k, Set.of()));
      }
    }
    return reached;
  }

  private void benchmark(Place place, Outcome round) {
    benchmarkLoops++;
    Outcome o = timerStops ? round.orNothing() : round;
    timerStops = false;
    if (unsure == 0) {
      rounds.merge(place, o, Outcome::or);
    }
  }

  private static Known[] named(Facts.Function f) {
    Known[] args = new Known[f.params().size()];
    for (int i = 0; i < args.length; i++) {
      String name = f.params().get(i);
      boolean plain = !name.isEmpty() && !name.equals("_") && name.charAt(0) != '.';
      args[i] = plain ? Known.named(name) : Known.NOTHING;
    }
    return args;
  }

  private Outcome outside(String key) {
    Outcome o = bodiless.outcome(key);
    if (o != null) {
      return o;
    }
    return program.isAssembly(key) ? Outcome.NOTHING : Outcome.unknown("no Go body: " + key);
  }

  private Outcome call(String key, List<Known> given) {
    if (key.equals(STOP_TIMER)) {
      timerStops = true;
    }
    Outcome o = bodiless.outcome(key);
    if (o != null) {
      return o;
    }
    Facts.Function f = program.function(key);
    if (f == null) {
      return outside(key);
    }
    if (unsure == 0) {
      callees.computeIfAbsent(current, _ -> new TreeSet<>()).add(key);
    }
    boolean testing = key.startsWith("testing.");
    unsure += testing ? 1 : 0;
    List<Integer> verbs = key.equals(FORMATTER) ? verbs(given) : null;
    Outcome result = verbs == null ? call(f, given) : formatted(verbs, given);
    unsure -= testing ? 1 : 0;
    return result;
  }

  /** The verbs of a format that is a constant; null if it is not, or names arguments. */
  private static @Nullable List<Integer> verbs(List<Known> given) {
    String format = given.size() < 3 ? null : given.get(1).text();
    return format == null ? null : Formats.verbs(format);
  }

  /** The loop over a format, one verb after the other. */
  private Outcome formatted(List<Integer> verbs, List<Known> given) {
    Outcome o = Outcome.of(Cost.AMORTIZED);
    for (int verb : verbs) {
      Known printer = given.get(0);
      o =
          o.then(
              call(
                  "fmt.(*pp).printArg",
                  List.of(printer, given.get(2).element(), Known.number(verb))));
    }
    return o;
  }

  private void explain(String key, List<Known> given, Listener listener) {
    Facts.Function f = program.function(key);
    if (f != null && bodiless.outcome(key) == null) {
      new Run(f, inspected(f, given), listener).run();
    }
  }

  private Outcome call(Facts.Function f, List<Known> given) {
    return run(f, inspected(f, given));
  }

  private static Known[] inspected(Facts.Function f, List<Known> given) {
    Known[] args = new Known[f.params().size()];
    for (int i = 0; i < args.length; i++) {
      args[i] = i < given.size() && f.inspected().contains(i) ? given.get(i) : Known.NOTHING;
    }
    return args;
  }

  private Outcome run(Facts.Function f, Known[] given) {
    Known[] args = given;
    Key key = new Key(f.key(), List.of(args));
    Outcome done = known.get(key);
    if (done != null) {
      return done;
    }
    if (activeFunctions.getOrDefault(f.key(), 0) > 1
        || contexts.getOrDefault(f.key(), 0) >= MAX_CONTEXTS) {
      args = new Known[args.length];
      Arrays.fill(args, Known.NOTHING);
      key = new Key(f.key(), List.of(args));
      done = known.get(key);
      if (done != null) {
        return done;
      }
    }
    Outcome assumption = active.get(key);
    if (assumption != null) {
      assumed.add(key);
      return assumption;
    }
    if (depth >= MAX_DEPTH || ++runs > MAX_RUNS) {
      return Outcome.unknown("too many calls below " + f.name());
    }
    return run(f, key, args);
  }

  private Outcome run(Facts.Function f, Key key, Known[] args) {
    contexts.merge(f.key(), 1, Integer::sum);
    activeFunctions.merge(f.key(), 1, Integer::sum);
    depth++;
    Outcome unknown = Outcome.unknown("recursion through " + f.name());
    boolean worst = recursive.contains(key);
    int mark = log.size();
    int loops = benchmarkLoops;
    active.put(key, worst ? unknown : Outcome.NOTHING);
    Outcome o = new Run(f, args, null).run();
    if (!worst && assumed.contains(key) && !o.any().isZero()) {
      while (log.size() > mark) {
        known.remove(log.removeLast());
      }
      recursive.add(key);
      active.put(key, unknown);
      o = new Run(f, args, null).run();
    }
    active.remove(key);
    assumed.remove(key);
    depth--;
    activeFunctions.merge(f.key(), -1, Integer::sum);
    if (loops == benchmarkLoops) {
      known.put(key, o);
      log.add(key);
    }
    return o;
  }

  /** One run through a function. */
  private final class Run {
    private final Facts.Function f;
    private final Valuation values;
    private final @Nullable Listener listener;

    private Map<Integer, Outcome> breaks = new HashMap<>();
    private Map<Integer, Outcome> gotos = new HashMap<>();
    private Outcome returned = Outcome.NEVER;

    /** How many times the loops around run. */
    private Range times = Range.exactly(1);

    /** The error variable that the last call set, and the flow if it has set it to nil. */
    private int lastError;

    private Outcome withoutError = Outcome.NEVER;

    /** How many steps around are done once. */
    private int filling;

    Run(Facts.Function f, Known[] args, @Nullable Listener listener) {
      this.f = f;
      this.values = new Valuation(args, program, flows);
      this.listener = listener;
    }

    Outcome run() {
      String caller = current;
      current = f.key();
      Outcome o = runThrough();
      current = caller;
      return o;
    }

    private Outcome runThrough() {
      Outcome end = step(f.steps(), Outcome.NOTHING);
      Outcome o = returned.or(end);
      return o.normal() == null && o.failed() != null ? new Outcome(o.failed(), null) : o;
    }

    private Outcome step(Step s, Outcome in) {
      if (in.isNever() && !(s instanceof Step.Seq) && !(s instanceof Step.Label)) {
        return in;
      }
      if (!(s instanceof Step.Choice) && !(s instanceof Step.Seq)) {
        lastError = 0;
      }
      return switch (s) {
        case Step.Seq seq -> sequence(seq.steps(), in);
        case Step.Alloc a -> alloc(a, in);
        case Step.Call c -> call(c, in);
        case Step.Choice c -> choice(c, in);
        case Step.Loop l -> loop(l, in);
        case Step.Jump j -> jump(j, in);
        case Step.Block b -> {
          Outcome out = step(b.body(), in);
          Outcome left = breaks.remove(b.id());
          yield left == null ? out : out.or(left);
        }
        case Step.Failed _ -> in.asFailed();
        case Step.TypeChoice c -> typeChoice(c, in);
        case Step.ValueChoice c -> valueChoice(c, in);
        case Step.Filling k -> filling(k, in);
        case Step.Label l -> {
          Outcome jumped = gotos.remove(l.id());
          yield jumped == null ? in : in.or(jumped);
        }
      };
    }

    private Outcome sequence(List<Step> steps, Outcome in) {
      Outcome at = in;
      for (int i = 0; i < steps.size(); i++) {
        Step s = steps.get(i);
        if (s instanceof Step.Label l && f.backward().contains(l.id())) {
          return repeated(steps, i, step(s, at));
        }
        at = step(s, at);
      }
      return at;
    }

    /** What stands after a label that something below jumps back to. */
    private Outcome repeated(List<Step> steps, int label, Outcome in) {
      List<Step> rest = steps.subList(label + 1, steps.size());
      int id = ((Step.Label) steps.get(label)).id();
      Range outer = times;
      times = times.times(Range.UNKNOWN);
      Outcome savedReturned = returned;
      Map<Integer, Outcome> savedBreaks = breaks;
      Map<Integer, Outcome> savedGotos = gotos;
      breaks = new HashMap<>();
      gotos = new HashMap<>();
      returned = Outcome.NEVER;
      Outcome out = sequence(rest, Outcome.NOTHING);
      Outcome again = gotos.remove(id);
      Cost rounds =
          (again == null ? Cost.ZERO : again.any())
              .times(Range.UNKNOWN, "rounds of a goto in " + f.name());
      times = outer;
      Outcome base = in.plus(rounds);
      Outcome more = base.then(returned);
      Map<Integer, Outcome> leftBreaks = breaks;
      Map<Integer, Outcome> leftGotos = gotos;
      returned = savedReturned.or(more);
      breaks = savedBreaks;
      gotos = savedGotos;
      leftBreaks.forEach((k, o) -> breaks.merge(k, base.then(o), Outcome::or));
      leftGotos.forEach((k, o) -> gotos.merge(k, base.then(o), Outcome::or));
      return base.then(out);
    }

    private Outcome alloc(Step.Alloc a, Outcome in) {
      Site site = a.site();
      boolean kept = !a.owner().equals(Val.ANY) && values.of(a.owner()).kept();
      Cost cost = kept || filling > 0 ? Cost.AMORTIZED : model.cost(site, length(site));
      if (listener != null && !cost.isZero()) {
        listener.site(site, cost, times);
      }
      return in.plus(cost);
    }

    private Range length(Site site) {
      Range r = values.of(site.length()).asNumber();
      return r == null ? Range.UNKNOWN : r;
    }

    private Outcome jump(Jump j, Outcome in) {
      switch (j.kind()) {
        case RETURN, FORWARD -> returned = returned.or(in);
        case FAIL -> returned = returned.or(in.asFailed());
        case BREAK, CONTINUE -> breaks.merge(j.id(), in, Outcome::or);
        case GOTO -> gotos.merge(j.id(), in, Outcome::or);
        case PANIC -> {}
      }
      return Outcome.NEVER;
    }

    // Calls.

    private Outcome call(Step.Call c, Outcome in) {
      List<Known> args = values.all(c.args());
      Outcome cost = filling > 0 ? Outcome.of(Cost.AMORTIZED) : target(c, args);
      Outcome out = in.then(cost);
      if (c.error() != 0) {
        lastError = c.error();
        Cost before = in.failed();
        withoutError = new Outcome(out.normal(), before == null ? null : before.plus(cost.any()));
      }
      return out;
    }

    private Outcome target(Step.Call c, List<Known> args) {
      return switch (c.target()) {
        case Target.Static t -> one(c, t.key(), args);
        case Target.Method m -> {
          Known receiver = values.of(m.receiver());
          List<String> candidates = new ArrayList<>();
          for (String type : receiver.types()) {
            String key = program.method(type, m.method());
            if (key != null && !candidates.contains(key)) {
              candidates.add(key);
            }
          }
          if (candidates.size() == 1 && receiver.types().size() == 1) {
            yield one(c, candidates.get(0), withoutReceiver(args));
          }
          if (candidates.size() < receiver.types().size() || candidates.isEmpty()) {
            if (flows != null && m.receiver() instanceof Val.Flowing f) {
              if (Boolean.TRUE.equals(receiver.nil())) {
                yield Outcome.NEVER;
              }
              candidates = flows.methods(f.place(), m.method());
            } else {
              candidates = program.implementations(m.iface(), m.method());
            }
          }
          yield several(c, candidates, withoutReceiver(args), name(m.method()));
        }
        case Target.Value v -> {
          Known fn = values.of(v.fn());
          if (fn.function() != null) {
            List<Known> all = new ArrayList<>(fn.function().bound());
            all.addAll(args);
            yield one(c, fn.function().key(), all);
          }
          if (Boolean.TRUE.equals(fn.nil())) {
            yield Outcome.NEVER;
          }
          if (flows != null && v.fn() instanceof Val.Flowing f) {
            Flows.Contents found = flows.contents(f.place());
            if (!found.unknown() && !found.functions().isEmpty()) {
              yield values(c, found.functions(), args);
            }
          }
          yield several(c, program.values(v.signature()), List.of(), "a function value");
        }
      };
    }

    private Outcome values(Step.Call c, Collection<Flows.Callee> callees, List<Known> args) {
      List<String> keys = new ArrayList<>();
      int skipped = 0;
      for (Flows.Callee f : callees) {
        keys.add(f.key());
        skipped += f.skipped();
      }
      if (skipped > 0 && callees.size() > 1) {
        return several(c, keys, List.of(), "a function value");
      }
      List<Known> all = new ArrayList<>();
      for (int i = 0; i < skipped; i++) {
        all.add(Known.NOTHING);
      }
      all.addAll(args);
      return keys.size() == 1 ? one(c, keys.get(0), all) : several(c, keys, all, "");
    }

    private static String name(String method) {
      int end = method.indexOf("func(");
      return "method " + (end < 0 ? method : method.substring(0, end));
    }

    private static List<Known> withoutReceiver(List<Known> args) {
      List<Known> list = new ArrayList<>(args);
      list.set(0, Known.NOTHING.withKept(list.get(0).kept()));
      return list;
    }

    private Outcome one(Step.Call c, String key, List<Known> args) {
      Outcome o = Counter.this.call(key, args);
      if (listener != null && !o.any().isZero()) {
        List<Known> given = List.copyOf(args);
        listener.call(c.place(), List.of(key), o, times, inner -> explain(key, given, inner));
      }
      return o;
    }

    private Outcome several(
        Step.Call c, Collection<String> candidates, List<Known> args, String what) {
      Outcome o = Outcome.NEVER;
      if (candidates.isEmpty() && flows != null && c.target() instanceof Target.Method) {
        // Nothing that has been made in this run has such a method.
        o = Outcome.NEVER;
      } else if (candidates.isEmpty()) {
        o = Outcome.unknown("nothing in the program is " + what);
      } else if (candidates.size() > MAX_CANDIDATES) {
        o = Outcome.unknown(candidates.size() + " candidates for " + what);
      } else {
        unsure++;
        for (String key : candidates) {
          o = o.or(Counter.this.call(key, args));
        }
        unsure--;
      }
      if (listener != null && !o.any().isZero()) {
        listener.call(c.place(), List.copyOf(candidates), o, times, _ -> {});
      }
      return o;
    }

    // Ways.

    private Outcome choice(Step.Choice c, Outcome in) {
      if (c.errorOnly()) {
        boolean justSet = c.error() != 0 && c.error() == lastError;
        Outcome fine = justSet ? withoutError : in;
        lastError = 0;
        Outcome wrong = step(c.arms().get(0), in.asFailed());
        return wrong.or(step(c.arms().get(1), fine));
      }
      lastError = 0;
      if (c.arms().size() == 2) {
        Boolean holds = values.holds(c.test());
        if (holds != null) {
          return step(c.arms().get(holds ? 0 : 1), in);
        }
      }
      Outcome out = Outcome.NEVER;
      Range outer = times;
      times = times.orNothing();
      for (Step arm : c.arms()) {
        out = out.or(step(arm, in));
      }
      times = outer;
      return out;
    }

    private Outcome typeChoice(Step.TypeChoice c, Outcome in) {
      Known subject = values.of(c.subject());
      Collection<String> types = subject.types();
      if (types.isEmpty() && flows != null && c.subject() instanceof Val.Flowing f) {
        Flows.Contents found = flows.contents(f.place());
        types = found.unknown() ? List.of() : found.types();
      }
      Outcome out = Outcome.NEVER;
      Range outer = times;
      times = times.orNothing();
      if (Boolean.TRUE.equals(subject.nil())) {
        out = step(c.arms().get(chosen(c, "nil")), in);
      } else if (types.isEmpty()) {
        for (Step arm : c.arms()) {
          out = out.or(step(arm, in));
        }
      } else if (!Boolean.FALSE.equals(subject.nil())) {
        out = step(c.arms().get(chosen(c, "nil")), in);
      }
      for (String type : types) {
        out = out.or(step(c.arms().get(chosen(c, type)), in));
      }
      times = outer;
      return out;
    }

    private Outcome valueChoice(Step.ValueChoice c, Outcome in) {
      Known subject = values.of(c.subject());
      Outcome out = Outcome.NEVER;
      Range outer = times;
      times = times.orNothing();
      boolean sure = false;
      int otherwise = c.cases().size() - 1;
      for (int i = 0; i < c.cases().size() && !sure; i++) {
        List<Val> list = c.cases().get(i);
        if (list.isEmpty()) {
          otherwise = i;
          continue;
        }
        boolean possible = false;
        for (Val v : list) {
          Boolean same = Valuation.compare("==", subject, values.of(v));
          possible |= same == null || same;
          sure |= same != null && same;
        }
        if (possible) {
          out = out.or(step(c.arms().get(i), in));
        }
      }
      if (!sure) {
        out = out.or(step(c.arms().get(otherwise), in));
      }
      times = outer;
      return out;
    }

    private Outcome filling(Step.Filling k, Outcome in) {
      if (!values.of(k.owner()).kept()) {
        return step(k.body(), in);
      }
      filling++;
      Outcome out = step(k.body(), in);
      filling--;
      return out;
    }

    /** The way that a type goes: the first that has it or an interface of it, or the default. */
    private int chosen(Step.TypeChoice c, String type) {
      int otherwise = c.cases().size() - 1;
      for (int i = 0; i < c.cases().size(); i++) {
        List<String> names = c.cases().get(i);
        if (names.isEmpty()) {
          otherwise = i;
        }
        for (String name : names) {
          if (name.equals(type) || (!type.equals("nil") && program.isImplementation(type, name))) {
            return i;
          }
        }
      }
      return otherwise;
    }

    private Outcome loop(Step.Loop l, Outcome in) {
      Range trips = trips(l);
      if (trips.isZero()) {
        return in;
      }
      Range outer = times;
      times = l.benchmark() ? Range.exactly(1) : times.times(trips);
      Outcome savedReturned = returned;
      Map<Integer, Outcome> savedBreaks = breaks;
      Map<Integer, Outcome> savedGotos = gotos;
      breaks = new HashMap<>();
      gotos = new HashMap<>();
      returned = Outcome.NEVER;
      Outcome round = step(l.body(), Outcome.NOTHING);
      Outcome broken = breaks.remove(l.id());
      Outcome innerReturned = returned;
      Map<Integer, Outcome> innerBreaks = breaks;
      Map<Integer, Outcome> innerGotos = gotos;
      returned = savedReturned;
      breaks = savedBreaks;
      gotos = savedGotos;
      times = outer;
      if (l.benchmark()) {
        // The loop may stand in another one, as that over a table: an operation is all of it.
        benchmark(l.place(), round.times(outer, "rounds of a loop around " + l.place()));
      }
      String reason = "rounds of the loop at " + l.place();
      // Some rounds may come before a jump out of the loop.
      Cost some = round.any().times(trips, reason).orNothing();
      Outcome base = in.plus(some);
      if (!innerReturned.isNever()) {
        returned = returned.or(base.then(innerReturned));
      }
      innerBreaks.forEach((k, o) -> breaks.merge(k, base.then(o), Outcome::or));
      innerGotos.forEach((k, o) -> gotos.merge(k, base.then(o), Outcome::or));
      Outcome out = broken == null ? Outcome.NEVER : base.then(broken);
      return l.endless() ? out : out.or(completed(in, round, trips, reason));
    }

    /** All rounds, without a jump. */
    private static Outcome completed(Outcome in, Outcome round, Range trips, String reason) {
      if (round.isNever()) {
        return trips.low().isZero() ? in : Outcome.NEVER;
      }
      Cost normal = round.normal();
      Cost all = round.any();
      Outcome rounds =
          new Outcome(
              normal == null
                  ? trips.low().isZero() ? Cost.ZERO : null
                  : normal.times(trips, reason),
              round.failed() == null ? null : all.times(trips, reason));
      return in.then(rounds);
    }

    private Range trips(Step.Loop l) {
      if (l.endless()) {
        return Range.UNKNOWN;
      }
      Range r = values.of(l.trips()).asNumber();
      if (r == null) {
        return Range.UNKNOWN;
      }
      return l.least() ? r.orNothing() : r;
    }
  }
}
