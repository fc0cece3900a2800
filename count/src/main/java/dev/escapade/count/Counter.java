package dev.escapade.count;

import dev.escapade.count.Step.Jump;
import dev.escapade.count.Step.Target;
import dev.escapade.count.alloc.AllocationModel;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Formula;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Site;
import dev.escapade.count.alloc.Val;
import dev.escapade.release.AllocationRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

  /** More candidates than this are not looked at if nothing else is known of the run. */
  private static final int MAX_CANDIDATES = 60;

  /** Where the run starts is known: what is left was made in it, and one of all these is called. */
  private static final int MAX_FLOWN = 300;

  /** Loops with more rounds are looked at for slices that grow. */
  private static final long LONG = 64;

  /** So often a loop is tried without the slices that are assigned others in it. */
  private static final int MAX_TRIES = 3;

  /** So many functions are run through before the counter gives up. */
  private static final int MAX_RUNS = 30_000;

  /** Calls nested so deep are still run through then before a benchmark's loop, to find it. */
  private static final int SETUP_DEPTH = 5;

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

  /** How reasons begin that are without bound as it may go on for each operation. */
  private static final String BESIDE = "the goroutine at ";

  private static final String FED = "a goroutine may feed ";

  private static final String STOP_TIMER = "testing.(*B).StopTimer";
  private static final String SUB_BENCHMARK = "testing.(*B).Run";
  private static final String PARALLEL = "testing.(*B).RunParallel";

  /**
   * A call that is counted once.
   *
   * @param narrow whether integers are printed that fit into the printer's buffer
   */
  private record Key(String function, List<Known> args, boolean narrow) {}

  private record LoopKey(String name, Place place) {}

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
  private final Map<LoopKey, BenchmarkLoop> rounds = new LinkedHashMap<>();

  /** The name of the sub-benchmark that runs. */
  private String benchmark = "";

  private int benchmarkLoops;
  private boolean timerStops;

  /** How many loops of the testing package are around. */
  private int measured;

  /**
   * How many calls around run beside a benchmark, in a goroutine that it starts before its loop.
   */
  private int beside;

  /**
   * Where what runs beside the benchmark allocates nobody knows how often; empty if nowhere. It may
   * do so for each operation, as what they send to it tells.
   */
  private String busy = "";

  /**
   * Whether a benchmark's loop runs in a goroutine, in which it allocates nothing. It may feed
   * others: what follows does so for each operation if it goes on nobody knows how long.
   */
  private boolean fed;

  /** How many times the calls around are made, within what the testing package runs. */
  private Range around = Range.exactly(1);

  /** Whether a recursion is run through with slices of which somebody else counts the growth. */
  private boolean insideGrowing;

  /** Whether the printer that is at work prints integers that fit into its buffer. */
  private boolean narrow;

  /** How many calls around are not sure to be made, or are those of the testing package. */
  private int unsure;

  private final Map<String, Set<String>> callees = new HashMap<>();
  private String current = "";
  private int depth;
  private int runs;

  /** How deep the calls around the benchmark are nested, or the sub-benchmark. */
  private int floor;

  /**
   * What was found out after the counter gave up before a loop, so that it is worth another try.
   */
  private final List<Key> unfinished = new ArrayList<>();

  private boolean gaveUp;

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
   * calls, sub-benchmarks included. What is allocated while the timer stands is not told apart, so
   * there is no lower bound then.
   *
   * @param benchmark whether the function is a benchmark, not a part of one whose name is not known
   */
  public List<BenchmarkLoop> loops(String key, boolean benchmark) {
    runs = 0;
    rounds.clear();
    busy = "";
    fed = false;
    this.benchmark = benchmark ? "" : BenchmarkLoop.UNKNOWN;
    Facts.Function f = program.function(key);
    if (f != null) {
      Known[] args = new Known[f.params().size()];
      Arrays.fill(args, Known.NOTHING);
      new Run(f, args, null).run();
    }
    if (busy.isEmpty()) {
      return List.copyOf(rounds.values());
    }
    Outcome unknown = Outcome.unknown(busy);
    return rounds.values().stream().map(l -> l.or(unknown)).toList();
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

  private void benchmark(Step.Loop l, Outcome operation) {
    benchmarkLoops++;
    Outcome o = timerStops ? operation.orNothing() : operation;
    timerStops = false;
    if (unsure == 0) {
      long operations = Math.max(1, l.pace().operations() / l.pace().rounds());
      rounds.merge(
          new LoopKey(benchmark, l.place()),
          new BenchmarkLoop(benchmark, l.place(), o, operations),
          (a, b) -> a.or(b.operation()));
    }
  }

  private static boolean isTesting(String key) {
    return key.startsWith("testing.");
  }

  /** How many times something runs if it does. */
  private static Range atLeastOnce(Range times) {
    return times.low().isZero() ? new Range(Formula.ONE, times.high()) : times;
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
    if (Reservations.GROWERS.contains(key) && !given.isEmpty() && given.get(0).growing()) {
      return Outcome.of(Cost.growing(key.startsWith("slices.") ? "+0" : "+0.buf"));
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
    boolean testing = isTesting(key);
    Range outside = around;
    if (testing) {
      unsure++;
      around = Range.exactly(1);
    }
    boolean outer = narrow;
    narrow = outer && Printing.isWithin(key) && !Printing.isStart(key);
    List<Formats.Verb> verbs = Printing.isStart(key) ? Printing.verbs(key, given) : null;
    Outcome result = verbs == null ? call(f, given) : printed(verbs, given);
    narrow = outer;
    unsure -= testing ? 1 : 0;
    around = outside;
    return result;
  }

  /** The loop over operands that are printed, one after the other. */
  private Outcome printed(List<Formats.Verb> verbs, List<Known> given) {
    Known operands = given.getLast();
    Outcome o = Outcome.of(Cost.AMORTIZED);
    for (int i = 0; i < verbs.size(); i++) {
      narrow = verbs.get(i).narrow();
      o = o.then(printed(given.get(0), operands.element(i), verbs.get(i)));
    }
    return o;
  }

  /** An operand that is printed with a verb, by its type. */
  private Outcome printed(Known printer, Known operand, Formats.Verb verb) {
    if (operand.types().isEmpty() || Boolean.TRUE.equals(operand.nil())) {
      return printed(printer, operand, verb.letter());
    }
    Outcome o = operand.nil() == null ? Outcome.of(Cost.AMORTIZED) : Outcome.NEVER;
    for (String type : operand.types()) {
      o = o.or(printed(printer, type, verb));
    }
    return o;
  }

  private Outcome printed(Known printer, String type, Formats.Verb verb) {
    Facts.ConcreteType t = program.type(type);
    String method = t == null ? null : Printing.method(t, verb);
    String key = method == null || method.isEmpty() ? null : program.method(type, method);
    if (t == null || method == null || (key == null && t.basic().isEmpty())) {
      return printed(printer, Known.boxed(List.of(type)), verb.letter());
    }
    if (key == null) {
      return printed(printer, Known.boxed(List.of(t.basic())), verb.letter());
    }
    boolean outer = narrow;
    Known letter = Known.number(verb.letter() == 'w' ? 'v' : verb.letter());
    boolean formatter = !method.endsWith("() string");
    Outcome o = call(key, formatter ? List.of(Known.NOTHING, Known.NOTHING, letter) : List.of());
    narrow = outer;
    return formatter ? o : o.then(call(Printing.STRING, List.of(printer, Known.NOTHING, letter)));
  }

  private Outcome printed(Known printer, Known operand, int letter) {
    return call(Printing.OPERAND, List.of(printer, operand, Known.number(letter)));
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

  /** The number of parameters of a function, with what it captures. */
  private int params(String key) {
    Facts.Function f = program.function(key);
    return f == null ? 0 : f.params().size();
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
    Key key = new Key(f.key(), List.of(args), narrow);
    Outcome done = known.get(key);
    if (done != null) {
      return done;
    }
    if (activeFunctions.getOrDefault(f.key(), 0) > 1
        || contexts.getOrDefault(f.key(), 0) >= MAX_CONTEXTS) {
      args = args.clone();
      for (int i = 0; i < args.length; i++) {
        args[i] = Known.NOTHING.withKept(args[i].kept()).withGrowing(args[i].growing());
      }
      key = new Key(f.key(), List.of(args), narrow);
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
    if (depth >= MAX_DEPTH || (++runs > MAX_RUNS && !isSetup())) {
      gaveUp = true;
      return Outcome.unknown("too many calls below " + f.name());
    }
    return run(f, key, args);
  }

  /** Reports whether the loop of a benchmark may be in what is called, or in what that calls. */
  private boolean isSetup() {
    return measured == 0 && depth - floor <= SETUP_DEPTH;
  }

  private Outcome run(Facts.Function f, Key key, Known[] args) {
    boolean before = gaveUp;
    gaveUp = false;
    contexts.merge(f.key(), 1, Integer::sum);
    activeFunctions.merge(f.key(), 1, Integer::sum);
    depth++;
    Outcome unknown = Outcome.unknown(Growth.RECURSION + f.name());
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
      if (!o.isBounded() && Growth.mayExplain(o.any())) {
        o = grownOutside(f, args, o);
      }
    }
    active.remove(key);
    assumed.remove(key);
    depth--;
    activeFunctions.merge(f.key(), -1, Integer::sum);
    if (loops == benchmarkLoops) {
      known.put(key, o);
      log.add(key);
      if (gaveUp && measured == 0) {
        unfinished.add(key);
      }
    }
    gaveUp |= before;
    return o;
  }

  /** Begins to count anew how much is run through, for what is measured. */
  private void begin() {
    runs = 0;
    contexts.clear();
    unfinished.forEach(known::remove);
    unfinished.clear();
  }

  /**
   * A function that calls itself, of which only slices grow that it gets and hands on: how often
   * that happens is told in one place. What is known already if that does not help.
   */
  private Outcome grownOutside(Facts.Function f, Known[] args, Outcome known) {
    Known[] growing = new Known[args.length];
    boolean any = false;
    for (int i = 0; i < args.length; i++) {
      boolean more = f.inspected().contains(i) && !args[i].growing();
      growing[i] = more ? args[i].withGrowing(true) : args[i];
      any |= more;
    }
    if (!any || insideGrowing) {
      return known;
    }
    insideGrowing = true;
    Outcome o = run(f, growing);
    insideGrowing = false;
    Set<String> grew = Growth.uncounted(o.growth(), base -> isGrowing(args, base));
    if (!o.isBounded()
        || Growth.isTooMuch(o.growth())
        || !Growth.conflicts(grew, o.growth()).isEmpty()) {
      return known;
    }
    return counted(o, grew);
  }

  private static boolean isGrowing(Known[] args, String base) {
    return !base.startsWith("L") && args[Integer.parseInt(base)].growing();
  }

  /** An outcome, with what it costs that these slices grow. */
  private static Outcome counted(Outcome o, Set<String> grew) {
    return o.withGrowth(entries -> without(entries, grew))
        .plus(AllocationModel.growths().times(Range.exactly(grew.size()), ""));
  }

  private static Set<String> without(Set<String> entries, Set<String> some) {
    Set<String> rest = new HashSet<>(entries);
    rest.removeAll(some);
    return rest;
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

    /** Whether the next call is that of a go statement. */
    private boolean starting;

    /** The error variable that the last call set, and the flow if it has set it to nil. */
    private int lastError;

    private Outcome withoutError = Outcome.NEVER;

    /** How many steps around are done once. */
    private int filling;

    /** How many tries are under way, of which the listener need not know. */
    private int muted;

    /** Whether all variables are such that it is counted around a loop how they grow. */
    private boolean allGrowing;

    /** Whether a loop was fed when the loop around began, and how many loops were found. */
    private boolean fedBefore;

    private int loopsBefore;

    /** The variables of which it is counted around a loop how they grow. */
    private Predicate<String> growing = _ -> false;

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
        case Step.Renewed r -> renewed(r, in);
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
              .times(Range.UNKNOWN, Growth.ROUNDS + "a goto in " + f.name());
      if ((beside > 0 || fed) && measured == 0 && !rounds.isZero()) {
        busy = (beside > 0 ? BESIDE : FED) + f.name();
      }
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
      starting |= site.kind() == Site.Kind.GO;
      boolean kept = !a.owner().equals(Val.ANY) && values.of(a.owner()).kept();
      Val.Spot growing = values.growing(a.spot());
      Cost cost =
          kept || filling > 0 || (narrow && Printing.isForWide(f.key()))
              ? Cost.AMORTIZED
              : growing != null
                  ? Cost.growing(Growth.grew(growing))
                  : model.cost(site, length(site));
      if (muted == 0 && listener != null && !cost.isZero()) {
        listener.site(site, cost, times);
      }
      return in.plus(cost);
    }

    private Outcome renewed(Step.Renewed r, Outcome in) {
      Val.Spot spot = values.growing(r.spot());
      return spot == null || spot.equals(values.growing(r.value()))
          ? in
          : in.plus(Cost.growing(Growth.renewed(spot)));
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
      boolean goes = starting && measured == 0;
      boolean after = fed;
      int loops = benchmarkLoops;
      starting = false;
      Outcome cost =
          filling > 0 ? Outcome.of(Cost.AMORTIZED) : goes ? goroutine(c, args) : target(c, args);
      if (after
          && measured == 0
          && loops == benchmarkLoops
          && !isTestingCall(c)
          && !cost.isBounded()) {
        busy = FED + c.place();
      }
      Outcome out = in.then(cost);
      if (c.error() != 0) {
        lastError = c.error();
        Cost before = in.failed();
        withoutError = new Outcome(out.normal(), before == null ? null : before.plus(cost.any()));
      }
      return out;
    }

    private static boolean isTestingCall(Step.Call c) {
      return c.target() instanceof Target.Static t && isTesting(t.key());
    }

    /** A call in a goroutine of its own. */
    private Outcome goroutine(Step.Call c, List<Known> args) {
      beside++;
      Outcome o = target(c, args);
      beside--;
      if (!o.isNever() && !o.isBounded()) {
        busy = BESIDE + c.place();
      }
      return o.isNever() ? Outcome.NOTHING : o; // The caller goes on.
    }

    private Outcome target(Step.Call c, List<Known> args) {
      Range outside = around;
      around = isTesting(f.key()) ? Range.exactly(1) : around.times(atLeastOnce(times));
      Outcome o = called(c, args);
      around = outside;
      return o;
    }

    private Outcome called(Step.Call c, List<Known> args) {
      return switch (c.target()) {
        case Target.Static t when t.key().equals(SUB_BENCHMARK) -> {
          String outer = benchmark;
          benchmark += BenchmarkLoop.part(values.name(c.args().get(1)));
          Outcome o = runs(c, 2, args);
          benchmark = outer;
          yield o;
        }
        case Target.Static t when t.key().equals(PARALLEL) -> runs(c, 1, args);
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
            boolean unseen = true;
            if (flows != null && m.receiver() instanceof Val.Flowing f) {
              if (Boolean.TRUE.equals(receiver.nil())) {
                yield Outcome.NEVER;
              }
              candidates = flows.methods(f.place(), m.method());
              unseen = flows.contents(f.place()).unknown();
            } else {
              candidates = program.implementations(m.iface(), m.method());
            }
            if (unseen && (candidates.isEmpty() || program.isShaped(m.method()))) {
              String what = name(m.method());
              yield Outcome.unknown(
                  candidates.isEmpty()
                      ? "nothing in the program is " + what
                      : "generic code has types with " + what);
            }
          }
          yield several(c, candidates, withoutReceiver(args), name(m.method()));
        }
        case Target.Value v -> {
          Known fn = values.of(v.fn());
          List<Known> given = new ArrayList<>();
          args.forEach(a -> given.add(a.withGrowing(false)));
          if (fn.function() != null) {
            String key = fn.function().key();
            List<Known> all = new ArrayList<>();
            fn.function().arguments(given, params(key)).forEach(a -> all.add(a.withGrowing(false)));
            yield one(c, key, all);
          }
          if (Boolean.TRUE.equals(fn.nil())) {
            yield Outcome.NEVER;
          }
          if (flows != null && v.fn() instanceof Val.Flowing f) {
            Flows.Contents found = flows.contents(f.place());
            if (!found.unknown() && !found.functions().isEmpty()) {
              yield values(c, found.functions(), given);
            }
          }
          yield several(c, program.values(v.signature()), List.of(), "a function value");
        }
      };
    }

    /** The testing package runs a function that is an argument; what that costs is no matter. */
    private Outcome runs(Step.Call c, int argument, List<Known> args) {
      Range outside = around;
      around = Range.exactly(1);
      int below = floor;
      floor = depth;
      Known.Function known = args.get(argument).function();
      Val fn = c.args().get(argument) instanceof Val.Owned o ? o.value() : c.args().get(argument);
      if (known != null) {
        Counter.this.call(
            known.key(), known.arguments(List.of(Known.NOTHING), params(known.key())));
      } else if (flows != null && fn instanceof Val.Flowing f) {
        for (Flows.Callee callee : flows.contents(f.place()).functions()) {
          Counter.this.call(callee.key(), List.of());
        }
      }
      floor = below;
      around = outside;
      return Outcome.NOTHING;
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
      return "method " + Program.methodName(method);
    }

    private static List<Known> withoutReceiver(List<Known> args) {
      List<Known> list = new ArrayList<>(args);
      Known receiver = list.get(0);
      list.set(0, Known.NOTHING.withKept(receiver.kept()).withGrowing(receiver.growing()));
      return list;
    }

    private Outcome one(Step.Call c, String key, List<Known> args) {
      Outcome o = inCaller(c, Counter.this.call(key, args));
      if (muted == 0 && listener != null && !o.any().isZero()) {
        List<Known> given = List.copyOf(args);
        listener.call(c.place(), List.of(key), o, times, inner -> explain(key, given, inner));
      }
      return o;
    }

    /** What is written down of a callee's parameters, in terms of the arguments. */
    private Outcome inCaller(Step.Call c, Outcome o) {
      return o.withGrowth(entries -> {
        if (Growth.isTooMuch(entries)) {
          return entries;
        }
        Set<String> result = new HashSet<>();
        for (String e : entries) {
          int param = Growth.param(e);
          if (param >= 0
              && param < c.args().size()
              && c.args().get(param) instanceof Val.Owned owned) {
            Val.Spot spot = values.growing(owned.spot());
            if (spot != null) {
              result.add(Growth.inCaller(e, spot));
            }
          }
        }
        return result;
      });
    }

    private Outcome several(
        Step.Call c, Collection<String> candidates, List<Known> args, String what) {
      Outcome o = Outcome.NEVER;
      if (candidates.isEmpty() && flows != null && c.target() instanceof Target.Method) {
        // Nothing that has been made in this run has such a method.
        o = Outcome.NEVER;
      } else if (candidates.isEmpty()) {
        o = Outcome.unknown("nothing in the program is " + what);
      } else if (candidates.size() > (flows == null ? MAX_CANDIDATES : MAX_FLOWN)) {
        o = Outcome.unknown(candidates.size() + " candidates for " + what);
      } else {
        unsure++;
        for (String key : candidates) {
          o = o.or(Counter.this.call(key, args));
        }
        unsure--;
        o = inCaller(c, o);
      }
      if (muted == 0 && listener != null && !o.any().isZero()) {
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
        out = chosen(c, "nil", in);
      } else if (types.isEmpty()) {
        for (Step arm : c.arms()) {
          out = out.or(step(arm, in));
        }
      } else if (!Boolean.FALSE.equals(subject.nil())) {
        out = chosen(c, "nil", in);
      }
      for (String type : types) {
        out = out.or(chosen(c, type, in));
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

    /**
     * The way that a type goes: the first that has it or an interface of it, or the default. Types
     * of generic code may be it.
     */
    private Outcome chosen(Step.TypeChoice c, String type, Outcome in) {
      Outcome out = Outcome.NEVER;
      int otherwise = c.cases().size() - 1;
      for (int i = 0; i < c.cases().size(); i++) {
        List<String> names = c.cases().get(i);
        if (names.isEmpty()) {
          otherwise = i;
        }
        for (String name : names) {
          if (name.equals(type) || (!type.equals("nil") && program.isImplementation(type, name))) {
            return out.or(step(c.arms().get(i), in));
          }
          if (program.mayBeAny(name)) {
            out = out.or(step(c.arms().get(i), in));
          }
        }
      }
      return out.or(step(c.arms().get(otherwise), in));
    }

    /** What a loop's body does in a round, by where it goes. */
    private record Round(
        Outcome next,
        @Nullable Outcome broken,
        Outcome returned,
        Map<Integer, Outcome> breaks,
        Map<Integer, Outcome> gotos) {
      /** This round after others. */
      Round after(Outcome others) {
        return new Round(others, broken, returned, breaks, gotos);
      }
    }

    private Outcome loop(Step.Loop l, Outcome in) {
      Range trips = trips(l);
      if (trips.isZero()) {
        return in;
      }
      boolean outerFed = fedBefore;
      int outerLoops = loopsBefore;
      fedBefore = fed;
      loopsBefore = benchmarkLoops;
      Outcome out = loop(l, in, trips);
      fedBefore = outerFed;
      loopsBefore = outerLoops;
      return out;
    }

    private Outcome loop(Step.Loop l, Outcome in, Range trips) {
      Val.Table table = values.table(l.rows().table());
      if (table == null) {
        return rounds(l, in, trips);
      }
      for (int i = 0; i < table.elements().size(); i++) {
        values.bind(l.rows(), table, i);
        contexts.clear();
        muted++;
        round(l, times);
        muted--;
      }
      values.bind(l.rows(), null, 0);
      unsure++; // The sub-benchmarks have been looked at, each with its name.
      Outcome out = rounds(l, in, trips);
      unsure--;
      return out;
    }

    private Outcome rounds(Step.Loop l, Outcome in, Range trips) {
      if (l.pace().isBenchmark()) {
        int before = runs;
        if (measured++ == 0) {
          begin();
        }
        int outer = filling;
        filling = 0; // What comes before the loop may be done once, but not what is in it.
        Round round = round(l, Range.exactly(1));
        filling = outer;
        if (--measured == 0) {
          runs = before;
        }
        if (beside > 0) {
          if (round.next.any().isNothing()) {
            fed = true;
          } else {
            busy = BESIDE + l.place(); // So many goroutines may do so.
          }
        }
        // The loop may stand in another one, as that over a table: an operation is all of it.
        Range all = around.times(atLeastOnce(times));
        Outcome rounds = round.next.times(all, Growth.ROUNDS + "a loop around " + l.place());
        benchmark(l, perOperation(rounds, l));
        return after(l, in, round, trips);
      }
      if (allGrowing || !isLong(trips)) {
        return after(l, in, round(l, times.times(trips)), trips);
      }
      muted++;
      Round round = round(l, times.times(trips));
      Set<String> grew = Set.of();
      Predicate<String> outer = growing;
      if (!round.next.any().isZero() && Growth.mayExplain(round.next.any())) {
        Set<String> excluded = new HashSet<>();
        for (int i = 0; i < MAX_TRIES; i++) {
          growing = base -> outer.test(base) || !excluded.contains(base);
          values.setGrowing(growing);
          allGrowing = excluded.isEmpty();
          Round other = round(l, times.times(trips));
          allGrowing = false;
          // The last round, which jumps out, is counted as any other code.
          Set<String> growth = other.next.growth();
          growing = outer;
          values.setGrowing(outer);
          if (Growth.isTooMuch(growth)) {
            break;
          }
          Set<String> uncounted = Growth.uncounted(growth, values::isGrowing);
          Set<String> conflicts = Growth.conflicts(uncounted, growth);
          if (conflicts.isEmpty()) {
            if (isLess(other.next, round.next)) {
              round = round.after(other.next);
              grew = uncounted;
              growing = base -> outer.test(base) || !excluded.contains(base);
            }
            break;
          }
          excluded.addAll(conflicts);
        }
      }
      muted--;
      if (listener != null && muted == 0) {
        values.setGrowing(growing);
        round(l, times.times(trips));
        values.setGrowing(outer);
      }
      growing = outer;
      Outcome savedReturned = returned;
      returned = Outcome.NEVER;
      Set<String> counted = grew;
      Map<Integer, Outcome> savedBreaks = breaks;
      Map<Integer, Outcome> savedGotos = gotos;
      breaks = new HashMap<>();
      gotos = new HashMap<>();
      Outcome out = counted(after(l, in, round, trips), counted);
      Outcome leaves = returned;
      Map<Integer, Outcome> leftBreaks = breaks;
      Map<Integer, Outcome> leftGotos = gotos;
      returned = leaves.isNever() ? savedReturned : savedReturned.or(counted(leaves, counted));
      breaks = savedBreaks;
      gotos = savedGotos;
      leftBreaks.forEach((k, o) -> breaks.merge(k, counted(o, counted), Outcome::or));
      leftGotos.forEach((k, o) -> gotos.merge(k, counted(o, counted), Outcome::or));
      return out;
    }

    /** What an operation costs of a benchmark with a loop, of which this is a round. */
    private static Outcome perOperation(Outcome round, Step.Loop l) {
      Step.Pace pace = l.pace();
      if (pace.operations() == 0) {
        return round.times(Range.UNKNOWN, "rounds of the benchmark's loop at " + l.place());
      }
      Outcome o = round.per(pace.rounds(), pace.operations());
      return pace.exact() ? o : o.orNothing();
    }

    /** Reports whether it matters that slices do not grow in each round. */
    private static boolean isLong(Range trips) {
      Formula most = trips.high();
      return most == null || (most.isConstant() && most.constant() > LONG);
    }

    private static boolean isLess(Outcome a, Outcome b) {
      Formula most = a.any().allocs().high();
      Formula other = b.any().allocs().high();
      return most != null
          && (other == null
              || (most.isConstant() && other.isConstant() && most.constant() < other.constant()));
    }

    private Round round(Step.Loop l, Range rounds) {
      Range outer = times;
      times = rounds;
      Outcome savedReturned = returned;
      Map<Integer, Outcome> savedBreaks = breaks;
      Map<Integer, Outcome> savedGotos = gotos;
      breaks = new HashMap<>();
      gotos = new HashMap<>();
      returned = Outcome.NEVER;
      Outcome next = step(l.body(), Outcome.NOTHING);
      Outcome broken = breaks.remove(l.id());
      Round round = new Round(next, broken, returned, breaks, gotos);
      returned = savedReturned;
      breaks = savedBreaks;
      gotos = savedGotos;
      times = outer;
      return round;
    }

    private Outcome after(Step.Loop l, Outcome in, Round round, Range trips) {
      boolean follows = fedBefore && measured == 0 && loopsBefore == benchmarkLoops;
      if ((beside > 0 || follows) && !trips.isBounded() && !round.next.any().isZero()) {
        busy = (beside > 0 ? BESIDE : FED) + l.place();
      }
      String reason = Growth.ROUNDS + "the loop at " + l.place();
      // Some rounds may come before a jump out of the loop.
      Cost some = round.next.any().times(trips, reason).orNothing();
      Outcome base = in.plus(some);
      if (!round.returned.isNever()) {
        returned = returned.or(base.then(round.returned));
      }
      round.breaks.forEach((k, o) -> breaks.merge(k, base.then(o), Outcome::or));
      round.gotos.forEach((k, o) -> gotos.merge(k, base.then(o), Outcome::or));
      Outcome out = round.broken == null ? Outcome.NEVER : base.then(round.broken);
      return l.endless() ? out : out.or(completed(in, round.next, trips, reason));
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
