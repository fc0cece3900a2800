package dev.escapade.pgo;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.Optimization;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import dev.escapade.unit.BottomUp;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Devirtualizes the calls of a package for which the profile has a callee. */
public final class ProfileGuided {
  private static final Type UINTPTR_POINTER = new Pointer(Basic.UINTPTR);

  private final Unit unit;
  private final HotCalls calls;
  private final Obstacles obstacles;

  /** Knows what stands in the way of inlining. */
  @FunctionalInterface
  public interface Obstacles {
    /** Why a function cannot be inlined whatever its body is, or null. */
    @Nullable String of(Func fn);
  }

  private ProfileGuided(Unit unit, HotCalls calls, Obstacles obstacles) {
    this.unit = unit;
    this.calls = calls;
    this.obstacles = obstacles;
  }

  /** Works on all functions of {@code unit}. */
  public static void run(Unit unit, HotCalls calls, Obstacles obstacles) {
    ProfileGuided pass = new ProfileGuided(unit, calls, obstacles);
    BottomUp.visit(
        unit.code().funcs(),
        (batch, _) -> {
          for (Func fn : batch) {
            fn.editChildren(n -> pass.edit(fn, n));
          }
        });
  }

  private Node edit(Func fn, Node n) {
    n.editChildren(child -> edit(fn, child));
    if (!(n instanceof CallExpr call) || call.goDefer) {
      return n;
    }
    return switch (call.op()) {
      case CALLFUNC -> functionCall(fn, call);
      case CALLINTER -> interfaceCall(fn, call);
      default -> call;
    };
  }

  /**
   * The callee of most weight, if it can be seen from here and {@code fits}. Callees that do not
   * fit are those of other calls in the same line.
   */
  private @Nullable Func hottest(Func fn, CallExpr call, Predicate<HotCalls.Candidate> fits) {
    HotCalls.Candidate hottest = null;
    for (HotCalls.Candidate c : calls.candidates(fn, call)) {
      if ((hottest == null || isHotter(c, hottest)) && (c.callee() == null || fits.test(c))) {
        hottest = c;
      }
    }
    return hottest == null || hottest.edge().weight() == 0 ? null : hottest.callee();
  }

  private static boolean isHotter(HotCalls.Candidate a, HotCalls.Candidate b) {
    if (a.edge().weight() != b.edge().weight()) {
      return a.edge().weight() > b.edge().weight();
    }
    if ((a.callee() == null) != (b.callee() == null)) {
      return a.callee() != null;
    }
    return a.edge().callee().compareTo(b.edge().callee()) < 0;
  }

  private static @Nullable Type receiver(Func fn) {
    Var recv = fn.type().recv();
    return recv == null ? null : recv.type();
  }

  /** Reports whether {@code callee} might be inlined, without which a static call gains nothing. */
  private boolean isWorthwhile(Func callee) {
    String obstacle = obstacles.of(callee);
    if (obstacle != null && unit.log().isDetailed()) {
      unit.log()
          .add(
              new Decision.NotWorthDevirtualizing(
                  unit.pos(callee), Unit.functionName(callee), obstacle));
    }
    if (obstacle != null) {
      unit.record(() -> new Optimization.NotWorthDevirtualizing(unit.place(callee), obstacle));
    }
    return obstacle == null;
  }

  private void report(CallExpr call, boolean ofInterface, Func callee) {
    if (unit.log().isEnabled() && call.fun != null) {
      unit.log()
          .add(
              new Decision.ProfileGuidedDevirtualizing(
                  unit.pos(call), ofInterface, unit.text(call.fun), unit.text(callee)));
    }
  }

  // ---- interface method calls

  private Node interfaceCall(Func fn, CallExpr call) {
    if (!(call.fun instanceof SelectorExpr sel)) {
      return call;
    }
    Func callee = hottest(fn, call, c -> implementsCall(c, sel));
    Type type = callee == null ? null : receiver(callee);
    if (callee == null || type == null || !isWorthwhile(callee)) {
      return call;
    }
    report(call, true, callee);
    List<Node> init = new ArrayList<>(Ir.takeInit(call));
    List<Node> args = copyInputs(fn, call, (ExprNode) sel.x, init);
    Name receiver = (Name) args.removeFirst();
    call.args = new ArrayList<>(args);
    Name concrete = unit.newTemp(call.pos, call.inl, fn, type);
    Name ok = unit.newTemp(call.pos, call.inl, fn, Basic.BOOL);
    TypeAssertExpr assertion = new TypeAssertExpr(call.pos, call.inl, Op.DOTTYPE2, type, receiver);
    init.add(
        new AssignListStmt(
            call.pos, call.inl, Op.AS2DOTTYPE, Ir.list(concrete, ok), Ir.list(assertion)));
    CallExpr direct = copyOf(call, Op.CALLINTER, call.fun, args);
    unit.code().setCallee(direct, unit.code().method(call.pos, call.inl, concrete, sel.sel));
    return conditional(fn, ok, direct, call, init);
  }

  private boolean implementsCall(HotCalls.Candidate c, SelectorExpr sel) {
    Func callee = c.callee();
    Type type = callee == null ? null : receiver(callee);
    return type != null
        && unit.code().isImplementation(type, Unit.typeOf(sel.x))
        && c.edge().callee().endsWith("." + sel.sel.name());
  }

  // ---- calls of function values

  private Node functionCall(Func fn, CallExpr call) {
    if (call.fun == null || HotCalls.directCallee(call) != null) {
      return call;
    }
    Type type = Unit.typeOf(call.fun).underlying();
    Func callee =
        hottest(
            fn, call, c -> c.callee() != null && Predicates.identical(type, plainType(c.callee())));
    if (callee == null
        || callee.closure != null
        || isHash(callee)
        || receiver(callee) != null
        || !isWorthwhile(callee)) {
      return call;
    }
    report(call, false, callee);
    List<Node> init = new ArrayList<>(Ir.takeInit(call));
    List<Node> args = copyInputs(fn, call, (ExprNode) call.fun, init);
    Name value = (Name) args.removeFirst();
    call.args = new ArrayList<>(args);
    BinaryExpr same =
        new BinaryExpr(
            call.pos,
            call.inl,
            Op.EQ,
            Basic.BOOL,
            codeAddress(call, value),
            codeAddress(call, callee));
    CallExpr direct = copyOf(call, Op.CALLFUNC, callee.nname, args);
    return conditional(fn, same, direct, call, init);
  }

  /** The type of a function without its receiver. */
  private static Signature plainType(Func fn) {
    Signature s = fn.type();
    return new Signature(null, List.of(), List.of(), s.params(), s.results(), s.variadic());
  }

  /** The runtime's memhash_varlen reads the context of a closure though it is none. */
  private static boolean isHash(Func fn) {
    return Unit.packagePath(fn.sym()).equals("runtime") && fn.sym().name().equals("memhash_varlen");
  }

  /** Where the code of a function value is: what its data word points to. */
  private static ExprNode codeAddress(CallExpr at, Name value) {
    ConvExpr iface = new ConvExpr(at.pos, at.inl, Op.CONVIFACE, Universe.ANY_INTERFACE, value);
    UnaryExpr data = new UnaryExpr(at.pos, at.inl, Op.IDATA, UINTPTR_POINTER, iface);
    return new StarExpr(at.pos, at.inl, Basic.UINTPTR, data);
  }

  /** Where the code of {@code fn} is. */
  private ExprNode codeAddress(CallExpr at, Func fn) {
    LinksymOffsetExpr symbol =
        new LinksymOffsetExpr(at.pos, at.inl, Basic.UINTPTR, unit.linkName(fn.sym()), 0);
    AddrExpr address = Ir.addr(at.pos, at.inl, symbol);
    return new ConvExpr(at.pos, at.inl, Op.CONVNOP, Basic.UINTPTR, address);
  }

  // ---- the replacement

  /**
   * Evaluates what is called and the arguments once, into new variables, which are returned in this
   * order.
   */
  private List<Node> copyInputs(Func fn, CallExpr call, ExprNode called, List<Node> init) {
    List<Node> values = new ArrayList<>(call.args.size() + 1);
    values.add(called);
    values.addAll(call.args);
    List<Node> variables = new ArrayList<>(values.size());
    for (Node value : values) {
      variables.add(unit.newTemp(call.pos, call.inl, fn, Unit.typeOf(value)));
    }
    init.add(new AssignListStmt(call.pos, call.inl, Op.AS2, new ArrayList<>(variables), values));
    return variables;
  }

  private static CallExpr copyOf(CallExpr call, Op op, @Nullable Node fun, List<Node> args) {
    CallExpr copy =
        new CallExpr(call.pos, call.inl, op, call.typeOrNull(), fun, new ArrayList<>(args));
    copy.isDDD = call.isDDD;
    return copy;
  }

  /**
   * Calls one or the other; the results are in variables. As with the compiler, the dynamic call
   * still has the expression that it had for what is called, not the variable that its value is in;
   * the cost model sees the difference.
   */
  private Node conditional(
      Func fn, Node condition, CallExpr then, CallExpr otherwise, List<Node> init) {
    int pos = otherwise.pos;
    int inl = otherwise.inl;
    List<Node> results = new ArrayList<>();
    Signature signature =
        (Signature) Unit.typeOf(Objects.requireNonNull(otherwise.fun)).underlying();
    for (Var v : signature.results().vars()) {
      results.add(unit.newTemp(pos, inl, fn, v.type()));
    }
    IfStmt branch =
        new IfStmt(pos, inl, condition, store(results, then), store(results, otherwise));
    branch.setInit(init);
    branch.likely = true;
    return new InlinedCallExpr(pos, inl, then.typeOrNull(), Ir.list(branch), results);
  }

  private static List<Node> store(List<Node> results, CallExpr call) {
    if (results.isEmpty()) {
      return Ir.list(call);
    }
    Op op = results.size() == 1 ? Op.AS2 : Op.AS2FUNC;
    return Ir.list(
        new AssignListStmt(call.pos, call.inl, op, new ArrayList<>(results), Ir.list(call)));
  }
}
