package dev.escapade.count;

import dev.escapade.count.alloc.Formula;
import dev.escapade.count.alloc.Range;
import dev.escapade.count.alloc.Val;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds out what values are, given the arguments of a call. */
final class Valuation {
  private final Known[] args;
  private final Program program;
  private final @Nullable Flows flows;

  /** The variables of which it is counted elsewhere how they grow, besides arguments. */
  private Predicate<String> growing = _ -> false;

  /** What the variables of loops over tables are, by their numbers. */
  private final Map<Integer, Known> rows = new HashMap<>();

  /** So many types are handed on to what is called. */
  private static final int MAX_TYPES = 4;

  /**
   * Values in a call.
   *
   * @param flows what may be in interfaces, if that is known
   */
  Valuation(Known[] args, Program program, @Nullable Flows flows) {
    this.args = args;
    this.program = program;
    this.flows = flows;
  }

  Known of(Val v) {
    return switch (v) {
      case Val.Num n -> Known.number(n.value());
      case Val.Sized s -> Known.sized(of(s.length()).asNumber());
      case Val.Text t -> Known.text(t.text());
      case Val.Sub s -> of(s.of()).slice(of(s.length()).asNumber());
      case Val.Elements e ->
          Known.elements(of(e.length()).asNumber(), instances(e.types()), all(e.each()));
      case Val.Element e -> of(e.of()).element();
      case Val.Param p -> p.index() < args.length ? args[p.index()] : Known.NOTHING;
      case Val.Part p -> part(p);
      case Val.Len l -> Known.number(of(l.of()).asLength());
      case Val.Op op -> operation(op.op(), of(op.a()), of(op.b()));
      case Val.Fn f -> Known.function(f.key(), all(f.bound()), all(f.captured()));
      case Val.Boxed b -> Known.boxed(instances(List.of(b.type()))).withContent(of(b.value()));
      case Val.Address a -> of(a.value()).asAddress();
      case Val.Content c -> of(c.of()).content();
      case Val.Nil _ -> Known.NIL;
      case Val.Truth t -> Known.truth(t.value());
      case Val.Owned o ->
          of(o.value()).withKept(of(o.owner()).kept()).withGrowing(growing(o.spot()) != null);
      case Val.ResultOf r -> Known.NOTHING.withKept(isKept(r));
      case Val.Kept _ -> Known.NOTHING.withKept(true);
      case Val.Flowing f -> flowing(f);
      case Val.Field f -> field(f);
      case Val.IsOf i -> isOf(of(i.value()), i.type());
      case Val.Table t ->
          Known.sized(t.keys().isEmpty() ? Range.exactly(t.elements().size()) : null);
      case Val.Struct s -> {
        Map<String, Known> fields = new HashMap<>();
        s.fields().forEach((name, field) -> fields.put(name, of(field)));
        yield Known.struct(fields);
      }
      case Val.Row r -> row(r);
      case Val.Bound b -> {
        Known k = rows.get(b.id());
        yield k == null ? of(b.otherwise()) : k;
      }
      case Val.Global g -> isOpen(g) ? Known.NOTHING : of(program.constant(g.name()));
      case Val.Any _, Val.Joined _ -> Known.NOTHING;
      case Val.Local _, Val.Spot _, Val.SameAs _, Val.AllSame _ -> Known.NOTHING;
    };
  }

  /** A name, with {@link BenchmarkLoop#UNKNOWN} for what is not known of it. */
  String name(Val v) {
    if (v instanceof Val.Joined joined) {
      StringBuilder b = new StringBuilder();
      joined.parts().forEach(part -> b.append(name(part)));
      return b.toString();
    }
    Known k = of(v);
    if (k.text() != null) {
      return k.text();
    }
    Long number = k.exact();
    return number == null ? BenchmarkLoop.UNKNOWN : number.toString();
  }

  /** The types that these stand for; none if they are not known, or too many. */
  private List<String> instances(List<String> types) {
    Set<String> all = new LinkedHashSet<>();
    for (String type : types) {
      Collection<String> some = program.instances(type);
      if (some.isEmpty()) {
        return List.of();
      }
      all.addAll(some);
    }
    return all.size() > MAX_TYPES && all.size() > types.size() ? List.of() : List.copyOf(all);
  }

  /** Reports whether a package that is not loaded may assign to a variable. */
  private boolean isOpen(Val.Global g) {
    String name = g.name();
    return flows == null && Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1));
  }

  /** The table that a value is; null if it is not known to be one. */
  Val.@Nullable Table table(Val v) {
    return switch (v) {
      case Val.Table t -> t;
      case Val.Global g -> isOpen(g) ? null : program.table(g.name());
      default -> null;
    };
  }

  /** Sets the variables of a loop over a table; forgets them if {@code table} is null. */
  void bind(Step.Rows rows, Val.@Nullable Table table, int i) {
    if (table == null) {
      this.rows.remove(rows.key());
      this.rows.remove(rows.value());
      return;
    }
    Known key = table.keys().isEmpty() ? Known.number(i) : of(table.keys().get(i));
    Known element = of(table.elements().get(i));
    this.rows.put(rows.key(), key);
    this.rows.put(rows.value(), element);
  }

  private Known row(Val.Row r) {
    Val.Table table = table(r.table());
    if (table == null) {
      return Known.NOTHING;
    }
    Known index = of(r.index());
    List<Val> keys = table.keys();
    for (int i = 0; i < table.elements().size(); i++) {
      Known key = keys.isEmpty() ? Known.number(i) : of(keys.get(i));
      if (Boolean.TRUE.equals(compare("==", key, index))) {
        return of(table.elements().get(i));
      }
    }
    return Known.NOTHING;
  }

  /** Sets the variables of which it is counted elsewhere how they grow. */
  void setGrowing(Predicate<String> variables) {
    growing = variables;
  }

  /** Reports whether it is counted elsewhere how slices of a parameter or variable grow. */
  boolean isGrowing(String base) {
    int param = base.startsWith("L") ? -1 : Integer.parseInt(base);
    return growing.test(base) || (param >= 0 && param < args.length && args[param].growing());
  }

  /** The slice, if it is counted elsewhere how it grows; or null. */
  Val.@Nullable Spot growing(Val spot) {
    return program.resolved(spot) instanceof Val.Spot s && isGrowing(Growth.base(s.base()))
        ? s
        : null;
  }

  private boolean isKept(Val.ResultOf r) {
    int from = program.returned(r.callee());
    return from == Program.RETURNS_KEPT
        || (from >= 0 && from < r.owners().size() && of(r.owners().get(from)).kept());
  }

  private Known field(Val.Field f) {
    if (flows == null || flows.contents(f.place()).unknown() || program.isOpaque(f.place())) {
      return of(f.value());
    }
    return switch (f.zero()) {
      case "false" -> Known.truth(false);
      case "0" -> Known.number(0);
      case "nil" -> Known.NIL;
      default -> Known.text("");
    };
  }

  private Known flowing(Val.Flowing f) {
    Known k = of(f.value());
    if (flows == null || k.function() != null || !k.types().isEmpty() || k.nil() != null) {
      return k;
    }
    Flows.Contents found = flows.contents(f.place());
    if (found.unknown()) {
      return k;
    }
    Collection<String> types = found.types();
    Collection<Flows.Callee> functions = found.functions();
    if (types.isEmpty() && functions.isEmpty()) {
      return Known.NIL.withKept(k.kept());
    }
    return functions.isEmpty() && types.size() <= MAX_TYPES
        ? Known.ofTypes(List.copyOf(types)).withKept(k.kept())
        : k;
  }

  private Known isOf(Known value, String type) {
    if (Boolean.TRUE.equals(value.nil())) {
      return Known.truth(false);
    }
    if (value.types().isEmpty()) {
      return Known.NOTHING;
    }
    if (GenericInstances.isShaped(type)) {
      return Known.NOTHING;
    }
    int fitting = 0;
    for (String t : value.types()) {
      fitting += t.equals(type) || program.isImplementation(t, type) ? 1 : 0;
    }
    return fitting == 0
        ? Known.truth(false)
        : fitting == value.types().size() && Boolean.FALSE.equals(value.nil())
            ? Known.truth(true)
            : Known.NOTHING;
  }

  List<Known> all(List<Val> list) {
    List<Known> result = new ArrayList<>(list.size());
    for (Val v : list) {
      result.add(of(v));
    }
    return result;
  }

  private Known part(Val.Part p) {
    Known base = of(p.base());
    Known field = base.parts().get(p.suffix());
    if (field != null) {
      return field;
    }
    if (base.name().isEmpty()) {
      return Known.NOTHING.withKept(base.kept());
    }
    return p.suffix().equals(" cap")
        ? Known.named("cap(" + base.name() + ")")
        : Known.named(base.name() + p.suffix()).withKept(base.kept());
  }

  private static Known operation(char op, Known a, Known b) {
    Long x = a.exact();
    Long y = b.exact();
    if (x != null && y != null) {
      return exact(op, x, y);
    }
    Range p = a.asNumber();
    Range q = b.asNumber();
    return switch (op) {
      case '+' -> y != null && y < 0 ? minus(p, Range.exactly(-y)) : sum(p, q);
      case '-' ->
          y != null && y < 0
              ? p == null ? Known.NOTHING : Known.number(p.plus(Range.exactly(-y)))
              : minus(p, q);
      case '*' -> p == null || q == null ? Known.NOTHING : Known.number(p.times(q));
      case '/' -> y == null || y <= 0 ? Known.NOTHING : divided(p, y);
      case '>' -> y == null || y < 0 || y > 62 ? Known.NOTHING : divided(p, 1L << y);
      case '<' ->
          y == null || y < 0 || y > 40 || p == null
              ? Known.NOTHING
              : Known.number(p.times(Range.exactly(1L << y)));
      case 'm' -> Known.number(smaller(p, q));
      case 'M' -> Known.number(greater(p, q));
      default -> Known.NOTHING;
    };
  }

  private static Known exact(char op, long x, long y) {
    return switch (op) {
      case '+' -> Known.number(x + y);
      case '-' -> Known.number(x - y);
      case '*' -> Known.number(x * y);
      case '/' -> y == 0 ? Known.NOTHING : Known.number(x / y);
      case '>' -> y < 0 || y > 62 ? Known.NOTHING : Known.number(x >> y);
      case '<' -> y < 0 || y > 62 ? Known.NOTHING : Known.number(x << y);
      case 'm' -> Known.number(Math.min(x, y));
      case 'M' -> Known.number(Math.max(x, y));
      default -> Known.NOTHING;
    };
  }

  /** If one part is not known, the sum is not less than the other. */
  private static Known sum(@Nullable Range p, @Nullable Range q) {
    if (p == null || q == null) {
      Range one = p == null ? q : p;
      return one == null ? Known.NOTHING : Known.number(new Range(one.low(), null));
    }
    return Known.number(p.plus(q));
  }

  /** A difference is counted as 0 where it is negative, as it counts rounds or elements. */
  private static Known minus(@Nullable Range p, @Nullable Range q) {
    if (p == null) {
      return Known.NOTHING;
    }
    if (q == null) {
      return Known.number(new Range(Formula.ZERO, p.high()));
    }
    if (q.isZero()) {
      return Known.number(p);
    }
    Formula most = q.high();
    Formula low =
        p.low().isConstant() && most != null && most.isConstant()
            ? Formula.of(Math.max(0, p.low().constant() - most.constant()))
            : Formula.ZERO;
    Formula high = p.high();
    if (high != null && high.isConstant()) {
      high = Formula.of(Math.max(0, high.constant() - q.low().constant()));
    } else if (high != null && high.constant() >= q.low().constant()) {
      high = high.minus(q.low().constant());
    }
    return Known.number(new Range(low, high));
  }

  private static Known divided(@Nullable Range p, long by) {
    if (p == null) {
      return Known.NOTHING;
    }
    Formula low = p.low().isConstant() ? Formula.of(p.low().constant() / by) : Formula.ZERO;
    Formula high = p.high();
    return Known.number(
        new Range(
            low, high != null && high.isConstant() ? Formula.of(high.constant() / by) : high));
  }

  private static @Nullable Range smaller(@Nullable Range p, @Nullable Range q) {
    if (p == null || q == null) {
      Range one = p == null ? q : p;
      return one == null ? null : new Range(Formula.ZERO, one.high());
    }
    Formula low = p.low().min(q.low());
    Formula a = p.high();
    Formula b = q.high();
    if (a == null || b == null) {
      return new Range(low, a == null ? b : a);
    }
    if (a.isConstant() && b.isConstant()) {
      return new Range(low, a.min(b));
    }
    return new Range(low, a.isConstant() ? a : b);
  }

  private static @Nullable Range greater(@Nullable Range p, @Nullable Range q) {
    if (p == null || q == null) {
      return null;
    }
    Formula a = p.high();
    Formula b = q.high();
    return new Range(p.low().min(q.low()), a == null || b == null ? null : a.max(b));
  }

  // Conditions.

  /** Whether a condition holds, or null. */
  @Nullable Boolean holds(Step.Test t) {
    return switch (t.op()) {
      case "" -> null;
      case "true" -> of(t.a()).truth();
      case "!" -> {
        Boolean x = holds(t.parts().get(0));
        yield x == null ? null : !x;
      }
      case "&&", "||" -> {
        boolean decisive = t.op().equals("||");
        Boolean x = holds(t.parts().get(0));
        Boolean y = holds(t.parts().get(1));
        if ((x != null && x == decisive) || (y != null && y == decisive)) {
          yield decisive;
        }
        yield (x == null || y == null) ? null : !decisive;
      }
      default -> compare(t.op(), of(t.a()), of(t.b()));
    };
  }

  /** How two values compare, or null. */
  static @Nullable Boolean compare(String op, Known a, Known b) {
    if (a.text() != null && b.text() != null) {
      boolean same = a.text().equals(b.text());
      return op.equals("==") ? Boolean.valueOf(same) : op.equals("!=") ? !same : null;
    }
    Long x = a.exact();
    Long y = b.exact();
    if (x != null && y != null) {
      return switch (op) {
        case "==" -> x.equals(y);
        case "!=" -> !x.equals(y);
        case "<" -> x < y;
        case "<=" -> x <= y;
        case ">" -> x > y;
        default -> x >= y;
      };
    }
    if (a.nil() != null && b.nil() != null && (a.nil() || b.nil())) {
      boolean same = a.nil().equals(b.nil());
      return switch (op) {
        case "==" -> same;
        case "!=" -> !same;
        default -> null;
      };
    }
    Range p = a.asNumber();
    Range q = b.asNumber();
    if (p == null || q == null) {
      return (y != null && y < 0 && p != null) ? negative(op) : null;
    }
    return switch (op) {
      case "<" -> less(p, q);
      case ">" -> less(q, p);
      case ">=" -> not(less(p, q));
      case "<=" -> not(less(q, p));
      case "==" -> different(p, q) ? Boolean.FALSE : null;
      case "!=" -> different(p, q) ? Boolean.TRUE : null;
      default -> null;
    };
  }

  /** Compares what is not negative with what is. */
  private static @Nullable Boolean negative(String op) {
    return switch (op) {
      case "==", "<", "<=" -> false;
      case "!=", ">", ">=" -> null;
      default -> null;
    };
  }

  private static @Nullable Boolean not(@Nullable Boolean b) {
    return b == null ? null : !b;
  }

  private static boolean different(Range p, Range q) {
    return Boolean.TRUE.equals(less(p, q)) || Boolean.TRUE.equals(less(q, p));
  }

  /** Whether a number of {@code p} is less than one of {@code q}, in all cases or in none. */
  private static @Nullable Boolean less(Range p, Range q) {
    if (p.high() != null && p.high().isConstant() && p.high().constant() < q.low().constant()) {
      return true;
    }
    if (q.high() != null && q.high().isConstant() && p.low().constant() >= q.high().constant()) {
      return false;
    }
    return null;
  }
}
