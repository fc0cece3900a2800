package dev.escapade.count;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.TypeFmt;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads how interfaces and functions flow through the functions of a package. Fields are told apart
 * by their struct's type, not by the object; elements of slices, arrays, maps and channels and what
 * pointers point to by their type.
 */
final class FlowReader {
  /** So many operations on an address are followed. */
  private static final int MAX_STEPS = 10;

  /** The place of what is of no interest. */
  private static final String NOWHERE = "";

  private final Unit unit;
  private final FactsReader facts;
  private final TypeFmt names = TypeFmt.plain();
  private final String prefix;

  private final IdentityHashMap<Name, String> variables = new IdentityHashMap<>();
  private final IdentityHashMap<Node, String> temporaries = new IdentityHashMap<>();
  private final IdentityHashMap<CallExpr, List<String>> calls = new IdentityHashMap<>();

  /** Conversions from unsafe pointers through which something is only read. */
  private final Set<Node> loads = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The dereferences that are assigned to. */
  private final Set<Node> stores = Collections.newSetFromMap(new IdentityHashMap<>());

  private Set<Flow> flows = new LinkedHashSet<>();
  private int lastId;

  /**
   * A reader for a package.
   *
   * @param prefix what the names of variables start with, which no other package has
   */
  FlowReader(Unit unit, FactsReader facts, String prefix) {
    this.unit = unit;
    this.facts = facts;
    this.prefix = prefix;
  }

  /** Starts with a function. */
  void enter() {
    flows = new LinkedHashSet<>();
  }

  /** The flows of the function that was entered last. */
  List<Flow> leave() {
    return List.copyOf(flows);
  }

  /** Reads the body of a function. */
  void read(Func fn) {
    for (Node n : fn.body) {
      look(fn, n);
    }
  }

  /** Reads how a package's variable is initialized. */
  void initializer(Func init, @Nullable Node assignment) {
    if (assignment != null) {
      look(init, assignment);
    }
  }

  /** Reports whether values of a type are followed. */
  static boolean isFollowed(@Nullable Type t) {
    return t != null
        && (t.underlying() instanceof Interface || t.underlying() instanceof Signature);
  }

  private static @Nullable Type typeOf(Node n) {
    return n instanceof ExprNode e ? e.typeOrNull() : null;
  }

  // Places.

  /** Where the value of an expression comes from; empty if it is of no interest. */
  String place(Node n) {
    if (!isFollowed(typeOf(n))) {
      return NOWHERE;
    }
    return switch (n) {
      case ParenExpr p -> place(p.x);
      case Name name -> name.storage == StorageClass.FUNC ? function(name) : variable(name);
      case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> field(s);
      case IndexExpr i -> elements(Unit.typeOf(i));
      case StarExpr s when !isFromUnsafe(s.x) -> elements(Unit.typeOf(s));
      case UnaryExpr u when u.op() == Op.RECV -> elements(Unit.typeOf(u));
      case ConvExpr c when c.op() == Op.CONVNOP && isFollowed(typeOf(c.x)) -> place(c.x);
      case ConvExpr c when c.op() == Op.CONVIFACE && TypeFacts.isInterface(Unit.typeOf(c.x)) ->
          place(c.x);
      case InlinedCallExpr c when c.returnVars.size() == 1 -> place(c.returnVars.get(0));
      case CallExpr c
          when c.op() == Op.CALLFUNC || c.op() == Op.CALLINTER || c.op() == Op.CALLMETH -> {
        List<String> results = call(c);
        yield results.isEmpty() ? NOWHERE : results.get(0);
      }
      case CallExpr c when c.op() == Op.RECOVER -> NOWHERE;
      case NilExpr _ -> NOWHERE;
      default -> temporary(n);
    };
  }

  /** All mentions of a function are one node, so each function that mentions it has the flow. */
  private String function(Name name) {
    String place = temporaries.computeIfAbsent(name, _ -> fresh());
    flows.add(new Flow.Function(unit.linkName(name.sym), 0, place));
    return place;
  }

  private String variable(Name use) {
    Name n = use.canonical();
    if (n.storage == StorageClass.EXTERN) {
      return "G:" + unit.linkName(n.sym);
    }
    return variables.computeIfAbsent(n, this::local);
  }

  private String local(Name n) {
    Func fn = n.curfn;
    if (fn != null && n.storage == StorageClass.PARAM) {
      return Flow.param(unit.linkName(fn.sym()), Unit.params(fn).indexOf(n));
    }
    if (fn != null && n.storage == StorageClass.PARAMOUT) {
      return Flow.result(unit.linkName(fn.sym()), Unit.results(fn).indexOf(n));
    }
    return fresh();
  }

  private String fresh() {
    return prefix + "·" + ++lastId;
  }

  private String field(SelectorExpr s) {
    Type t = typeOf(s.x);
    return t == null ? temporary(s) : field(t, s.sel.name());
  }

  /** The place of a field in all structs of a type, or of any type without a name. */
  String field(Type struct, String name) {
    Type t = struct.unalias();
    if (t.underlying() instanceof Pointer p && !(t instanceof Named)) {
      t = p.elem().unalias();
    } else if (t.underlying() instanceof Pointer p) {
      t = p.elem().unalias();
    }
    if (t instanceof Named n && !Shapes.isShape(n)) {
      var obj = n.origin().obj();
      String path = obj.pkg() == null ? "" : obj.pkg().path();
      return "F:" + path + "." + obj.name() + "." + name;
    }
    return "F:struct." + name;
  }

  /** The place of elements of a type. */
  String elements(Type elem) {
    return "E:" + names.linkString(elem.underlying());
  }

  private String temporary(Node n) {
    String known = temporaries.get(n);
    if (known != null) {
      return known;
    }
    String t = fresh();
    temporaries.put(n, t);
    fill(n, t);
    return t;
  }

  /** Tells what gets to the place of an expression. */
  private void fill(Node n, String to) {
    switch (n) {
      case ClosureExpr c -> flows.add(new Flow.Function(unit.linkName(c.func.sym()), 0, to));
      case ConvExpr c when c.op() == Op.CONVIFACE -> boxed(c, to);
      case TypeAssertExpr t -> asserted(t.x, Unit.typeOf(t), to);
      case SelectorExpr s when s.op() == Op.METHVALUE -> {
        if (s.method != null) {
          flows.add(new Flow.Function(unit.linkName(s.method.sym), 1, to));
        } else if (TypeFacts.isInterface(Unit.typeOf(s.x))) {
          flows.add(new Flow.MethodValue(place(s.x), facts.methodId(Unit.typeOf(s.x), s.sel), to));
        } else {
          flows.add(new Flow.Unknown(to));
        }
      }
      case SelectorExpr s when s.op() == Op.METHEXPR && s.method != null ->
          flows.add(new Flow.Function(unit.linkName(s.method.sym), 0, to));
      default -> flows.add(new Flow.Unknown(to));
    }
  }

  private void boxed(ConvExpr c, String to) {
    Type t = Unit.typeOf(c.x);
    if (Shapes.hasShape(t) && (isFollowed(t) || !facts.hasInstances(t))) {
      flows.add(new Flow.Unknown(to));
      for (List<String> keys : facts.shapedMethods(t).values()) {
        flows.add(new Flow.Function(keys.getLast(), 0, Flow.OUTSIDE));
      }
      return;
    }
    String type = names.linkString(t);
    flows.add(new Flow.Boxed(type, to));
    if (isFollowed(t)) {
      copy(c.x, Flow.inBox(type));
    }
  }

  private void asserted(Node x, Type t, String to) {
    if (TypeFacts.isInterface(t)) {
      String from = place(x);
      if (!from.isEmpty()) {
        flows.add(new Flow.Copy(from, to, facts.caseType(t)));
      }
    } else if (Shapes.hasShape(t)) {
      flows.add(new Flow.Unknown(to));
    } else {
      flows.add(new Flow.Copy(Flow.inBox(names.linkString(t)), to, ""));
    }
  }

  private static boolean isFromUnsafe(Node n) {
    Node at = n;
    while (at instanceof ParenExpr p) {
      at = p.x;
    }
    return at instanceof ConvExpr c && TypeFacts.isUnsafePointer(typeOf(c.x));
  }

  // Edges.

  private void copy(Node from, String to) {
    if (to.isEmpty()) {
      return;
    }
    String place = place(from);
    if (!place.isEmpty() && !place.equals(to)) {
      flows.add(new Flow.Copy(place, to, ""));
    }
  }

  private void copy(String from, String to) {
    if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
      flows.add(new Flow.Copy(from, to, ""));
    }
  }

  private void assign(@Nullable Node x, @Nullable Node y) {
    if (x == null || y == null || Ir.isBlank(x)) {
      return;
    }
    if (x instanceof StarExpr) {
      stores.add(x);
    }
    if (isFollowed(typeOf(x))) {
      copy(y, target(x));
      if (x instanceof StarExpr s && isFromUnsafe(s.x)) {
        copy(y, Flow.REFLECTED);
      }
    } else if (!Ir.isZero(y)) {
      changed(x);
    }
  }

  /** A field gets a value that may not be zero. */
  private void changed(@Nullable Node x) {
    if (x instanceof StarExpr) {
      stores.add(x);
    }
    if (x instanceof SelectorExpr s
        && (s.op() == Op.DOT || s.op() == Op.DOTPTR)
        && !zero(typeOf(s)).isEmpty()) {
      flows.add(new Flow.Unknown(field(s)));
    }
  }

  /** The place of a field of which it is followed whether it ever changes; or empty. */
  String changeable(SelectorExpr s) {
    return isFollowed(typeOf(s)) || zero(typeOf(s)).isEmpty() ? NOWHERE : field(s);
  }

  /** The zero value of types of which it is followed whether fields have another; or empty. */
  static String zero(@Nullable Type t) {
    if (t == null) {
      return "";
    }
    return switch (t.underlying()) {
      case Basic b when b.is(Basic.IS_BOOLEAN) -> "false";
      case Basic b when b.is(Basic.IS_INTEGER) -> "0";
      case Basic b when b.is(Basic.IS_STRING) -> "\"\"";
      case Pointer _, Slice _, MapType _, Chan _ -> "nil";
      default -> "";
    };
  }

  private String target(Node x) {
    return x instanceof StarExpr s ? elements(Unit.typeOf(s)) : place(x);
  }

  private boolean look(Func fn, Node n) {
    switch (n) {
      case AssignStmt s -> assign(s.x, s.y);
      case AssignListStmt s -> assignList(s);
      case AssignOpStmt s -> changed(s.x);
      case AddrExpr a when a.op() == Op.ADDR && !isFollowed(typeOf(a.x)) -> changed(a.x);
      case RangeStmt s -> range(s);
      case ReturnStmt s -> {
        String key = unit.linkName(fn.sym());
        for (int i = 0; i < s.results.size(); i++) {
          copy(s.results.get(i), Flow.result(key, i));
        }
        if (s.results.size() == 1
            && s.results.get(0) instanceof CallExpr c
            && c.typeOrNull() instanceof Tuple) {
          List<String> results = call(c);
          for (int i = 0; i < results.size(); i++) {
            copy(results.get(i), Flow.result(key, i));
          }
        }
      }
      case SendStmt s -> {
        if (isFollowed(typeOf(s.value))) {
          copy(s.value, elements(((Chan) Unit.typeOf(s.chan).underlying()).elem()));
        }
      }
      case SwitchStmt s when s.tag instanceof TypeSwitchGuard g -> {
        for (CaseClause c : s.cases) {
          if (c.var != null && isFollowed(typeOf(c.var))) {
            asserted(g.x, Unit.typeOf(c.var), variable(c.var));
          }
        }
      }
      case CallExpr c -> callExpression(c);
      case CompLitExpr lit -> literal(lit);
      case AddrExpr a when a.op() == Op.ADDR && isFollowed(typeOf(a.x)) -> {
        String x = place(a.x);
        String e = elements(Unit.typeOf(a.x));
        copy(x, e);
        copy(e, x);
      }
      case ConvExpr c -> conversion(c);
      case StarExpr s when s.x instanceof ConvExpr c && !stores.contains(s) -> loads.add(c);
      case InlinedCallExpr c -> inlined(c);
      default -> {}
    }
    return n.doChildren(c -> look(fn, c));
  }

  private void conversion(ConvExpr c) {
    Type to = c.typeOrNull();
    Type from = typeOf(c.x);
    if (to == null || from == null) {
      return;
    }
    if (c.op() == Op.CONVIFACE) {
      place(c);
    } else if (TypeFacts.isUnsafePointer(to)) {
      Node x = StaticValues.of(c.x);
      if (x instanceof AddrExpr a && isFollowed(typeOf(a.x))) {
        flows.add(new Flow.Unknown(place(a.x)));
        copy(place(a.x), Flow.REFLECTED);
      } else {
        read(from);
      }
    } else if (TypeFacts.isUnsafePointer(from)) {
      if (to.underlying() instanceof Pointer && !loads.contains(c)) {
        written(c);
      }
    } else if (!to.unalias().equals(from.unalias())) {
      converted(deref(from), deref(to));
    }
  }

  /** Something may be read through an unsafe pointer to what a pointer of this type points to. */
  private void read(Type pointer) {
    if (pointer.underlying() instanceof Pointer p) {
      if (isFollowed(p.elem())) {
        copy(elements(p.elem()), Flow.REFLECTED);
      } else if (p.elem().underlying() instanceof Struct s) {
        for (Var f : s.fields()) {
          if (isFollowed(f.type())) {
            copy(field(p.elem(), f.name()), Flow.REFLECTED);
          }
        }
      }
    }
  }

  /** The type of the pointer that an address was made of; null if that is not known. */
  private static @Nullable Pointer origin(Node address, int depth) {
    if (depth > MAX_STEPS) {
      return null;
    }
    Node at = StaticValues.of(address);
    Type t = typeOf(at);
    if (t != null && t.underlying() instanceof Pointer p) {
      return p;
    }
    return switch (at) {
      case ConvExpr c -> origin(c.x, depth + 1);
      // An offset is not made of a pointer.
      case BinaryExpr b -> {
        Pointer x = origin(b.x, depth + 1);
        yield x != null ? x : origin(b.y, depth + 1);
      }
      default -> null;
    };
  }

  /** Something may be written through an unsafe pointer to parts of what it points to. */
  private void written(ConvExpr pointer) {
    Pointer p = origin(pointer.x, 0);
    if (p == null) {
      if (pointer.inl != 0
          && Flows.isCareful(unit.linkName(unit.inlTree().call(pointer.inl).callee().sym()))) {
        return; // The code stands in a function that is not, but is another's.
      }
      flows.add(new Flow.Unknown(Flow.ANYWHERE));
    } else if (p.elem().underlying() instanceof Struct s) {
      for (Var f : s.fields()) {
        flows.add(new Flow.Unknown(field(p.elem(), f.name())));
      }
    }
  }

  /** What was inlined of package reflect is reached like what is called. */
  private void inlined(InlinedCallExpr c) {
    for (Node i : c.init()) {
      if (i instanceof InlineMarkStmt mark) {
        String key = unit.linkName(unit.inlTree().call(mark.index).callee().sym());
        if (key.startsWith("reflect.")) {
          flows.add(new Flow.Static(key));
        }
      }
    }
  }

  private static Type deref(Type t) {
    return t.underlying() instanceof Pointer p ? p.elem() : t;
  }

  private void converted(Type from, Type to) {
    if (from.underlying() instanceof Struct s && to.underlying() instanceof Struct) {
      for (Var f : s.fields()) {
        String a = field(from, f.name());
        String b = field(to, f.name());
        copy(a, b);
        copy(b, a);
      }
    }
  }

  private void assignList(AssignListStmt s) {
    switch (s.op()) {
      case AS2 -> {
        for (int i = 0; i < s.lhs.size() && i < s.rhs.size(); i++) {
          assign(s.lhs.get(i), s.rhs.get(i));
        }
      }
      case AS2FUNC -> {
        s.lhs.forEach(this::changed);
        results(s.lhs, s.rhs.get(0));
      }
      default -> {
        s.lhs.forEach(this::changed);
        Node x = s.lhs.get(0);
        if (x != null && !Ir.isBlank(x) && isFollowed(typeOf(x))) {
          copy(s.rhs.get(0), target(x));
        }
      }
    }
  }

  private void results(List<Node> lhs, Node rhs) {
    if (rhs instanceof InlinedCallExpr c) {
      for (int i = 0; i < lhs.size() && i < c.returnVars.size(); i++) {
        assign(lhs.get(i), c.returnVars.get(i));
      }
    } else if (rhs instanceof CallExpr c) {
      List<String> results = call(c);
      for (int i = 0; i < lhs.size() && i < results.size(); i++) {
        Node x = lhs.get(i);
        if (x != null && !Ir.isBlank(x) && isFollowed(typeOf(x))) {
          copy(results.get(i), target(x));
        }
      }
    }
  }

  private void range(RangeStmt s) {
    Type t = Unit.typeOf(s.x).underlying();
    if (t instanceof Pointer p) {
      t = p.elem().underlying();
    }
    Type key = t instanceof MapType m ? m.key() : t instanceof Chan c ? c.elem() : null;
    Type value =
        switch (t) {
          case Slice x -> x.elem();
          case Array x -> x.elem();
          case MapType x -> x.elem();
          default -> null;
        };
    changed(s.key);
    changed(s.value);
    ranged(s.key, key);
    ranged(s.value, value);
  }

  private void ranged(@Nullable Node x, @Nullable Type elem) {
    if (x != null && elem != null && !Ir.isBlank(x) && isFollowed(typeOf(x))) {
      copy(elements(elem), target(x));
    }
  }

  private void literal(CompLitExpr lit) {
    Type t = Unit.typeOf(lit);
    for (Node n : lit.list) {
      switch (n) {
        case StructKeyExpr k when k.value != null && isFollowed(typeOf(k.value)) ->
            copy(k.value, field(t, k.field.name()));
        case StructKeyExpr k -> {
          if (k.value != null && !Ir.isZero(k.value) && !zero(typeOf(k.value)).isEmpty()) {
            flows.add(new Flow.Unknown(field(t, k.field.name())));
          }
        }
        case KeyExpr k when k.value != null -> {
          if (t.underlying() instanceof MapType m && k.key != null && isFollowed(m.key())) {
            copy(k.key, elements(m.key()));
          }
          element(k.value);
        }
        case ExprNode e -> element(e);
        default -> {}
      }
    }
  }

  private void element(Node value) {
    if (isFollowed(typeOf(value))) {
      copy(value, elements(Unit.typeOf(value)));
    }
  }

  // Calls.

  private void callExpression(CallExpr c) {
    switch (c.op()) {
      case CALLFUNC, CALLINTER, CALLMETH -> call(c);
      case APPEND -> {
        if (!c.isDDD) {
          c.args.subList(1, c.args.size()).forEach(this::element);
        }
      }
      default -> {}
    }
  }

  /** Reads a call once; gives the places of its results. */
  private List<String> call(CallExpr c) {
    List<String> known = calls.get(c);
    if (known != null) {
      return known;
    }
    Node fun = c.fun;
    if (fun == null) {
      return List.of();
    }
    Name callee = Ir.staticCalleeName(StaticValues.of(fun));
    if (callee != null) {
      String key = unit.linkName(callee.sym);
      List<String> results = new ArrayList<>();
      for (int i = 0; i < resultCount(c); i++) {
        results.add(Flow.result(key, i));
      }
      calls.put(c, results);
      flows.add(new Flow.Static(key));
      List<String> args = args(c);
      for (int i = 0; i < args.size(); i++) {
        copy(args.get(i), Flow.param(key, i));
      }
      return results;
    }
    List<String> results = new ArrayList<>();
    for (int i = 0; i < resultCount(c); i++) {
      results.add(fresh());
    }
    calls.put(c, results);
    if (fun instanceof SelectorExpr s && s.op() == Op.DOTINTER) {
      flows.add(
          new Flow.Method(
              place(s.x), facts.methodId(Unit.typeOf(s.x), s.sel), args(c), List.copyOf(results)));
      return results;
    }
    Type t = typeOf(fun);
    String signature =
        t != null && t.underlying() instanceof Signature sig
            ? names.linkString(FactsReader.plain(sig))
            : "";
    flows.add(new Flow.Value(place(fun), signature, args(c), List.copyOf(results)));
    return results;
  }

  private static int resultCount(CallExpr c) {
    Type t = c.typeOrNull();
    return t == null ? 0 : t instanceof Tuple u ? u.len() : 1;
  }

  private List<String> args(CallExpr c) {
    if (c.args.size() == 1
        && c.args.get(0) instanceof CallExpr inner
        && inner.typeOrNull() instanceof Tuple) {
      return List.copyOf(call(inner));
    }
    List<String> args = new ArrayList<>();
    for (Node n : c.args) {
      args.add(place(n));
    }
    return List.copyOf(args);
  }
}
