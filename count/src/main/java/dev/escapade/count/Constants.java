package dev.escapade.count;

import dev.escapade.count.alloc.Val;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Visit;
import dev.escapade.types.Type;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The package's variables that are constant as far as can be seen: what they are initialized with,
 * and which ones of any package get something else, or have their addresses taken. What other
 * packages do is seen when all facts are together.
 */
final class Constants {
  /** What is added to the name of a variable of which elements are changed. */
  static final String ELEMENTS = "[]";

  private final Unit unit;
  private final Map<String, Val> initial = new TreeMap<>();
  private final Set<String> changed = new TreeSet<>();

  Constants(Unit unit) {
    this.unit = unit;
  }

  /** What variables start with, where that does not depend on anything that runs. */
  Map<String, Val> initial() {
    return initial;
  }

  /** The variables that may get something else than what they start with. */
  List<String> changed() {
    return List.copyOf(changed);
  }

  /** Notes that a package's variable starts with its zero value. */
  void zero(Name variable) {
    start(variable, zero(variable.typeOrNull()));
  }

  /** Notes what a package's variable starts with. */
  void initialized(Name variable, Val value) {
    start(variable, closed(value));
  }

  private void start(Name variable, @Nullable Val v) {
    if (v != null) {
      initial.put(unit.linkName(variable.sym), v);
    }
  }

  private static @Nullable Val zero(@Nullable Type t) {
    return switch (FlowReader.zero(t)) {
      case "false" -> new Val.Truth(false);
      case "0" -> new Val.Num(0);
      case "nil" -> Val.NIL;
      case "\"\"" -> new Val.Text("");
      default -> null;
    };
  }

  /** A value without what is only known where it was read; null if nothing remains. */
  private static @Nullable Val closed(Val v) {
    return switch (v) {
      case Val.Num _, Val.Text _, Val.Truth _, Val.Nil _, Val.Global _ -> v;
      case Val.Sized s -> {
        Val length = closed(s.length());
        yield length == null ? null : new Val.Sized(length);
      }
      case Val.Elements e ->
          closed(e.length()) == null ? null : new Val.Elements(e.length(), e.types(), List.of());
      case Val.Sub s -> {
        Val length = closed(s.length());
        yield length == null ? null : new Val.Sized(length);
      }
      case Val.Fn f -> f.bound().isEmpty() && f.captured().isEmpty() ? f : null;
      case Val.Boxed b -> new Val.Boxed(b.type(), Val.ANY);
      case Val.Op op -> {
        Val a = closed(op.a());
        Val b = closed(op.b());
        yield a == null || b == null ? null : new Val.Op(op.op(), a, b);
      }
      case Val.Len l -> {
        Val of = closed(l.of());
        yield of == null ? null : new Val.Len(of);
      }
      case Val.Flowing f -> closed(f.value());
      case Val.Table t -> new Val.Table(all(t.keys()), all(t.elements()));
      case Val.Struct s -> {
        Map<String, Val> fields = new TreeMap<>();
        s.fields().forEach((name, v2) -> fields.put(name, closedOrAny(v2)));
        yield new Val.Struct(fields);
      }
      default -> null;
    };
  }

  private static Val closedOrAny(Val v) {
    Val c = closed(v);
    return c == null ? Val.ANY : c;
  }

  private static List<Val> all(List<Val> list) {
    List<Val> result = new ArrayList<>();
    list.forEach(v -> result.add(closedOrAny(v)));
    return List.copyOf(result);
  }

  /** Looks for assignments in code. */
  void look(List<Node> code) {
    Visit.visitList(code, this::look);
  }

  private void look(Node n) {
    switch (n) {
      case AssignStmt s -> changed(s.x, s);
      case AssignOpStmt s -> changed(s.x, s);
      case AssignListStmt s -> s.lhs.forEach(x -> changed(x, s));
      case RangeStmt s -> {
        changed(s.key, s);
        changed(s.value, s);
      }
      case AddrExpr a when a.op() == Op.ADDR -> changed(a.x, a);
      default -> {}
    }
  }

  /** Something is assigned to a variable or a part of it, but where it is initialized. */
  private void changed(@Nullable Node target, Node by) {
    Node at = target;
    String part = "";
    while (true) {
      switch (at) {
        case ParenExpr p -> at = p.x;
        case IndexExpr i -> {
          part = ELEMENTS;
          at = i.x;
        }
        case SelectorExpr s when s.op() == Op.DOT -> at = s.x;
        case Name name -> {
          if (name.storage == StorageClass.EXTERN && name.canonical().defn != by) {
            changed.add(unit.linkName(name.sym) + part);
          }
          return;
        }
        case null, default -> {
          return;
        }
      }
    }
  }
}
