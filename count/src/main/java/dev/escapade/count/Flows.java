package dev.escapade.count;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may be in the places of interfaces and functions in a run that starts with given functions:
 * types and functions flow from where they get into an interface or a variable to where they are
 * used, in the functions that are reached, and calls reach more of them, until nothing changes. A
 * place has the same contents whoever calls; {@link Counter} tells calls apart where it can.
 *
 * <p>What reflection makes has a type of which it got a value, through the address of an interface
 * that is taken as an unsafe pointer, or is a part of such a type.
 */
final class Flows {
  private static final String POINTER = "*";

  /** What nobody sees the making of. */
  private static final String UNKNOWN = "?";

  private static final String POOL_PUT = "sync.(*Pool).Put";
  private static final String POOL_GET = "sync.(*Pool).Get";
  private static final String POOL_NEW = "F:sync.Pool.New";

  /** What package reflect assigns with. */
  private static final List<String> SETTERS =
      List.of("reflect.Value.Set", "reflect.Copy", "reflect.Value.Send", "reflect.Value.TrySend");

  /** What package reflect hands out addresses with, through which others assign. */
  private static final List<String> ADDRESSES =
      List.of("reflect.Value.Addr", "reflect.Value.Unsafe", "reflect.NewAt");

  /** What package reflect calls methods and functions with. */
  private static final List<String> CALLERS = List.of("reflect.Value.Call", "reflect.Value.call");

  /** Packages that write through unsafe pointers only what they have been given for the place. */
  private static final List<String> CAREFUL =
      List.of("runtime", "internal/", "reflect.", "sync", "syscall.", "os.", "unique.", "weak.");

  /** Packages that read what they take the address of with reflection. */
  private static final List<String> READERS =
      List.of("fmt.", "reflect.", "internal/", "encoding/json.", "encoding/gob.");

  /** A function value, with the number of parameters that are bound. */
  record Callee(String key, int skipped) {}

  private static final class Place {
    final Set<Object> contents = new HashSet<>();
    final Set<Flow> uses = new HashSet<>();
  }

  private record Item(Place place, Object what) {}

  private final Program program;
  private final Map<String, Place> places = new HashMap<>();

  /** What reflection looks at, and what it can get from there. */
  private final Place reflected = new Place();

  private final Set<String> reached = new HashSet<>();
  private final Set<Flow> edges = new HashSet<>();
  private final ArrayDeque<Item> todo = new ArrayDeque<>();
  private final ArrayDeque<Facts.Function> bodies = new ArrayDeque<>();
  private final Set<String> boxed = new HashSet<>();
  private final Set<String> exposed = new HashSet<>();
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, Contents> found = new HashMap<>();
  private final Map<String, List<String>> methods = new HashMap<>();
  private boolean reflectionAssigns;
  private boolean reflectionCalls;

  private Flows(Program program) {
    this.program = program;
    places.put(Flow.REFLECTED, reflected);
  }

  /** The flows of a run that starts with {@code roots}. */
  static Flows from(Program program, Collection<String> roots) {
    Flows f = new Flows(program);
    roots.forEach(f::reach);
    f.solve();
    return f;
  }

  /** Reports whether a function may be called. */
  boolean isReached(String key) {
    return reached.contains(key);
  }

  /**
   * What may be in a place, in order.
   *
   * @param unknown whether there is more, which nobody sees the making of
   */
  record Contents(Collection<String> types, Collection<Callee> functions, boolean unknown) {
    static final Contents NONE = new Contents(List.of(), List.of(), false);
    static final Contents UNKNOWN = new Contents(List.of(), List.of(), true);
  }

  /** What may be in a place. */
  Contents contents(String place) {
    return found.computeIfAbsent(place, this::find);
  }

  private Contents find(String place) {
    Place p = places.get(known(place));
    boolean opaque = place.startsWith("F:") && program.isOpaque(place);
    if (p == null) {
      return opaque ? Contents.UNKNOWN : Contents.NONE;
    }
    Set<String> types = new TreeSet<>();
    boolean unknown = collect(p, types) || (opaque && p.contents.isEmpty());
    Map<String, Callee> functions = new TreeMap<>();
    for (Object o : p.contents) {
      if (o instanceof Callee c) {
        functions.put(c.key + " " + c.skipped, c);
      }
    }
    return new Contents(List.copyOf(types), List.copyOf(functions.values()), unknown);
  }

  /** The methods of this name of what may be in a place, or of what reflection can make. */
  List<String> methods(String place, String method) {
    return methods.computeIfAbsent(
        place + " " + method,
        _ -> {
          Set<String> types = new TreeSet<>();
          Place p = places.get(known(place));
          if (p != null && collect(p, types)) {
            collect(reflected, types);
          }
          Set<String> keys = new LinkedHashSet<>();
          for (String type : types) {
            String key = program.method(type, method);
            if (key != null) {
              keys.add(key);
            }
          }
          return List.copyOf(keys);
        });
  }

  private static boolean collect(Place p, Set<String> types) {
    boolean unknown = false;
    for (Object o : p.contents) {
      if (o instanceof String s) {
        if (s.equals(UNKNOWN)) {
          unknown = true;
        } else {
          types.add(s);
        }
      }
    }
    return unknown;
  }

  private Place place(String name) {
    Place p = places.get(name);
    if (p == null) {
      p = new Place();
      places.put(name, p);
      int mark = name.indexOf("#r");
      if (mark > 0 && program.function(name.substring(0, mark)) == null) {
        add(p, UNKNOWN);
      } else if (name.startsWith("G:") && program.isLinked(name.substring(2))) {
        add(p, UNKNOWN);
      } else if (mark < 0 && isOutside(name)) {
        p.uses.add(new Flow.Value(name, "", List.of(), List.of()));
      }
    }
    return p;
  }

  /** Reports whether a place is a parameter of a function that is not read, and may call it. */
  private boolean isOutside(String name) {
    int mark = name.indexOf('#');
    return mark > 0
        && (name.startsWith("runtime.") || program.function(name.substring(0, mark)) == null);
  }

  /** The name of a place, with the name that the function of a parameter or result has. */
  private String known(String name) {
    int mark = name.indexOf('#');
    if (mark <= 0) {
      return name;
    }
    String key = name.substring(0, mark);
    String own = keys.computeIfAbsent(key, this::ownKey);
    return own.equals(key) ? name : own + name.substring(mark);
  }

  private String ownKey(String key) {
    Facts.Function f = program.function(key);
    return f == null ? key : f.key();
  }

  private void solve() {
    while (true) {
      if (!todo.isEmpty()) {
        Item i = todo.removeLast();
        for (Flow use : List.copyOf(i.place.uses)) {
          pass(use, i.what);
        }
      } else if (!bodies.isEmpty()) {
        body(bodies.removeFirst());
      } else {
        return;
      }
    }
  }

  private void add(Place p, Object what) {
    if (p == reflected) {
      if (what instanceof String type && !type.equals(UNKNOWN)) {
        box(type);
      }
      return;
    }
    hold(p, what);
  }

  private void hold(Place p, Object what) {
    if (p.contents.add(what)) {
      todo.add(new Item(p, what));
    }
  }

  /** What is in {@code place} now or later is passed on. */
  private void use(String place, Flow use) {
    Place p = place(known(place));
    if (p.uses.add(use)) {
      for (Object o : List.copyOf(p.contents)) {
        pass(use, o);
      }
    }
  }

  private void copy(String from, String to) {
    if (!from.isEmpty() && !to.isEmpty()) {
      use(from, new Flow.Copy(from, to, ""));
    }
  }

  // Functions.

  private void reach(String key) {
    Facts.Function f = program.function(key);
    if (f != null && reached.add(f.key())) {
      bodies.add(f);
    }
  }

  private void body(Facts.Function f) {
    if (startsWithAny(f.key(), SETTERS)) {
      assignsByReflection();
    } else if (!reflectionCalls && startsWithAny(f.key(), CALLERS)) {
      reflectionCalls = true;
      List.copyOf(boxed).forEach(this::calledByReflection);
    }
    if (f.key().equals(POOL_PUT) || f.key().equals(POOL_GET)) {
      pool();
      return;
    }
    for (Flow flow : f.flows()) {
      if (edges.add(flow)) {
        start(flow);
      }
      if (!reflectionAssigns && assignsUnseen(f.key(), flow)) {
        assignsByReflection();
      }
    }
  }

  /**
   * What comes out of a pool was put into one, or New has made it; in between it is in memory that
   * has no type.
   */
  private void pool() {
    String result = Flow.result(POOL_GET, 0);
    use(Flow.param(POOL_PUT, 1), new Flow.Copy(Flow.param(POOL_PUT, 1), result, ""));
    use(POOL_NEW, new Flow.Value(POOL_NEW, "func() interface {}", List.of(), List.of(result)));
  }

  private static boolean startsWithAny(String key, List<String> prefixes) {
    for (String p : prefixes) {
      if (key.startsWith(p)) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether a function belongs to a package that is careful with unsafe pointers. */
  static boolean isCareful(String key) {
    return startsWithAny(key, CAREFUL);
  }

  /** Reports whether a function gets addresses with which it may assign to any field. */
  private static boolean assignsUnseen(String key, Flow flow) {
    return switch (flow) {
      case Flow.Static s -> startsWithAny(s.key(), ADDRESSES) && !startsWithAny(key, READERS);
      case Flow.Unknown u -> u.to().equals(Flow.ANYWHERE) && !isCareful(key);
      default -> false;
    };
  }

  private void assignsByReflection() {
    if (!reflectionAssigns) {
      reflectionAssigns = true;
      for (String place : List.copyOf(exposed)) {
        add(place(place), UNKNOWN);
      }
    }
  }

  /** All methods of a type may be called by reflection, and functions of it that are boxed. */
  private void calledByReflection(String type) {
    Facts.ConcreteType t = program.type(type);
    if (t != null) {
      for (String method : t.methods().keySet()) {
        String key = program.method(type, method);
        if (key != null) {
          calledFromOutside(key, 0);
        }
      }
    }
    use(Flow.inBox(type), new Flow.Value(Flow.inBox(type), "", List.of(), List.of()));
  }

  /** A function is called by what nobody sees, with anything. */
  private void calledFromOutside(String key, int skipped) {
    Facts.Function f = program.function(key);
    if (f != null) {
      reach(f.key());
      for (int i = skipped; i < f.params().size(); i++) {
        add(place(Flow.param(f.key(), i)), UNKNOWN);
      }
    }
  }

  private void start(Flow flow) {
    switch (flow) {
      case Flow.Copy c -> use(c.from(), c);
      case Flow.Boxed b -> {
        for (String type : program.instances(b.type())) {
          add(place(known(b.to())), type);
        }
      }
      case Flow.Function fn -> {
        add(place(known(fn.to())), new Callee(fn.key(), fn.skipped()));
        add(place("S:" + program.signature(fn.key())), new Callee(fn.key(), fn.skipped()));
      }
      case Flow.Unknown u -> {
        if (!u.to().equals(Flow.ANYWHERE)) {
          add(place(known(u.to())), UNKNOWN);
        }
      }
      case Flow.Static s -> reach(s.key());
      case Flow.Method m -> use(m.receiver(), m);
      case Flow.Value v -> use(v.fn(), v);
      case Flow.MethodValue m -> use(m.receiver(), m);
    }
  }

  /** A value of a type gets into the hands of reflection, which can make others of it. */
  private void box(String type) {
    if (boxed.add(type)) {
      hold(reflected, type);
      Facts.ConcreteType t = program.type(type);
      if (t != null) {
        for (String place : t.exposed()) {
          if (exposed.add(place)) {
            use(place, new Flow.Copy(place, Flow.REFLECTED, ""));
            if (reflectionAssigns) {
              add(place(place), UNKNOWN);
            }
          }
        }
        if (program.type(POINTER + type) != null) {
          box(POINTER + type);
        }
        t.parts().forEach(this::box);
      }
      if (reflectionCalls) {
        calledByReflection(type);
      }
    }
  }

  // What flows.

  private void pass(Flow use, Object what) {
    switch (use) {
      case Flow.Copy c -> {
        if (what.equals(UNKNOWN)
            || c.iface().isEmpty()
            || (what instanceof String type && program.isImplementation(type, c.iface()))) {
          add(place(known(c.to())), what);
        }
      }
      case Flow.Method m -> {
        if (what.equals(UNKNOWN)) {
          use(Flow.REFLECTED, m);
        } else if (what instanceof String type) {
          String key = program.method(type, m.method());
          if (key != null) {
            call(key, 1, m.args(), m.results());
            copy(Flow.inBox(type), Flow.param(key, 0));
          }
        }
      }
      case Flow.MethodValue m -> {
        if (what.equals(UNKNOWN)) {
          use(Flow.REFLECTED, m);
        } else if (what instanceof String type) {
          String key = program.method(type, m.method());
          if (key != null) {
            add(place(known(m.to())), new Callee(key, 1));
          }
        }
      }
      case Flow.Value v -> {
        if (what instanceof Callee c) {
          if (v.signature().isEmpty()) {
            calledFromOutside(c.key(), c.skipped());
          } else {
            call(c.key(), c.skipped(), v.args(), v.results());
          }
        } else if (v.signature().isEmpty()) {
          if (what instanceof String type && !what.equals(UNKNOWN)) {
            use(Flow.inBox(type), v);
            box(type);
          }
        } else if (what.equals(UNKNOWN)) {
          use("S:" + v.signature(), v);
        }
      }
      case Flow.Boxed _, Flow.Function _, Flow.Unknown _, Flow.Static _ -> {}
    }
  }

  /** Connects a call with a function, the first parameters of which are bound. */
  private void call(String key, int skipped, List<String> args, List<String> results) {
    reach(key);
    for (int i = 0; i < args.size(); i++) {
      copy(args.get(i), Flow.param(key, i + skipped));
    }
    for (int i = 0; i < results.size(); i++) {
      copy(Flow.result(key, i), results.get(i));
    }
  }
}
