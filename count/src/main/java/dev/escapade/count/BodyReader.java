package dev.escapade.count;

import dev.escapade.count.Step.Jump;
import dev.escapade.count.Step.Pace;
import dev.escapade.count.Step.Target;
import dev.escapade.count.Step.Test;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Site;
import dev.escapade.count.alloc.Sites;
import dev.escapade.count.alloc.Val;
import dev.escapade.count.alloc.Values;
import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TailCallStmt;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.Interface;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import dev.escapade.types.Universe;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the body of one function as a {@link Step}. */
final class BodyReader {
  /** A statement that jumps may leave. */
  private record Scope(@Nullable Sym label, int id, boolean loop) {}

  private static final Set<String> ERROR_MAKERS = Set.of("errors.New", "fmt.Errorf");

  private static final Set<String> SUB_BENCHMARKS = Set.of("testing.(*B).Run");

  private final Unit unit;
  private final Func fn;
  private final Values values;
  private final Sites sites;
  private final FactsReader facts;
  private final Reservations reservations;
  private final Owners owners;
  private final Fillings fillings;
  private final Spots spots;
  private final BenchmarkPace paces;
  private final PooledGets pooled;
  private @Nullable Val returned;
  private final Set<Val> same = new LinkedHashSet<>();

  /**
   * The slice that the expression is assigned to that is read: a {@link Val.Spot}, or {@link
   * Val#KEPT} for what is no variable of the function; {@link Val#ANY} if it is not assigned.
   */
  private Val into = Val.ANY;

  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final Map<Sym, Integer> labels = new HashMap<>();
  private final IdentityHashMap<Name, Integer> errors = new IdentityHashMap<>();

  /** Conversions that copy nothing because of where they stand (walk: order.go). */
  private final Set<Node> free = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The variables with appends that are taken to fit. */
  private final Set<Name> appended = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What they may cost in each call, or in each round of a benchmark. */
  private List<Step> round = new ArrayList<>();

  private final Set<Integer> passed = new HashSet<>();
  private final Set<Integer> backward = new TreeSet<>();
  private final boolean returnsError;
  private int lastId;

  BodyReader(Unit unit, Func fn, Set<Integer> inspected, FactsReader facts) {
    this.unit = unit;
    this.fn = fn;
    this.facts = facts;
    this.reservations = new Reservations(fn);
    values =
        new Values(
            unit,
            fn,
            inspected::add,
            facts::place,
            facts::caseType,
            facts::changeable,
            FlowReader::zero);
    sites = new Sites(unit, values);
    owners = new Owners(unit, fn, values);
    pooled = new PooledGets(fn);
    fillings = new Fillings(unit, owners, pooled);
    spots = new Spots(unit, fn, values);
    paces = new BenchmarkPace(unit);
    var results = fn.type().results();
    returnsError =
        results.len() > 0 && isError(results.at(results.len() - 1).type()) && !fn.isWrapper();
  }

  /** What the function does. */
  Step read() {
    List<Step> out = new ArrayList<>();
    for (Name n : fn.dcl) {
      if (n.storage == StorageClass.PARAM || n.storage == StorageClass.PARAMOUT) {
        add(sites.variable(n, n), out);
      }
    }
    statements(fn.body, out);
    out.addAll(0, round);
    return seq(out);
  }

  /** Whom the first result belongs to, if it is not the caller; after {@link #read}. */
  Val returned() {
    return returned == null ? Val.ANY : returned;
  }

  /** The slice that the first result is, as a spot; after {@link #read}. */
  Val same() {
    return new Val.AllSame(List.copyOf(same));
  }

  /** The labels to which something below jumps back; after {@link #read}. */
  List<Integer> backward() {
    return List.copyOf(backward);
  }

  /** The value that a package's variable is initialized with. */
  Val initial(Node n) {
    Val table = n instanceof CompLitExpr ? values.table(n) : Val.ANY;
    return table.equals(Val.ANY) ? values.of(n) : table;
  }

  /** Where the function is. */
  Place place() {
    return sites.place(fn.pos, "");
  }

  private static boolean isError(Type t) {
    return t.unalias() == Universe.ERROR;
  }

  private static Step seq(List<Step> steps) {
    return switch (steps.size()) {
      case 0 -> Step.NOTHING;
      case 1 -> steps.get(0);
      default -> new Step.Seq(List.copyOf(steps));
    };
  }

  private static void add(@Nullable Site site, List<Step> out) {
    if (site != null) {
      out.add(alloc(site));
    }
  }

  private static Step.Alloc alloc(Site site) {
    return new Step.Alloc(site, Val.ANY, Val.ANY);
  }

  // Statements.

  private Step block(List<Node> list) {
    List<Step> out = new ArrayList<>();
    statements(list, out);
    return seq(out);
  }

  private void statements(List<Node> list, List<Step> out) {
    for (int i = 0; i < list.size(); i++) {
      statement(list.get(i), out);
      if (list.get(i) instanceof IfStmt s) {
        Val owner = fillings.filledAfter(s, list.subList(i + 1, list.size()));
        if (owner != null) {
          List<Step> rest = new ArrayList<>();
          statements(list.subList(i + 1, list.size()), rest);
          out.add(new Step.Filling(owner, seq(rest)));
          return;
        }
      }
    }
  }

  private void statement(Node n, List<Step> out) {
    if (n instanceof ExprNode) {
      expression(n, out);
      return;
    }
    statements(n.init(), out);
    switch (n) {
      case BlockStmt s -> statements(s.list, out);
      case DclStmt s -> {
        add(sites.variable(s.x, s), out);
        declared(s.x, out);
      }
      case IfStmt s -> ifStatement(s, out);
      case ForStmt s -> forStatement(s, out);
      case RangeStmt s -> rangeStatement(s, out);
      case SwitchStmt s -> switchStatement(s, out);
      case SelectStmt s -> selectStatement(s, out);
      case ReturnStmt s -> returnStatement(s, out);
      case BranchStmt s -> branch(s, out);
      case LabelStmt s -> {
        passed.add(label(s.label));
        out.add(new Step.Label(label(s.label)));
      }
      case TailCallStmt s -> {
        expression(s.call, out);
        out.add(new Jump(Jump.Kind.RETURN, 0));
      }
      case GoDeferStmt s -> {
        add(sites.of(s), out);
        expression(s.call, out);
      }
      case AssignStmt s -> assign(s, out);
      case AssignOpStmt s -> {
        target(s.x, out);
        expression(s.y, out);
        if (s.asOp == Op.ADD && isString(s.x)) {
          out.add(alloc(sites.plusAssign(s)));
        }
      }
      case AssignListStmt s -> assignList(s, out);
      case InlineMarkStmt _ -> {}
      default -> expression(n, out);
    }
  }

  private static boolean isString(Node n) {
    return n instanceof ExprNode e
        && e.typeOrNull() != null
        && e.type().underlying() instanceof Basic b
        && b.is(Basic.IS_STRING);
  }

  private void assign(AssignStmt s, List<Step> out) {
    if (s.x != null) {
      target(s.x, out);
    }
    if (s.y != null) {
      into(s.x, s.y);
      call(s.y, s.x, out);
      into = Val.ANY;
    }
    if (s.x != null) {
      put(s.x, out);
      if (s.y == null && s.x instanceof Name name) {
        declared(name, out);
      } else {
        renewed(s.x, s.y, out);
      }
    }
    if (s.x instanceof Name name
        && s.y != null
        && name.typeOrNull() != null
        && isError(name.type())
        && isCertainError(s.y)) {
      out.add(new Step.Failed());
    }
  }

  private void assignList(AssignListStmt s, List<Step> out) {
    for (Node x : s.lhs) {
      target(x, out);
    }
    if (s.op() == Op.AS2MAPR && s.rhs.get(0) instanceof IndexExpr i) {
      freeKey(i.index);
    }
    for (int i = 0; i < s.rhs.size(); i++) {
      Node y = s.rhs.get(i);
      if (s.op() == Op.AS2FUNC || s.op() == Op.AS2) {
        into(s.lhs.get(i), y);
      }
      call(y, s.op() == Op.AS2FUNC ? s.lhs.getLast() : null, out);
      into = Val.ANY;
    }
    for (int i = 0; i < s.lhs.size(); i++) {
      put(s.lhs.get(i), out);
      boolean known = s.op() == Op.AS2 || (s.op() == Op.AS2FUNC && i == 0);
      renewed(s.lhs.get(i), known ? s.rhs.get(i) : null, out);
    }
  }

  /** Notes that {@code y} is assigned to {@code x}. */
  private void into(@Nullable Node x, Node y) {
    into = x != null && Spots.isSlice(x) ? spots.target(x) : Val.ANY;
    if (!into.equals(Val.ANY) && y instanceof InlinedCallExpr c) {
      spots.assigned(c, into);
    }
  }

  /** A variable starts; that of an inlined result gets what stands for it before it is used. */
  private void declared(Name name, List<Step> out) {
    if (!spots.isResult(name)) {
      renewed(name, null, out);
    }
  }

  /** Something else may be in a variable or field from now on. */
  private void renewed(@Nullable Node x, @Nullable Node y, List<Step> out) {
    if (!(x instanceof ExprNode e)
        || e.typeOrNull() == null
        || e.type().underlying() instanceof Basic) {
      return;
    }
    Val spot = spots.isAlias(x) ? Val.ANY : spots.of(x);
    if (spot instanceof Val.Spot) {
      Val value = y == null || !Spots.isSlice(x) ? Val.ANY : spots.of(y);
      if (!value.equals(spot)) {
        out.add(new Step.Renewed(spot, value));
      }
    }
  }

  /** The operands of what is assigned to. */
  private void target(Node x, List<Step> out) {
    if (x instanceof IndexExpr i && i.op() == Op.INDEXMAP) {
      expression(i.x, out);
      expression(i.index, out);
    } else if (!(x instanceof Name)) {
      expression(x, out);
    }
  }

  private void put(Node x, List<Step> out) {
    if (x instanceof IndexExpr i && i.op() == Op.INDEXMAP && i.x instanceof ExprNode m) {
      out.add(new Step.Alloc(sites.put(i, m.type()), owners.of(m), Val.ANY));
    }
  }

  /** An expression that may be a call whose last result is an error that is assigned. */
  private void call(Node y, @Nullable Node errorTarget, List<Step> out) {
    if (y instanceof CallExpr c
        && errorTarget instanceof Name name
        && name.typeOrNull() != null
        && isError(name.type())
        && !name.isBlank()) {
      callExpression(c, errors.computeIfAbsent(name.canonical(), _ -> ++lastId), out);
    } else {
      expression(y, out);
    }
  }

  private void ifStatement(IfStmt s, List<Step> out) {
    expression(s.cond, out);
    if (s.cond instanceof BasicLit lit && lit.value.kind() == Constant.Kind.BOOL) {
      statements(Constants.boolVal(lit.value) ? s.body : s.els, out);
      return;
    }
    Name error = comparedError(s.cond, Op.NE);
    Name noError = error == null ? comparedError(s.cond, Op.EQ) : null;
    Step then = block(s.body);
    Step els = block(s.els);
    Val filled = fillings.filled(s, true);
    if (filled != null) {
      then = new Step.Filling(filled, then);
    }
    filled = fillings.filled(s, false);
    if (filled != null) {
      els = new Step.Filling(filled, els);
    }
    if (isNothing(then) && isNothing(els)) {
      return;
    }
    if (error != null) {
      out.add(new Step.Choice(Test.UNKNOWN, id(error), true, List.of(then, els)));
    } else if (noError != null) {
      out.add(new Step.Choice(Test.UNKNOWN, id(noError), true, List.of(els, then)));
    } else {
      out.add(new Step.Choice(test(s.cond), 0, false, List.of(then, els)));
    }
  }

  private static boolean isNothing(Step s) {
    return s instanceof Step.Seq seq && seq.steps().isEmpty();
  }

  private int id(Name error) {
    return errors.getOrDefault(error.canonical(), 0);
  }

  /** The error that is compared with nil by {@code op}. */
  private static @Nullable Name comparedError(Node cond, Op op) {
    return cond instanceof BinaryExpr b
            && b.op() == op
            && b.y instanceof NilExpr
            && b.x instanceof Name n
            && isError(n.type())
        ? n
        : null;
  }

  private Test test(Node cond) {
    return switch (cond) {
      case ParenExpr p -> test(p.x);
      case LogicalExpr l ->
          new Test(
              l.op() == Op.ANDAND ? "&&" : "||", Val.ANY, Val.ANY, List.of(test(l.x), test(l.y)));
      case UnaryExpr u when u.op() == Op.NOT -> new Test("!", Val.ANY, Val.ANY, List.of(test(u.x)));
      case BinaryExpr b -> comparison(b);
      case Name n -> new Test("true", values.of(n), Val.ANY, List.of());
      case SelectorExpr s -> new Test("true", values.of(s), Val.ANY, List.of());
      default -> Test.UNKNOWN;
    };
  }

  private Test comparison(BinaryExpr b) {
    String op =
        switch (b.op()) {
          case EQ -> "==";
          case NE -> "!=";
          case LT -> "<";
          case LE -> "<=";
          case GT -> ">";
          case GE -> ">=";
          default -> "";
        };
    if (op.isEmpty() || !isComparable(b.x)) {
      return Test.UNKNOWN;
    }
    if (isString(b.x) && emptyString(b.y)) {
      return new Test(op, values.length(b.x), new Val.Num(0), List.of());
    }
    return new Test(op, values.of(b.x), values.of(b.y), List.of());
  }

  private static boolean emptyString(Node n) {
    return n instanceof BasicLit lit
        && lit.value.kind() == Constant.Kind.STRING
        && Constants.stringVal(lit.value).isEmpty();
  }

  /** Integers, and what can be compared with nil. */
  private static boolean isComparable(Node n) {
    if (!(n instanceof ExprNode e) || e.typeOrNull() == null) {
      return false;
    }
    return !(e.type().underlying() instanceof Basic b)
        || b.is(Basic.IS_INTEGER)
        || b.is(Basic.IS_STRING);
  }

  private void forStatement(ForStmt s, List<Step> out) {
    int id = ++lastId;
    scopes.push(new Scope(s.label, id, true));
    List<Step> body = new ArrayList<>();
    Pace pace = paces.of(s);
    // What the testing package does once in a while is no cost of an operation.
    if (s.cond != null && !pace.isBenchmark()) {
      expression(s.cond, body);
    }
    List<Step> inner = new ArrayList<>();
    loopBody(s.body, pace.isBenchmark(), inner);
    body.add(new Step.Block(-id, seq(inner)));
    if (s.post != null) {
      statement(s.post, body);
    }
    scopes.pop();
    Val trips = new Trips(values).of(s);
    out.add(
        new Step.Loop(
            sites.place(s), id, trips, false, s.cond == null, pace, Step.Rows.NONE, seq(body)));
  }

  private void loopBody(List<Node> body, boolean benchmark, List<Step> out) {
    if (!benchmark) {
      statements(body, out);
      return;
    }
    Set<Name> outer = owners.enter(body);
    List<Step> around = round;
    round = new ArrayList<>();
    statements(body, out);
    out.addAll(0, round);
    round = around;
    owners.leave(outer);
  }

  private void rangeStatement(RangeStmt s, List<Step> out) {
    int id = ++lastId;
    if (s.x instanceof ConvExpr c && c.op() == Op.STR2BYTES) {
      free.add(c);
    }
    expression(s.x, out);
    Step.Rows rows = rows(s);
    scopes.push(new Scope(s.label, id, true));
    List<Step> body = new ArrayList<>();
    if (s.key instanceof Name k && s.def) {
      add(sites.variable(k, s), body);
    }
    if (s.value instanceof Name v && s.def) {
      add(sites.variable(v, s), body);
    }
    renewed(s.key, null, body);
    renewed(s.value, null, body);
    List<Step> inner = new ArrayList<>();
    Pace pace = paces.of(s);
    loopBody(s.body, pace.isBenchmark(), inner);
    body.add(new Step.Block(-id, seq(inner)));
    scopes.pop();
    Type t = ((ExprNode) s.x).type().underlying();
    boolean string = t instanceof Basic b && b.is(Basic.IS_STRING);
    boolean number = t instanceof Basic && !string;
    boolean channel = t instanceof dev.escapade.types.Chan;
    Val trips = channel ? Val.ANY : number ? values.of(s.x) : values.length(s.x);
    out.add(new Step.Loop(sites.place(s), id, trips, string, false, pace, rows, seq(body)));
  }

  /** The table that a loop with sub-benchmarks runs over. */
  private Step.Rows rows(RangeStmt s) {
    if (!s.def || !dev.escapade.ir.Visit.anyList(s.body, BodyReader::isSubBenchmark)) {
      return Step.Rows.NONE;
    }
    Val table = values.table(s.x);
    if (!(table instanceof Val.Table) && !(table instanceof Val.Global)) {
      return Step.Rows.NONE;
    }
    return new Step.Rows(table, bound(s.key), bound(s.value));
  }

  private int bound(@Nullable Node variable) {
    return variable instanceof Name n && !n.isBlank() ? values.bound(n) : 0;
  }

  private static boolean isSubBenchmark(Node n) {
    return n instanceof CallExpr c && Reservations.calls(c, SUB_BENCHMARKS);
  }

  private void switchStatement(SwitchStmt s, List<Step> out) {
    int id = ++lastId;
    scopes.push(new Scope(s.label, id, false));
    if (s.tag instanceof TypeSwitchGuard guard) {
      expression(guard.x, out);
    } else if (s.tag != null) {
      if (s.tag instanceof ConvExpr c && c.op() == Op.BYTES2STR) {
        free.add(c);
      }
      expression(s.tag, out);
    }
    List<Step> arms = new ArrayList<>();
    boolean hasDefault = false;
    Step next = Step.NOTHING;
    for (int i = s.cases.size() - 1; i >= 0; i--) {
      CaseClause c = s.cases.get(i);
      hasDefault |= c.list.isEmpty();
      List<Step> arm = new ArrayList<>();
      if (c.var != null) {
        add(sites.variable(c.var, c), arm);
        renewed(c.var, null, arm);
      }
      boolean falls = c.body.size() > 0 && c.body.getLast().op() == Op.FALL;
      statements(falls ? c.body.subList(0, c.body.size() - 1) : c.body, arm);
      if (falls) {
        arm.add(next);
      }
      next = seq(arm);
      arms.add(0, next);
    }
    List<Step> tests = new ArrayList<>();
    for (CaseClause c : s.cases) {
      if (!(s.tag instanceof TypeSwitchGuard)) {
        for (Node x : c.list) {
          expression(x, tests);
        }
      }
    }
    scopes.pop();
    if (!hasDefault) {
      arms.add(Step.NOTHING);
    }
    if (s.tag instanceof TypeSwitchGuard guard) {
      List<List<String>> cases = new ArrayList<>();
      for (CaseClause c : s.cases) {
        cases.add(caseTypes(c));
      }
      if (!hasDefault) {
        cases.add(List.of());
      }
      out.add(
          new Step.Block(
              id, new Step.TypeChoice(values.of(guard.x), List.copyOf(cases), List.copyOf(arms))));
      return;
    }
    if (!tests.isEmpty()) {
      out.add(new Step.Choice(Test.UNKNOWN, 0, false, List.of(seq(tests), Step.NOTHING)));
    }
    if (s.tag instanceof ExprNode e
        && isComparable(e)
        && !(e.type().underlying() instanceof Interface)) {
      List<List<Val>> cases = new ArrayList<>();
      for (CaseClause c : s.cases) {
        List<Val> list = new ArrayList<>();
        c.list.forEach(x -> list.add(values.of(x)));
        cases.add(List.copyOf(list));
      }
      if (!hasDefault) {
        cases.add(List.of());
      }
      out.add(
          new Step.Block(
              id, new Step.ValueChoice(values.of(e), List.copyOf(cases), List.copyOf(arms))));
      return;
    }
    out.add(new Step.Block(id, new Step.Choice(Test.UNKNOWN, 0, false, List.copyOf(arms))));
  }

  private List<String> caseTypes(CaseClause c) {
    List<String> names = new ArrayList<>();
    for (Node n : c.list) {
      names.add(
          n instanceof ExprNode e && e.typeOrNull() != null && !(n instanceof NilExpr)
              ? facts.caseType(e.type())
              : "nil");
    }
    return List.copyOf(names);
  }

  private void selectStatement(SelectStmt s, List<Step> out) {
    int id = ++lastId;
    scopes.push(new Scope(s.label, id, false));
    List<Step> arms = new ArrayList<>();
    for (CommClause c : s.cases) {
      List<Step> arm = new ArrayList<>();
      statements(c.init(), arm);
      if (c.comm != null) {
        statement(c.comm, arm);
      }
      statements(c.body, arm);
      arms.add(seq(arm));
    }
    scopes.pop();
    if (arms.isEmpty()) {
      out.add(new Jump(Jump.Kind.PANIC, 0));
    } else {
      out.add(new Step.Block(id, new Step.Choice(Test.UNKNOWN, 0, false, List.copyOf(arms))));
    }
  }

  private void returnStatement(ReturnStmt s, List<Step> out) {
    for (Node r : s.results) {
      into = r == s.results.get(0) && Spots.isSlice(r) ? spots.returned(r) : Val.ANY;
      expression(r, out);
    }
    into = Val.ANY;
    returned(s);
    boolean fails = returnsError && !s.results.isEmpty() && isCertainError(s.results.getLast());
    out.add(new Jump(fails ? Jump.Kind.FAIL : Jump.Kind.RETURN, 0));
  }

  /** Notes whom the first result belongs to: what is kept if it may be that. */
  private void returned(ReturnStmt s) {
    List<Name> named = Unit.results(fn);
    Node result = !s.results.isEmpty() ? s.results.get(0) : named.isEmpty() ? null : named.get(0);
    if (!(result instanceof ExprNode e)
        || result instanceof NilExpr
        || e.typeOrNull() == null
        || e.type().underlying() instanceof Basic) {
      return;
    }
    Val spot = Spots.isSlice(result) ? spots.of(result) : Val.ANY;
    same.add(spot);
    Val owner = owners.of(result);
    if (returned == null || owner.equals(Val.KEPT)) {
      returned = owner;
    } else if (!returned.equals(owner) && !returned.equals(Val.KEPT)) {
      returned = Val.ANY;
    }
  }

  /** Reports whether a result is an error for certain. */
  private boolean isCertainError(Node result) {
    Node v = StaticValues.of(result);
    return switch (v) {
      case ConvExpr c when c.op() == Op.CONVIFACE -> !(c.x instanceof NilExpr);
      case Name n -> n.storage == StorageClass.EXTERN;
      case CallExpr c -> Reservations.calls(c, ERROR_MAKERS);
      default -> false;
    };
  }

  private void branch(BranchStmt s, List<Step> out) {
    switch (s.op()) {
      case GOTO -> {
        if (s.label != null) {
          int id = label(s.label);
          if (passed.contains(id)) {
            backward.add(id);
          }
          out.add(new Jump(Jump.Kind.GOTO, id));
        }
      }
      case BREAK -> out.add(new Jump(Jump.Kind.BREAK, scope(s.label, false)));
      case CONTINUE -> out.add(new Jump(Jump.Kind.BREAK, -scope(s.label, true)));
      default -> {}
    }
  }

  private int label(Sym sym) {
    return labels.computeIfAbsent(sym, _ -> ++lastId);
  }

  private int scope(@Nullable Sym label, boolean loop) {
    for (Scope s : scopes) {
      if ((label == null || label.equals(s.label)) && (s.loop || !loop)) {
        return s.id;
      }
    }
    return 0;
  }

  // Expressions.

  private void expression(Node n, List<Step> out) {
    switch (n) {
      case Name name -> facts.value(name);
      case BasicLit _, NilExpr _ -> {}
      case InlinedCallExpr c -> {
        if (!into.equals(Val.ANY)) {
          spots.assigned(c, into);
        }
        into = Val.ANY;
        statements(c.init(), out);
        statements(c.body, out);
        for (Node r : c.returnVars) {
          expression(r, out);
        }
      }
      case CallExpr c -> callExpression(c, 0, out);
      case LogicalExpr l -> {
        statements(l.init(), out);
        expression(l.x, out);
        List<Step> right = new ArrayList<>();
        expression(l.y, right);
        if (!right.isEmpty()) {
          Test left = test(l.x);
          List<Step> arms =
              l.op() == Op.ANDAND
                  ? List.of(seq(right), Step.NOTHING)
                  : List.of(Step.NOTHING, seq(right));
          out.add(new Step.Choice(left, 0, false, arms));
        }
      }
      default -> operation(n, out);
    }
  }

  private void operation(Node n, List<Step> out) {
    markFree(n);
    statements(n.init(), out);
    if (n instanceof ConvExpr c && c.op() == Op.STR2BYTES && c.x instanceof AddStringExpr a) {
      children(a, out);
    } else {
      children(n, out);
    }
    if (!free.contains(n)) {
      add(sites.of(n), out);
    }
    if (n instanceof ConvExpr c && c.op() == Op.CONVIFACE && c.x instanceof ExprNode x) {
      facts.boxed(x.type());
    }
    facts.value(n);
    if (n.op() == Op.PANIC) {
      out.add(new Jump(Jump.Kind.PANIC, 0));
    }
  }

  private void children(Node n, List<Step> out) {
    n.doChildren(c -> {
      if (!n.init().contains(c)) {
        if (c instanceof dev.escapade.ir.StmtNode) {
          statement(c, out);
        } else {
          expression(c, out);
        }
      }
      return false;
    });
  }

  /** Marks operands of {@code n} that need no copy there. */
  private void markFree(Node n) {
    switch (n) {
      case BinaryExpr b when b.op().isComparison() -> {
        freeConversion(b.x);
        freeConversion(b.y);
      }
      case IndexExpr i when i.op() == Op.INDEXMAP && !i.assigned -> freeKey(i.index);
      case UnaryExpr u when u.op() == Op.LEN -> {
        if (u.x instanceof ConvExpr c
            && (c.op() == Op.STR2RUNES || c.op() == Op.BYTES2STR || c.op() == Op.STR2BYTES)) {
          free.add(c);
        }
      }
      case AddStringExpr a -> {
        boolean literal = false;
        for (Node x : a.list) {
          literal |= x instanceof BasicLit lit && !Constants.stringVal(lit.value).isEmpty();
        }
        if (literal) {
          a.list.forEach(this::freeConversion);
        }
      }
      default -> {}
    }
  }

  private void freeConversion(Node n) {
    if (n instanceof ConvExpr c && c.op() == Op.BYTES2STR) {
      free.add(c);
    }
  }

  /** The key of a look-up may be built from byte slices without copies. */
  private void freeKey(Node key) {
    freeConversion(key);
    if (key instanceof CompLitExpr lit && (lit.op() == Op.STRUCTLIT || lit.op() == Op.ARRAYLIT)) {
      lit.list.forEach(e -> {
        switch (e) {
          case dev.escapade.ir.StructKeyExpr k when k.value != null -> freeKey(k.value);
          case dev.escapade.ir.KeyExpr k when k.value != null -> freeKey(k.value);
          default -> freeKey(e);
        }
      });
    }
  }

  private void callExpression(CallExpr c, int error, List<Step> out) {
    Val target = into;
    into = Val.ANY;
    statements(c.init(), out);
    if (c.op() == Op.APPEND
        && c.isDDD
        && c.args.size() == 2
        && c.args.get(1) instanceof MakeExpr m
        && m.cap == null
        && m.len != null) {
      expression(c.args.get(0), out);
      expression(m.len, out);
      append(c, target, out);
      return;
    }
    if (c.fun != null && !(c.fun instanceof Name)) {
      children(c.fun, out);
    }
    for (Node arg : c.args) {
      // What is appended to may itself be the result of an append.
      into = arg == c.args.get(0) && (c.op() == Op.APPEND || isSame(c, target)) ? target : Val.ANY;
      expression(arg, out);
    }
    into = Val.ANY;
    switch (c.op()) {
      case PANIC -> out.add(new Jump(Jump.Kind.PANIC, 0));
      case APPEND -> append(c, target, out);
      case CALLFUNC, CALLINTER, CALLMETH -> {
        if (reservations.hasRoom(c)) {
          reserved(c, out);
          return;
        }
        Target callee = target(c);
        if (callee != null && !isInstruction(c)) {
          Step call = new Step.Call(sites.place(c), callee, args(c, target), error);
          out.add(pooled.isReturned(c) ? new Step.Filling(Val.KEPT, call) : call);
        }
      }
      default -> add(sites.of(c), out);
    }
  }

  /** An append, the result of which is assigned to {@code target}. */
  private void append(CallExpr c, Val target, List<Step> out) {
    if (reservations.hasRoom(c)) {
      reserved(c, out);
    } else {
      Site site = sites.of(c);
      if (site != null) {
        Val spot = spots.of(c.args.get(0));
        out.add(
            new Step.Alloc(
                site,
                isKeptIn(c.args.get(0), spot, target) ? owners.of(c.args.get(0)) : Val.ANY,
                spot.equals(target) ? spot : Val.ANY));
      }
    }
  }

  /** Reports whether the back end makes an instruction of a call; the body may be a panic. */
  private boolean isInstruction(CallExpr c) {
    Name callee = c.fun == null ? null : Ir.staticCalleeName(c.fun);
    return callee != null
        && unit.intrinsics().contains(Unit.packagePath(callee.sym), callee.sym.name());
  }

  private void reserved(CallExpr c, List<Step> out) {
    out.add(alloc(sites.reserved(c)));
    Name root = Reservations.root(c.args.get(0));
    if (root != null && appended.add(root)) {
      round.add(alloc(sites.reservation(c)));
    }
  }

  /** Reports whether the result of a call goes where its first argument comes from. */
  private boolean isSame(CallExpr c, Val target) {
    return c.op() == Op.CALLFUNC && !target.equals(Val.ANY) && Spots.isSlice(c.args.get(0));
  }

  private List<Val> args(CallExpr c, Val target) {
    List<Val> args = new ArrayList<>(c.args.size() + 1);
    if (c.op() == Op.CALLINTER && c.fun instanceof SelectorExpr s) {
      args.add(arg(s.x, target));
    }
    for (Node arg : c.args) {
      args.add(arg(arg, target));
    }
    if (isSubBenchmark(c)) {
      args.set(1, new BenchmarkNames(unit, values).of(c.args.get(1)));
    }
    if (c.fun != null
        && StaticValues.of(c.fun) instanceof ClosureExpr literal
        && !literal.func.closureVars.isEmpty()) {
      while (args.size() < Unit.params(literal.func).size()) {
        args.add(Val.ANY);
      }
      args.addAll(values.captured(literal.func));
    }
    return List.copyOf(args);
  }

  /** Reports whether a slice that is kept has room, or gets what it grows to. */
  private static boolean isKeptIn(Node slice, Val spot, Val target) {
    return Spots.isBack(spot, target) || Reservations.isRoomy(slice);
  }

  /** The slice that an argument is if its result is assigned there, or the object pointed to. */
  private Val spot(Node arg, Val target) {
    Val spot = spots.of(arg);
    return !Spots.isSlice(arg) || spot.equals(target) ? spot : Val.ANY;
  }

  /** The value of an argument, and whom it belongs to if it is more than a number. */
  private Val arg(Node n, Val target) {
    Val v = values.of(n);
    if (!(n instanceof ExprNode e)
        || e.typeOrNull() == null
        || e.type().underlying() instanceof Basic) {
      return v;
    }
    boolean lost = Spots.isSlice(n) && !isKeptIn(n, spots.of(n), target);
    Val owner = lost ? Val.ANY : owners.of(n);
    if (lost && v instanceof Val.Param) {
      return new Val.Owned(v, Val.ANY, Val.ANY);
    }
    Val spot = spot(n, target);
    return owner.equals(Val.ANY) && spot.equals(Val.ANY) ? v : new Val.Owned(v, owner, spot);
  }

  private @Nullable Target target(CallExpr c) {
    Node fun = c.fun;
    if (fun == null) {
      return null;
    }
    if (fun instanceof SelectorExpr s && s.op() == Op.DOTINTER && s.x instanceof ExprNode x) {
      return facts.method(values.of(x), x.type(), s.sel);
    }
    Name callee = Ir.staticCalleeName(StaticValues.of(fun));
    if (callee != null) {
      return new Target.Static(unit.linkName(callee.sym));
    }
    Node v = StaticValues.of(fun);
    if (v instanceof SelectorExpr s && s.op() == Op.METHEXPR && s.x instanceof ExprNode x) {
      Type t = x.type();
      if (TypeFacts.isInterface(t)) {
        return facts.method(c.args.isEmpty() ? Val.ANY : values.of(c.args.get(0)), t, s.sel);
      }
    }
    return new Target.Value(
        values.of(fun),
        values.typeName(FactsReader.plain((Signature) ((ExprNode) fun).type().underlying())));
  }
}
