package dev.escapade.count.alloc;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.TypeFmt;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions as {@link Val}s: follows variables that are assigned once, and knows constants,
 * lengths, functions, and the types of what is put into interfaces. For one function.
 */
public final class Values {
  /** Definitions are followed so far; longer chains are possible in generated code. */
  private static final int MAX_DEPTH = 12;

  /** Tables with more elements are not told apart. */
  private static final int MAX_ROWS = 64;

  /** Slices of interfaces with more elements are taken as a whole. */
  private static final int MAX_EACH = 16;

  /** Strings up to this length are kept, in bytes. */
  private static final int MAX_TEXT = 300;

  private final Unit unit;
  private final TypeFmt names = TypeFmt.plain();
  private final Func fn;
  private final IdentityHashMap<Name, Integer> params = new IdentityHashMap<>();

  /** The variables of functions around, to the parameters that stand for their values. */
  private final IdentityHashMap<Name, Integer> captured = new IdentityHashMap<>();

  private final IdentityHashMap<Name, Integer> bound = new IdentityHashMap<>();
  private final IntConsumer inspected;
  private final Function<Node, String> places;
  private final Function<Type, String> cases;
  private final Function<SelectorExpr, String> fields;
  private final Function<Type, String> zeros;

  /**
   * Values within {@code fn}.
   *
   * @param inspected is told of each parameter that a value depends on
   * @param places tells where interfaces and functions come from
   * @param cases the name of a type that something is asserted to be of
   * @param fields the place of a field, if it is followed whether it changes
   * @param zeros the zero value of a type
   */
  public Values(
      Unit unit,
      Func fn,
      IntConsumer inspected,
      Function<Node, String> places,
      Function<Type, String> cases,
      Function<SelectorExpr, String> fields,
      Function<Type, String> zeros) {
    this.unit = unit;
    this.fn = fn;
    this.inspected = inspected;
    this.places = places;
    this.cases = cases;
    this.fields = fields;
    this.zeros = zeros;
    List<Name> list = Unit.params(fn);
    for (int i = 0; i < list.size(); i++) {
      params.put(list.get(i), i);
    }
    for (int i = 0; i < fn.closureVars.size(); i++) {
      captured.put(fn.closureVars.get(i).canonical(), list.size() + i);
    }
  }

  /** The value of an expression; {@code null} stands for a missing operand. */
  public Val of(@Nullable Node n) {
    if (n == null) {
      return Val.ANY;
    }
    return whole(n, 0);
  }

  private Val whole(Node n, int depth) {
    Val v = of(n, depth);
    return switch (v) {
      case Val.Boxed _, Val.Nil _, Val.Fn _, Val.Num _, Val.Sized _, Val.Text _ -> v;
      default -> {
        String place = places.apply(n);
        yield place.isEmpty() ? v : new Val.Flowing(v, place);
      }
    };
  }

  /** A parameter, which is inspected from now on. */
  public Val param(int index, String name) {
    inspected.accept(index);
    return new Val.Param(index, name);
  }

  /** The length of a value. */
  public Val length(@Nullable Node n) {
    return n == null ? Val.ANY : length(n, 0);
  }

  /** The name of a type for the linker. */
  public String typeName(Type t) {
    return names.linkString(t);
  }

  private Val length(Node n, int depth) {
    Type t = n instanceof ExprNode e ? e.typeOrNull() : null;
    if (t != null) {
      Type u = t.underlying();
      if (u instanceof Pointer p) {
        u = p.elem().underlying();
      }
      if (u instanceof Array a) {
        return new Val.Num(a.len());
      }
    }
    Val v = of(n, depth);
    return switch (v) {
      case Val.Sized s -> s.length();
      case Val.Text x -> new Val.Num(x.text().length());
      case Val.Sub s -> s.length();
      case Val.Elements e -> e.length();
      case Val.Nil _ -> new Val.Num(0);
      default -> new Val.Len(v);
    };
  }

  private Val of(Node n, int depth) {
    if (depth > MAX_DEPTH) {
      return Val.ANY;
    }
    return switch (n) {
      case BasicLit lit -> constant(lit);
      case NilExpr _ -> Val.NIL;
      case ParenExpr p -> of(p.x, depth);
      case Name name -> name(name, depth);
      case ClosureExpr c ->
          new Val.Fn(unit.linkName(c.func.sym()), List.of(), captured(c.func, depth));
      case ConvExpr c -> conversion(c, depth);
      case AddrExpr _ -> new Val.Address(Val.ANY);
      case UnaryExpr u when u.op() == Op.NEW -> new Val.Address(Val.ANY);
      case TypeAssertExpr t -> asserted(t.x, t, depth);
      case UnaryExpr u when u.op() == Op.LEN -> length(u.x, depth + 1);
      case UnaryExpr u when u.op() == Op.CAP -> new Val.Part(of(u.x, depth + 1), " cap");
      case BinaryExpr b -> binary(b, depth);
      case CallExpr c -> call(c, depth);
      case SelectorExpr s -> selector(s, depth);
      case StarExpr s -> new Val.Part(of(s.x, depth + 1), "");
      case SliceExpr s -> slice(s, depth);
      case MakeExpr m when m.len != null -> new Val.Sized(of(m.len, depth + 1));
      case CompLitExpr lit when lit.op() == Op.SLICELIT -> literal(lit, depth);
      case IndexExpr i when isRow(i) -> new Val.Row(table(i.x), of(i.index, depth + 1));
      case IndexExpr i when i.op() == Op.INDEX && isInterface(i) ->
          new Val.Element(of(i.x, depth + 1));
      case AddStringExpr add -> new Val.Sized(sum(add.list, depth));
      case InlinedCallExpr c ->
          c.returnVars.size() == 1 ? of(c.returnVars.get(0), depth + 1) : Val.ANY;
      default -> Val.ANY;
    };
  }

  /** Reports whether an element of a table is taken in a loop over one. */
  private boolean isRow(IndexExpr i) {
    return !bound.isEmpty()
        && i.index instanceof Name n
        && StaticValues.of(n) instanceof Name key
        && bound.containsKey(key.canonical());
  }

  private static Val constant(BasicLit lit) {
    return switch (lit.value.kind()) {
      case INT -> {
        long n = Constants.longValueOr(lit.value, Long.MIN_VALUE);
        yield n == Long.MIN_VALUE ? Val.ANY : new Val.Num(n);
      }
      case STRING -> {
        String text = Constants.stringVal(lit.value);
        yield text.length() <= MAX_TEXT
            ? new Val.Text(text)
            : new Val.Sized(new Val.Num(text.length()));
      }
      case BOOL -> new Val.Truth(Constants.boolVal(lit.value));
      case FLOAT, COMPLEX, UNKNOWN -> Val.ANY;
    };
  }

  private Val name(Name use, int depth) {
    if (use.storage == StorageClass.FUNC) {
      return new Val.Fn(unit.linkName(use.sym), List.of(), List.of());
    }
    Name n = use.canonical();
    if (n.storage == StorageClass.EXTERN) {
      return new Val.Global(unit.linkName(n.sym));
    }
    Integer around = captured.get(n);
    if (around != null) {
      return captured(n, around, depth);
    }
    return local(n, depth);
  }

  /** A variable of a function around: a constant, or what whoever makes the function gives it. */
  private Val captured(Name n, int index, int depth) {
    if (StaticValues.isReassigned(n)) {
      if (rangeVariable(n) == null) {
        return Val.ANY;
      }
    } else {
      Val v = local(n, depth);
      if (isConstant(v)) {
        return v;
      }
    }
    inspected.accept(index);
    return new Val.Param(index, n.sym.name());
  }

  /** Reports whether a value is the same wherever it is looked at. */
  private static boolean isConstant(Val v) {
    return switch (v) {
      case Val.Num _, Val.Text _, Val.Truth _, Val.Nil _, Val.Global _ -> true;
      case Val.Sized s -> isConstant(s.length());
      case Val.Fn f -> f.bound().isEmpty() && f.captured().isEmpty();
      case Val.Boxed b -> isConstant(b.value());
      case Val.Elements e ->
          isConstant(e.length()) && e.each().stream().allMatch(Values::isConstant);
      case Val.Op op -> isConstant(op.a()) && isConstant(op.b());
      default -> false;
    };
  }

  /** What a function literal gets of the variables around it. */
  public List<Val> captured(Func literal) {
    return captured(literal, 0);
  }

  private List<Val> captured(Func literal, int depth) {
    List<Val> values = new ArrayList<>();
    for (Name n : literal.closureVars) {
      values.add(n.outer == null || depth > MAX_DEPTH ? Val.ANY : name(n.outer, depth + 1));
    }
    return List.copyOf(values);
  }

  private Val local(Name n, int depth) {
    if (StaticValues.isReassigned(n)) {
      return ranged(n, depth);
    }
    Integer param = params.get(n);
    if (param != null) {
      inspected.accept(param);
      return new Val.Param(param, n.sym.name());
    }
    Node definition =
        switch (n.defn) {
          case AssignStmt s -> s.y;
          case AssignListStmt s when s.op() == Op.AS2 -> {
            int i = s.lhs.indexOf(n);
            yield i < 0 ? null : s.rhs.get(i);
          }
          case null, default -> null;
        };
    if (n.defn instanceof AssignListStmt s
        && s.op() == Op.AS2DOTTYPE
        && s.rhs.get(0) instanceof TypeAssertExpr t) {
      return s.lhs.get(0) == n
          ? TypeFacts.isInterface(n.type()) ? of(t.x, depth + 1) : Val.ANY
          : new Val.IsOf(whole(t.x, depth + 1), cases.apply(t.type()));
    }
    if (n.defn instanceof TypeSwitchGuard guard) {
      return asserted(guard.x, n, depth);
    }
    String name = n.sym.name();
    Val unknown = name.startsWith(".") || name.startsWith("~") ? Val.ANY : new Val.Any(name);
    Val v = definition == null ? Val.ANY : of(definition, depth + 1);
    return switch (v) {
      case Val.Any _ -> unknown;
      case Val.Address a when a.value().equals(Val.ANY) -> new Val.Address(unknown);
      default -> v;
    };
  }

  /** What is in an interface, as something of another type. */
  private Val asserted(Node subject, ExprNode as, int depth) {
    Val v = of(subject, depth + 1);
    return TypeFacts.isInterface(as.type()) || v instanceof Val.Any ? v : new Val.Content(v);
  }

  private Val conversion(ConvExpr c, int depth) {
    Val v = of(c.x, depth + 1);
    return switch (c.op()) {
      case CONVIFACE -> {
        Type from = ((ExprNode) c.x).type();
        if (TypeFacts.isInterface(from)) {
          yield v;
        }
        yield new Val.Boxed(typeName(from), v);
      }
      case CONVNOP -> v;
      case CONV ->
          isInteger(c.type()) && c.x instanceof ExprNode e && isInteger(e.type()) ? v : Val.ANY;
      case STR2BYTES, BYTES2STR, STR2BYTESTMP, BYTES2STRTMP ->
          new Val.Sized(length(c.x, depth + 1));
      default -> Val.ANY;
    };
  }

  private static boolean isInteger(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_INTEGER);
  }

  private Val binary(BinaryExpr b, int depth) {
    char op =
        switch (b.op()) {
          case ADD -> '+';
          case SUB -> '-';
          case MUL -> '*';
          case DIV -> '/';
          case RSH -> '>';
          case LSH -> '<';
          default -> ' ';
        };
    if (op == ' ' || !isInteger(b.type())) {
      return Val.ANY;
    }
    return new Val.Op(op, of(b.x, depth + 1), of(b.y, depth + 1));
  }

  private Val call(CallExpr c, int depth) {
    return switch (c.op()) {
      case MIN, MAX -> {
        Val v = of(c.args.get(0), depth + 1);
        for (Node arg : c.args.subList(1, c.args.size())) {
          v = new Val.Op(c.op() == Op.MIN ? 'm' : 'M', v, of(arg, depth + 1));
        }
        yield v;
      }
      // Ways that begin with a panic are not counted.
      case RECOVER -> Val.NIL;
      default -> Val.ANY;
    };
  }

  private static boolean isInterface(ExprNode n) {
    return TypeFacts.isInterface(n.type());
  }

  /** A slice literal; if it is one of interfaces, with what is in them. */
  private Val literal(CompLitExpr lit, int depth) {
    Val length = new Val.Num(lit.len);
    // Nobody assigns to elements of the slice that a call makes of its last arguments.
    boolean plain = lit.isImplicit() && lit.list.size() == lit.len && lit.len <= MAX_EACH;
    List<String> types = new ArrayList<>();
    List<Val> each = new ArrayList<>();
    boolean known = true;
    boolean interfaces = false;
    for (Node n : lit.list) {
      Node value = n instanceof KeyExpr k ? k.value : n;
      interfaces |= value instanceof ExprNode e && e.typeOrNull() != null && isInterface(e);
      Val v = value == null ? Val.ANY : whole(value, depth + 1);
      if (!(v instanceof Val.Boxed b)) {
        known = false;
      } else if (!types.contains(b.type())) {
        types.add(b.type());
      }
      plain &= n == value;
      each.add(v);
    }
    if (!known) {
      types.clear();
    }
    boolean useful = plain && interfaces;
    return types.isEmpty() && !useful
        ? new Val.Sized(length)
        : new Val.Elements(length, List.copyOf(types), useful ? List.copyOf(each) : List.of());
  }

  /** The element that a range has reached, if nothing else is assigned to its variable. */
  private Val ranged(Name variable, int depth) {
    Name n = rangeVariable(variable);
    if (n == null || n.curfn != fn || !(variable.defn instanceof RangeStmt r)) {
      return Val.ANY;
    }
    Val element =
        r.value == n && isInterface(variable) ? new Val.Element(of(r.x, depth + 1)) : Val.ANY;
    return bound.containsKey(n) ? new Val.Bound(bound(n), element) : element;
  }

  /**
   * The variable that a range sets which a variable always equals: itself, or the one that it is a
   * copy of, where each round has its own (cmd/compile/internal/loopvar). Null if there is none.
   */
  private static @Nullable Name rangeVariable(Name n) {
    if (!(n.defn instanceof RangeStmt r) || !r.def) {
      return null;
    }
    if (r.value == n || r.key == n) {
      return changes(r.body, n) == 0 ? n : null;
    }
    for (Node s : r.body) {
      if (s instanceof AssignStmt a
          && a.x instanceof Name x
          && x.canonical() == n
          && a.y instanceof Name y
          && (r.value == y || r.key == y)) {
        return changes(r.body, n) == 1 && changes(r.body, y) == 0 ? y : null;
      }
    }
    return null;
  }

  /** How often a variable is assigned to or has its address taken, in literals, too. */
  private static int changes(List<Node> body, Name n) {
    int changes = 0;
    for (Node s : body) {
      changes += changes(s, n);
    }
    return changes;
  }

  private static int changes(Node at, Name n) {
    int own =
        switch (at) {
          case AssignStmt s -> is(s.x, n) ? 1 : 0;
          case AssignOpStmt s -> is(s.x, n) ? 1 : 0;
          case AssignListStmt s -> s.lhs.stream().anyMatch(y -> is(y, n)) ? 1 : 0;
          case RangeStmt s -> is(s.key, n) || is(s.value, n) ? 1 : 0;
          case AddrExpr a -> is(a.x, n) ? 1 : 0;
          case ClosureExpr c -> changes(c.func.body, n);
          default -> 0;
        };
    if (at instanceof CallExpr c && isKeepAlive(c)) {
      return own; // It gets addresses, but does nothing.
    }
    int[] changes = {own};
    at.doChildren(child -> {
      changes[0] += changes(child, n);
      return false;
    });
    return changes[0];
  }

  private static boolean isKeepAlive(CallExpr c) {
    Name callee = c.fun == null ? null : Ir.staticCalleeName(c.fun);
    return callee != null
        && callee.sym.name().equals("KeepAlive")
        && Unit.packagePath(callee.sym).endsWith("runtime");
  }

  private static boolean is(@Nullable Node target, Name n) {
    return target != null && Ir.outerValue(target) instanceof Name x && x.canonical() == n;
  }

  // Tables.

  /** The number of a variable that a loop over a table sets. */
  public int bound(Name n) {
    return bound.computeIfAbsent(n.canonical(), _ -> bound.size() + 1);
  }

  /** A literal with elements, or a variable that may be one; else {@link Val#ANY}. */
  public Val table(Node n) {
    Node at = StaticValues.of(n);
    return switch (at) {
      case Name name when name.storage == StorageClass.EXTERN -> of(name);
      case CompLitExpr lit when lit.list.size() <= MAX_ROWS -> table(lit);
      default -> Val.ANY;
    };
  }

  private Val table(CompLitExpr lit) {
    if (lit.op() != Op.SLICELIT && lit.op() != Op.ARRAYLIT && lit.op() != Op.MAPLIT) {
      return Val.ANY;
    }
    List<Val> keys = new ArrayList<>();
    List<Val> elements = new ArrayList<>();
    for (Node n : lit.list) {
      Node value = n;
      if (n instanceof KeyExpr k) {
        if (lit.op() != Op.MAPLIT || k.key == null || k.value == null) {
          return Val.ANY;
        }
        keys.add(of(k.key));
        value = k.value;
      }
      elements.add(row(value));
    }
    return elements.isEmpty() ? Val.ANY : new Val.Table(List.copyOf(keys), List.copyOf(elements));
  }

  private Val row(Node n) {
    if (!(n instanceof CompLitExpr lit) || lit.op() != Op.STRUCTLIT) {
      return whole(n, 0);
    }
    Map<String, Val> fields = new TreeMap<>();
    for (Node f : lit.list) {
      if (f instanceof StructKeyExpr k && k.value != null) {
        fields.put("." + k.field.name(), row(k.value));
      }
    }
    return new Val.Struct(fields);
  }

  private Val selector(SelectorExpr s, int depth) {
    return switch (s.op()) {
      case DOT, DOTPTR -> {
        Val part = new Val.Part(of(s.x, depth + 1), "." + s.sel.name());
        String place = fields.apply(s);
        yield place.isEmpty() ? part : new Val.Field(part, place, zeros.apply(s.type()));
      }
      case METHEXPR ->
          s.method == null
              ? Val.ANY
              : new Val.Fn(unit.linkName(s.method.sym), List.of(), List.of());
      case METHVALUE ->
          s.method == null
              ? Val.ANY
              : new Val.Fn(unit.linkName(s.method.sym), List.of(of(s.x, depth + 1)), List.of());
      default -> Val.ANY;
    };
  }

  private Val slice(SliceExpr s, int depth) {
    Node rest = s.low == null || s.high == null ? null : beyond(s.low, s.high);
    if (rest != null) {
      return new Val.Sub(of(s.x, depth + 1), of(rest, depth + 1));
    }
    Val high = s.high == null ? length(s.x, depth + 1) : of(s.high, depth + 1);
    Val length = s.low == null ? high : new Val.Op('-', high, of(s.low, depth + 1));
    return new Val.Sub(of(s.x, depth + 1), length);
  }

  /** By how much {@code high} is greater if it is written as a sum with {@code low}; or null. */
  private static @Nullable Node beyond(Node low, Node high) {
    return high instanceof BinaryExpr b && b.op() == Op.ADD
        ? Ir.isSameSafeExpr(b.x, low) ? b.y : Ir.isSameSafeExpr(b.y, low) ? b.x : null
        : null;
  }

  private Val sum(List<Node> list, int depth) {
    Val sum = length(list.get(0), depth + 1);
    for (Node n : list.subList(1, list.size())) {
      sum = new Val.Op('+', sum, length(n, depth + 1));
    }
    return sum;
  }

  /** Reports whether {@code n} is a constant. */
  static boolean isConstant(Node n, Constant.Kind kind) {
    return Ir.isConst(n, kind);
  }
}
