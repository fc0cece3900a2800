package dev.escapade.count;

import dev.escapade.count.alloc.Val;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The facts of all packages together. */
public final class Program {
  /** The result is kept from one call to the next. */
  static final int RETURNS_KEPT = -2;

  /** Nothing is known of the result. */
  static final int RETURNS_NEW = -1;

  /** Nothing is returned but by calls that are looked at already. */
  private static final int RETURNS_ANY = -3;

  /** Functions that return results of others are followed so far. */
  private static final int MAX_RETURNS = 8;

  private final Map<String, Facts.Function> functions = new HashMap<>();
  private final Map<String, Facts.ConcreteType> types = new TreeMap<>();
  private final Map<String, List<String>> interfaces = new HashMap<>();
  private final Map<String, Set<String>> valuesBySignature = new HashMap<>();
  private final Map<String, String> linked = new HashMap<>();
  private final Set<String> linkNames = new HashSet<>();
  private final Set<String> assembly = new HashSet<>();
  private final Set<String> inits = new TreeSet<>();
  private final Set<String> opaque = new HashSet<>();
  private final Map<String, Val> initial = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Map<String, Set<String>> instances = new HashMap<>();
  private final Set<String> shaped = new HashSet<>();
  private final Map<String, String> signatures = new HashMap<>();
  private final Map<String, List<Facts.ConcreteType>> implementers = new HashMap<>();
  private final Map<String, Integer> same = new HashMap<>();
  private final Map<String, List<String>> typeNames = new HashMap<>();

  /** A program of these packages; of functions that several have, the first one's counts. */
  public Program(Collection<Facts> packages) {
    for (Facts facts : packages) {
      facts.functions().forEach(functions::putIfAbsent);
      facts.types().forEach((name, t) -> types.merge(name, t, (a, b) -> a.boxed() ? a : b));
      inits.addAll(facts.inits());
      opaque.addAll(facts.opaque());
      facts
          .instances()
          .forEach((shape, types) ->
              instances.computeIfAbsent(shape, _ -> new TreeSet<>()).addAll(types));
      initial.putAll(facts.initial());
      changed.addAll(facts.changed());
      shaped.addAll(facts.shaped());
      signatures.putAll(facts.values());
      facts.interfaces().forEach(interfaces::putIfAbsent);
      facts
          .values()
          .forEach((key, signature) ->
              valuesBySignature.computeIfAbsent(signature, _ -> new TreeSet<>()).add(key));
      facts
          .linknames()
          .forEach((own, remote) -> {
            linkNames.add(own);
            linkNames.add(remote);
            // A body is here for a name there, or the other way round.
            if (facts.functions().containsKey(own)) {
              linked.put(remote, own);
            } else {
              linked.put(own, remote);
            }
          });
      assembly.addAll(facts.assembly());
    }
  }

  /** A function with a Go body, under this name or one that it is linked to; or null. */
  Facts.@Nullable Function function(String key) {
    Facts.Function f = functions.get(key);
    if (f == null) {
      String other = linked.get(key);
      f = other == null ? null : functions.get(other);
    }
    return f;
  }

  /** The name of a method without its signature. */
  static String methodName(String method) {
    int end = method.indexOf("func(");
    return end < 0 ? method : method.substring(0, end);
  }

  /** Reports whether generic code puts types with a method of this name into interfaces. */
  boolean isShaped(String method) {
    return shaped.contains(methodName(method));
  }

  /** What is always in a package's variable, as far as can be seen; {@link Val#ANY} if unknown. */
  Val constant(String variable) {
    return changed.contains(variable) || isLinked(variable)
        ? Val.ANY
        : initial.getOrDefault(variable, Val.ANY);
  }

  /** The table that is always in a package's variable, as far as can be seen; or null. */
  Val.@Nullable Table table(String variable) {
    return constant(variable) instanceof Val.Table t
            && !changed.contains(variable + Constants.ELEMENTS)
        ? t
        : null;
  }

  /** The types that a type stands for: itself, or if it is one of generic code, its instances. */
  Collection<String> instances(String type) {
    return GenericInstances.isShaped(type) ? instances.getOrDefault(type, Set.of()) : List.of(type);
  }

  /** Reports whether {@code shaped} is a type of generic code, which may be any type. */
  boolean mayBeAny(String shaped) {
    return GenericInstances.isShaped(shaped) && !interfaces.containsKey(shaped);
  }

  /** Reports whether something unseen may assign to a field. */
  boolean isOpaque(String place) {
    int field = place.lastIndexOf('.');
    int type = field < 0 ? -1 : place.lastIndexOf('.', field - 1);
    return type < 2 || opaque.contains(place.substring(2, type));
  }

  /** Reports whether a function or variable has another name elsewhere. */
  boolean isLinked(String key) {
    return linkNames.contains(key);
  }

  /** The functions that run before any other. */
  Set<String> inits() {
    return inits;
  }

  /** The signature of a function that is used as a value; or empty. */
  String signature(String key) {
    return signatures.getOrDefault(key, "");
  }

  /** A concrete type that is put into interfaces, or part of one; or null. */
  Facts.@Nullable ConcreteType type(String name) {
    return types.get(name);
  }

  /**
   * Whom the first result of a function belongs to: the index of a parameter that it is taken from,
   * {@link #RETURNS_KEPT}, or {@link #RETURNS_NEW}.
   */
  int returned(String key) {
    return returned(key, 0);
  }

  private int returned(String key, int depth) {
    Facts.Function f = function(key);
    return f == null || depth > MAX_RETURNS ? RETURNS_NEW : returned(f.returned(), depth);
  }

  private int returned(Val owner, int depth) {
    return switch (owner) {
      case Val.Kept _ -> RETURNS_KEPT;
      case Val.Param p -> p.index();
      case Val.ResultOf r -> {
        int from = returned(r.callee(), depth + 1);
        yield from >= 0 && from < r.owners().size()
            ? returned(r.owners().get(from), depth + 1)
            : from == RETURNS_KEPT ? from : RETURNS_NEW;
      }
      default -> RETURNS_NEW;
    };
  }

  /** The parameter that the first result of a function is, if it is a slice; or -1. */
  int same(String key) {
    Integer known = same.get(key);
    if (known == null) {
      known = Math.max(RETURNS_NEW, same(key, new HashSet<>()));
      same.put(key, known);
    }
    return known;
  }

  private int same(String key, Set<String> visiting) {
    Facts.Function f = function(key);
    if (f == null || visiting.size() > MAX_RETURNS) {
      return RETURNS_NEW;
    }
    if (!visiting.add(f.key())) {
      return RETURNS_ANY;
    }
    int result = same(f.same(), visiting);
    visiting.remove(f.key());
    return result;
  }

  private int same(Val spot, Set<String> visiting) {
    return switch (spot) {
      case Val.Spot s when s.path().isEmpty() && s.base() instanceof Val.Param p -> p.index();
      case Val.SameAs s -> {
        int from = same(s.callee(), visiting);
        yield from == RETURNS_ANY
            ? RETURNS_ANY
            : from >= 0 && from < s.args().size()
                ? same(s.args().get(from), visiting)
                : RETURNS_NEW;
      }
      case Val.AllSame all -> {
        int joined = RETURNS_ANY;
        for (Val v : all.spots()) {
          int i = same(v, visiting);
          joined = joined == RETURNS_ANY || joined == i ? i : i == RETURNS_ANY ? joined : -1;
        }
        yield joined;
      }
      default -> RETURNS_NEW;
    };
  }

  /** The spot itself, if a call gives back one of its arguments. */
  Val resolved(Val spot) {
    Val at = spot;
    for (int i = 0; i < MAX_RETURNS && at instanceof Val.SameAs s; i++) {
      int from = same(s.callee());
      at = from >= 0 && from < s.args().size() ? s.args().get(from) : Val.ANY;
    }
    return at;
  }

  /** All functions. */
  public Collection<Facts.Function> functions() {
    return functions.values();
  }

  /** Reports whether a function is written in assembly language. */
  boolean isAssembly(String key) {
    return assembly.contains(key);
  }

  /** The functions that may be called through an interface. */
  List<String> implementations(String iface, String method) {
    List<String> keys = new ArrayList<>();
    for (Facts.ConcreteType t : implementers(iface)) {
      String key = pick(t.keys(method));
      if (key != null && !keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private List<Facts.ConcreteType> implementers(String iface) {
    return implementers.computeIfAbsent(
        iface,
        name -> {
          List<String> methods = interfaces.getOrDefault(name, List.of());
          List<Facts.ConcreteType> found = new ArrayList<>();
          List<String> names = new ArrayList<>();
          types.forEach((typeName, t) -> {
            if (t.boxed() && t.hasMethods(methods)) {
              found.add(t);
              names.add(typeName);
            }
          });
          typeNames.put(name, names);
          return found;
        });
  }

  /** Reports whether a concrete type has the methods of an interface that is known. */
  boolean isImplementation(String type, String iface) {
    List<String> methods = interfaces.get(iface);
    Facts.ConcreteType t = types.get(type);
    return methods != null && (methods.isEmpty() || (t != null && t.hasMethods(methods)));
  }

  /** The method of a concrete type; null if it is not known. */
  @Nullable String method(String type, String method) {
    Facts.ConcreteType t = types.get(type);
    return t == null ? null : pick(t.keys(method));
  }

  private @Nullable String pick(@Nullable List<String> keys) {
    if (keys == null) {
      return null;
    }
    for (String key : keys) {
      if (function(key) != null) {
        return key;
      }
    }
    return keys.getLast();
  }

  /** The functions that are used as values of this type. */
  Collection<String> values(String signature) {
    return valuesBySignature.getOrDefault(signature, Set.of());
  }
}
