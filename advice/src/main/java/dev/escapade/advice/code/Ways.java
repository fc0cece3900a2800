package dev.escapade.advice.code;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.decisions.Decision;
import dev.escapade.decisions.FlowNote;
import dev.escapade.decisions.FlowPath;
import dev.escapade.decisions.FlowStep;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the paths of the decision log into words of the source. Where a path ends at a call, what
 * the callee does with its parameter follows, through packages.
 */
public final class Ways {
  /** Longer chains explain nothing more. */
  private static final int MAX_CALLEES = 6;

  private static final int MAX_STEPS = 12;

  /** How a path spells the memory of an expression. */
  private static final String STORAGE = "{storage for ";

  private final Tree tree;
  private final Types types;
  private final Extents extents;
  private final Function<Func, @Nullable List<@Nullable Kept>> imports;
  private final Map<Integer, List<Decision.EscapePath>> escapes = new HashMap<>();
  private final Map<String, List<Decision.EscapePath>> named = new HashMap<>();
  private final Map<String, Map<String, Decision.LeakPath>> leaks = new HashMap<>();

  /** Parameters that something else which is on the heap refers to, by position. */
  private final Set<Integer> held = new HashSet<>();

  private final Map<Func, String> names;
  private final Map<Integer, Decision.Devirtualizing> devirtualized = new HashMap<>();

  /**
   * The paths of a package.
   *
   * @param decisions its log, with paths
   * @param names its functions, as the log spells them
   * @param imports how the functions of other packages keep their parameters, the receiver first;
   *     null for a function of which nothing is known
   */
  public Ways(
      Tree tree,
      Types types,
      Extents extents,
      List<Decision> decisions,
      Map<Func, String> names,
      Function<Func, @Nullable List<@Nullable Kept>> imports) {
    this.tree = tree;
    this.types = types;
    this.extents = extents;
    this.names = names;
    this.imports = imports;
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.EscapePath d when d.pos() > 0 -> {
          escapes.computeIfAbsent(d.pos(), _ -> new ArrayList<>(1)).add(d);
          named.computeIfAbsent(d.subject(), _ -> new ArrayList<>(1)).add(d);
        }
        case Decision.LeakPath d when d.sink().startsWith(STORAGE) && d.derefs() == 0 ->
            held.add(d.pos());
        case Decision.LeakPath d when d.sink().equals("{heap}") && d.pos() > 0 ->
            // The address itself says more than a copy of what is behind it.
            leaks
                .computeIfAbsent(d.function(), _ -> new TreeMap<>())
                .merge(d.parameter(), d, (a, b) -> b.derefs() < a.derefs() ? b : a);
        case Decision.Devirtualizing d when !d.partially() -> devirtualized.put(d.pos(), d);
        default -> {} // tells of no way
      }
    }
  }

  /** How what {@code site} makes comes to be on the heap. */
  public Way of(Site site) {
    return of(site.outerPos(), site.text());
  }

  /**
   * How something comes to be on the heap.
   *
   * @param subject how the log spells it
   */
  public Way of(int pos, String subject) {
    List<Decision.EscapePath> found = escapes.getOrDefault(pos, List.of());
    for (Decision.EscapePath path : found) {
      if (path.subject().equals(subject) || isAppend(path, subject)) {
        return way(path, 0);
      }
    }
    return found.isEmpty() ? Way.UNKNOWN : way(found.getFirst(), 0);
  }

  /** A verdict on an append does not spell its arguments, but its path does. */
  private static boolean isAppend(Decision.EscapePath path, String subject) {
    return subject.equals("append") && path.subject().startsWith("append(");
  }

  /** How what a parameter points to comes to be on the heap. */
  public Way ofParameter(int pos, String parameter) {
    for (Map<String, Decision.LeakPath> paths : leaks.values()) {
      Decision.LeakPath path = paths.get(parameter);
      if (path != null && path.pos() == pos) {
        return way(path.path(), null, 0);
      }
    }
    return Way.UNKNOWN;
  }

  /** Reports whether what a parameter points to comes to be on the heap itself. */
  public boolean isKept(int pos, String parameter) {
    return held.contains(pos)
        || leaks.values().stream()
            .map(paths -> paths.get(parameter))
            .anyMatch(path -> path != null && path.pos() == pos && path.derefs() == 0);
  }

  /** Reports whether an interface call was made static. */
  public boolean isDevirtualized(int callPos) {
    return devirtualized.containsKey(callPos);
  }

  /** How a function of this package keeps its parameters, the receiver first; for importers. */
  public List<@Nullable Kept> kept(Func f) {
    List<@Nullable Kept> kept = new ArrayList<>();
    Var recv = f.signature().recv();
    if (recv != null) {
      kept.add(kept(f, recv.name(), 0));
    }
    for (Var param : f.signature().params().vars()) {
      kept.add(kept(f, param.name(), 0));
    }
    while (!kept.isEmpty() && kept.getLast() == null) {
      kept.removeLast();
    }
    return kept;
  }

  private @Nullable Kept kept(Func f, String parameter, int depth) {
    String name = names.get(f);
    Decision.LeakPath path =
        name == null ? null : leaks.getOrDefault(name, Map.of()).get(parameter);
    if (path == null || depth > MAX_CALLEES) {
      return null;
    }
    Way way = way(path.path(), null, depth + 1);
    return new Kept(way.end(), way.keeper(), way.steps());
  }

  private Way way(Decision.EscapePath escape, int depth) {
    return way(escape.path(), escape, depth);
  }

  private Way way(FlowPath path, Decision.@Nullable EscapePath escape, int depth) {
    Words words = new Words(escape, depth);
    for (FlowStep step : path.steps()) {
      words.begin(step);
      for (FlowNote note : step.notes()) {
        words.add(step, note);
        if (escape != null && words.isReturned(note)) {
          // What becomes of the result in this function besides needs no telling.
          return new Way(words.steps, words.end, words.endPos, words.keeper);
        }
      }
    }
    words.end(path.steps().isEmpty() ? null : path.steps().getLast());
    return new Way(words.steps, words.end, words.endPos, words.keeper);
  }

  /** What a path says of a location: a variable, or something's storage. */
  private static String subject(String location) {
    return location.startsWith(STORAGE) && location.endsWith("}")
        ? location.substring(STORAGE.length(), location.length() - 1)
        : location;
  }

  /** What the log calls by less than its text, in words. */
  public static String inWords(String subject) {
    return switch (subject) {
      case "append" -> "the array of append";
      case "func literal" -> "the function literal";
      case "... argument" -> "the slice of the arguments";
      default -> subject;
    };
  }

  /** What is told of one path. */
  private final class Words {
    /** What it is the path of, unless of a parameter. */
    final Decision.@Nullable EscapePath escape;

    final int depth;
    final List<CauseStep> steps = new ArrayList<>();
    Way.End end = Way.End.UNKNOWN;
    int endPos;
    String keeper = "";
    private int lastPos;
    private String lastText = "";

    /** What flows at the note in hand, and where it was last seen on this step; 0 for nowhere. */
    private String source = "";

    private int sourcePos;

    Words(Decision.@Nullable EscapePath escape, int depth) {
      this.escape = escape;
      this.depth = depth;
    }

    void begin(FlowStep step) {
      source = step.source();
      sourcePos = 0;
    }

    void add(FlowStep step, FlowNote note) {
      tell(step, note);
      sourcePos = note.pos();
    }

    /** A declared function has returned it, and not one whose body was inlined. */
    boolean isReturned(FlowNote note) {
      Stmt.ReturnStmt r =
          end == Way.End.RETURNED ? tree.at(note.pos(), Stmt.ReturnStmt.class) : null;
      return r != null && tree.function(r) instanceof Decl.FuncDecl;
    }

    private void tell(FlowStep step, FlowNote note) {
      boolean toHeap = step.destination().equals("{heap}");
      end = Way.End.UNKNOWN;
      keeper = "";
      endPos = note.pos();
      switch (note.why()) {
        case "call parameter", "callee operand" -> {
          if (note.where().startsWith("panic(")) {
            end = Way.End.PANIC; // perhaps in what was inlined here
          } else {
            call(note, toHeap);
          }
        }
        case "return" -> {
          say(note.pos(), "returned");
          end = Way.End.RETURNED;
        }
        case "send" -> {
          say(note.pos(), "sent on a channel: " + note.where());
          end = Way.End.SENT;
        }
        case "interface-converted" -> say(note.pos(), "converted to an interface: " + note.where());
        case "captured by a closure" ->
            say(note.pos(), "captured by a function literal: " + note.where());
        case "reference" -> say(note.pos(), "captured by reference: " + note.where());
        case "key of map put" -> {
          say(note.pos(), "stored as a key of a map: " + note.where());
          end = Way.End.STORED;
        }
        case "map literal key", "map literal value" -> {
          say(note.pos(), "put into a map literal");
          end = Way.End.STORED;
        }
        case "too large for stack", "too aligned for stack", "zero-sized element" -> {
          say(note.pos(), note.why());
          end = Way.End.SIZE;
        }
        case "appended slice...", "copied slice" -> {
          keeper = firstArgument(note.where());
          say(note.pos(), "copied to " + (keeper.isEmpty() ? "another slice" : keeper));
          end = toHeap ? Way.End.COPIED : Way.End.UNKNOWN;
        }
        default -> other(note, toHeap);
      }
    }

    /** The slice that is copied to, in {@code append(x, y...)} and {@code copy(x, y)}. */
    private static String firstArgument(String call) {
      int open = call.indexOf('(');
      int comma = call.indexOf(", ", open);
      String first = open < 0 || comma < 0 ? "" : call.substring(open + 1, comma);
      return first.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.') ? first : "";
    }

    private void other(FlowNote note, boolean toHeap) {
      if (note.why().startsWith("assign") || note.why().startsWith("range")) {
        assign(note, toHeap);
      } else if (note.why().equals("appendee slice") || isAppended(note)) {
        say(note.pos(), "appended to a slice: " + note.where());
      } else if (note.why().equals("slice-literal-element")
          && tree.at(note.pos(), Expr.CompositeLit.class) != null) {
        say(note.pos(), "put into a slice literal");
      }
    }

    private boolean isAppended(FlowNote note) {
      return note.where().startsWith("append(");
    }

    private void assign(FlowNote note, boolean toHeap) {
      Stmt.AssignStmt s = tree.at(note.pos(), Stmt.AssignStmt.class);
      if (!toHeap) {
        if (s != null && !(s.rhs() instanceof Expr.CallExpr)) {
          // The compiler's own variables have no name that anybody has written.
          say(
              note.pos(),
              note.where().contains(".autotmp_")
                  ? "assigned to " + ExprPrinter.toString(s.lhs())
                  : "assigned: " + note.where());
        }
        return;
      }
      Expr target = s == null ? null : target(s, note);
      Var global = s == null ? types.globalAtStart(note.where()) : types.global(root(target));
      end = Way.End.STORED;
      if (global != null) {
        end = Way.End.GLOBAL;
        keeper = global.name();
        say(
            note.pos(),
            types.global(target) == global || note.where().startsWith(global.name() + " = ")
                ? "stored in package variable " + global.name()
                : "stored in what package variable "
                    + global.name()
                    + " refers to: "
                    + written(s, note));
      } else if (s == null || target == null) {
        say(note.pos(), "stored: " + written(s, note));
      } else {
        keeper = ExprPrinter.toString(target);
        say(note.pos(), "stored in " + keeper + ", which may live longer");
      }
    }

    /** The assignment as it is written, where the path spells what the compiler made of it. */
    private static String written(Stmt.@Nullable AssignStmt s, FlowNote note) {
      return s != null
              && s.rhs() != null
              && (note.where().contains(".autotmp_") || note.where().contains("~r"))
          ? ExprPrinter.toString(s.lhs()) + " = ..."
          : note.where();
    }

    private @Nullable Expr target(Stmt.AssignStmt s, FlowNote note) {
      List<Expr> targets = Syntax.unpackList(s.lhs());
      if (targets.size() == 1) {
        return targets.getFirst();
      }
      for (Expr target : targets) {
        if (note.where().startsWith(ExprPrinter.toString(target) + " ")) {
          return target;
        }
      }
      return null;
    }

    /** The variable at the start of a chain of selectors, indices and indirections. */
    private @Nullable Expr root(@Nullable Expr target) {
      Expr e = target;
      while (e != null) {
        Expr x = Syntax.unparen(e);
        if (types.global(x) != null) {
          return x;
        }
        e =
            switch (x) {
              case Expr.SelectorExpr s -> s.x();
              case Expr.IndexExpr i -> i.x();
              case Expr.UnaryExpr u -> u.x();
              default -> null; // no further
            };
        if (e == null) {
          return x;
        }
      }
      return null;
    }

    private void call(FlowNote note, boolean toHeap) {
      Expr.CallExpr call = tree.at(note.pos(), Expr.CallExpr.class);
      if (call == null && toHeap && isAppended(note)) { // in the body of a range over a function
        end = Way.End.STORED;
        keeper = firstArgument(note.where());
        say(note.pos(), "becomes an element: " + note.where());
        return;
      }
      if (call == null) {
        Stmt.CallStmt s = tree.at(note.pos(), Stmt.CallStmt.class);
        if (s != null && toHeap) {
          end = s.defer() ? Way.End.CALLEE : Way.End.GOROUTINE;
          say(note.pos(), s.defer() ? "deferred in a loop" : "used by a new goroutine");
        }
        return;
      }
      if (!toHeap) {
        return; // what comes back from the call is told by the next step
      }
      if (isGo(call)) {
        end = Way.End.GOROUTINE;
        say(note.pos(), "used by a new goroutine: " + note.where());
        return;
      }
      if (types.builtin(call) != null) {
        end = Way.End.STORED;
        keeper = call.args().isEmpty() ? "" : ExprPrinter.toString(call.args().getFirst());
        say(note.pos(), "becomes an element: " + note.where());
        return;
      }
      Func callee = types.callee(call);
      String text = ExprPrinter.toString(call.fun());
      if (callee == null) {
        end = Way.End.FUNCTION_VALUE;
        keeper = text;
        say(note.pos(), "passed to function value " + text + ", which might keep it");
      } else if (Types.isInterfaceMethod(callee) && !isDevirtualized(call.pos())) {
        end = Way.End.INTERFACE_CALL;
        keeper = text;
        say(
            note.pos(),
            "passed to interface method " + text + ", and some implementation might keep it");
      } else {
        end = Way.End.CALLEE;
        keeper = callee.name();
        say(note.pos(), "passed to " + text);
        follow(note, call, callee);
      }
    }

    private boolean isGo(Expr.CallExpr call) {
      return tree.parentSkippingParens(call) instanceof Stmt.CallStmt s && !s.defer();
    }

    /** Tells what the callee does with what it is given. */
    private void follow(FlowNote note, Expr.CallExpr call, Func callee) {
      Func origin = callee.origin();
      List<@Nullable Kept> kept;
      if (names.containsKey(origin)) {
        if (depth >= MAX_CALLEES) {
          return;
        }
        kept = new ArrayList<>();
        for (Var param : origin.signature().params().vars()) {
          kept.add(kept(origin, param.name(), depth));
        }
        if (origin.signature().recv() != null) {
          kept.addFirst(kept(origin, origin.signature().recv().name(), depth));
        }
      } else {
        kept = imports.apply(origin);
      }
      boolean isInlined = !note.where().contains(callee.name() + "(");
      Kept found =
          kept == null ? null : isInlined ? named(origin, kept) : choose(call, origin, kept);
      if (found != null && steps.size() + found.steps().size() < MAX_STEPS) {
        steps.addAll(found.steps());
        keeper = found.keeper().isEmpty() ? keeper : found.keeper();
        if (found.end() != Way.End.UNKNOWN && found.end() != Way.End.RETURNED) {
          end = found.end();
        }
      }
    }

    /** How the parameter that it was is kept: the one whose argument has what flows; or null. */
    private @Nullable Kept choose(Expr.CallExpr call, Func callee, List<@Nullable Kept> kept) {
      int receivers = callee.signature().recv() == null ? 0 : 1;
      int last = callee.signature().params().len() - 1;
      for (boolean byName : new boolean[] {false, true}) {
        for (int i = 0; i < call.args().size(); i++) {
          if (flows(call.args().get(i), byName)) {
            return at(kept, receivers + Math.min(i, last));
          }
        }
        Expr receiver = receivers == 0 ? null : types.receiver(call);
        if (receiver != null && flows(receiver, byName)) {
          return at(kept, 0);
        }
      }
      return only(kept);
    }

    /** How the parameter is kept that flows in a callee that was inlined; or null. */
    private @Nullable Kept named(Func callee, List<@Nullable Kept> kept) {
      String name = source.substring(source.lastIndexOf('.') + 1);
      Var recv = callee.signature().recv();
      if (recv != null && recv.name().equals(name)) {
        return at(kept, 0);
      }
      List<Var> params = callee.signature().params().vars();
      for (int i = 0; i < params.size(); i++) {
        if (params.get(i).name().equals(name)) {
          return at(kept, (recv == null ? 0 : 1) + i);
        }
      }
      return only(kept);
    }

    private static @Nullable Kept only(List<@Nullable Kept> kept) {
      List<Kept> all = kept.stream().filter(Objects::nonNull).toList();
      return all.size() == 1 ? all.getFirst() : null;
    }

    private static @Nullable Kept at(List<@Nullable Kept> kept, int index) {
      return index < kept.size() ? kept.get(index) : null;
    }

    /** What flows comes by way of {@code e}: it was seen there, or its variable is named there. */
    private boolean flows(Expr e, boolean byName) {
      return byName
          ? Tree.any(
              e,
              n -> n instanceof Expr.Name name && name.value().equals(source) && !isSelected(name))
          : isWithin(sourcePos, e) || isWithin(lastPos, e);
    }

    /** A field or method that has the same name as a variable is not that variable. */
    private boolean isSelected(Expr.Name name) {
      return switch (tree.parent(name)) {
        case Expr.SelectorExpr s -> Tree.same(s.sel(), name);
        case Expr.KeyValueExpr k -> Tree.same(k.key(), name);
        case null, default -> false;
      };
    }

    private boolean isWithin(int pos, Expr e) {
      return pos > 0 && tree.at(pos).stream().anyMatch(n -> tree.isWithin(n, e));
    }

    void end(@Nullable FlowStep last) {
      if (last == null || last.destination().equals("{heap}")) {
        return;
      }
      if (end == Way.End.RETURNED || end == Way.End.GOROUTINE || end == Way.End.SENT) {
        return;
      }
      Node at = null;
      for (Node n : tree.at(endPos)) {
        at = n;
      }
      keeper = last.destination();
      Decision.EscapePath holder = holder(last.destination());
      if (last.destination().startsWith("~r") || isResult(at, last.destination())) {
        end = Way.End.RETURNED;
      } else if (holder != null) {
        held(holder);
      } else {
        end = Way.End.LOOP;
      }
    }

    /** The path of what a location of the same function is called, if that is on the heap. */
    private Decision.@Nullable EscapePath holder(String location) {
      if (escape == null) {
        return null;
      }
      Decision.EscapePath nearest = null;
      for (Decision.EscapePath other : named.getOrDefault(subject(location), List.of())) {
        if (other.function().equals(escape.function())
            && !other.equals(escape)
            && (nearest == null
                || Math.abs(other.pos() - endPos) < Math.abs(nearest.pos() - endPos))) {
          nearest = other;
        }
      }
      return nearest;
    }

    /** Tells how the holder comes to be on the heap, too. */
    private void held(Decision.EscapePath holder) {
      end = Way.End.HOLDER;
      keeper = holder.subject();
      if (depth >= MAX_CALLEES) {
        return;
      }
      Way way = way(holder, depth + 1);
      if (steps.size() + way.steps().size() + 1 < MAX_STEPS) {
        if (!way.steps().isEmpty()) {
          say(holder.pos(), "held by " + inWords(keeper) + ", which is on the heap as well:");
        }
        steps.addAll(way.steps());
      }
    }

    private boolean isResult(@Nullable Node at, String name) {
      Node function = at == null ? null : tree.function(at);
      List<dev.escapade.syntax.Field> results =
          switch (function) {
            case Decl.FuncDecl d -> d.type().results();
            case Expr.FuncLit f -> f.type().results();
            case null, default -> List.of(); // outside of functions
          };
      return results.stream()
          .anyMatch(f -> f.name() != null && Objects.requireNonNull(f.name()).value().equals(name));
    }

    private void say(int pos, String text) {
      if (pos <= 0 || (pos == lastPos && text.equals(lastText))) {
        return;
      }
      lastPos = pos;
      lastText = text;
      steps.add(new CauseStep(extents.at(pos), text));
    }
  }
}
