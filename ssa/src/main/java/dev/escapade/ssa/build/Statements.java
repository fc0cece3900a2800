package dev.escapade.ssa.build;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InterfaceSwitchStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.JumpTableStmt;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TailCallStmt;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Statements. */
final class Statements {
  /** Where jumps to a label go. */
  private static final class Label {
    @Nullable Block target;
    @Nullable Block breakTarget;
    @Nullable Block continueTarget;
  }

  private final State s;
  private final Map<String, Label> labels = new HashMap<>();

  Statements(State s) {
    this.s = s;
  }

  private Label label(Sym sym) {
    return labels.computeIfAbsent(sym.name(), _ -> new Label());
  }

  private Block target(Sym sym) {
    Label l = label(sym);
    Block b = l.target;
    if (b == null) {
      b = s.newBlock();
      l.target = b;
    }
    return b;
  }

  void stmt(Node n) {
    s.pushLine(n);
    if (s.curBlock != null || n instanceof LabelStmt) {
      s.stmts(n.init());
      build(n);
    }
    s.popLine();
  }

  private void build(Node n) {
    switch (n) {
      case BlockStmt x -> s.stmts(x.list);
      case CallExpr x -> call(x);
      case GoDeferStmt x -> goOrDefer(x);
      case AssignListStmt x when x.op() == dev.escapade.ir.Op.AS2DOTTYPE -> assignAssertion(x);
      case AssignListStmt x when x.op() == dev.escapade.ir.Op.AS2FUNC -> assignIntrinsic(x);
      case DclStmt x -> {
        if (x.x.esc() == Esc.HEAP) {
          s.heap.declare(x.x);
        }
      }
      case LabelStmt x -> label(x);
      case BranchStmt x -> jump(x);
      case AssignStmt x -> assign(x);
      case IfStmt x -> ifStmt(x);
      case ReturnStmt x -> {
        s.stmts(x.results);
        Block b = exit();
        State.setPos(b, s.lastPos());
      }
      case TailCallStmt x -> {
        s.calls.callResult(x.call, Calls.Manner.TAIL);
        Value mem = s.mem();
        Block b = s.endBlock();
        b.kind = BlockKind.RET_JMP;
        b.setControl(mem);
      }
      case ForStmt x -> loop(x);
      case SwitchStmt x -> compiled(x.label, x.compiled);
      case SelectStmt x -> compiled(x.label, x.compiled);
      case JumpTableStmt x -> jumpTable(x);
      case InterfaceSwitchStmt x -> interfaceSwitch(x);
      case UnaryExpr x when x.op() == dev.escapade.ir.Op.CHECKNIL -> s.places.nilCheck(s.expr(x.x));
      case InlineMarkStmt x -> s.valueI(Op.INL_MARK, SType.VOID, x.index - 1L, s.mem());
      default -> throw s.bad("statement " + n.op().name());
    }
  }

  private void call(CallExpr n) {
    Intrinsics.Builder intrinsic = s.unit.intrinsic(n);
    if (intrinsic != null) {
      intrinsic.build(s, n, s.expressions.args(n));
      return;
    }
    s.calls.callResult(n, Calls.Manner.NORMAL);
    if (n.op() == dev.escapade.ir.Op.CALLFUNC
        && n.fun instanceof Name fun
        && fun.storage == StorageClass.FUNC
        && s.unit.neverReturns(fun)) {
      Value mem = s.mem();
      Block b = s.endBlock();
      b.kind = BlockKind.EXIT;
      b.setControl(mem);
    }
  }

  private void goOrDefer(GoDeferStmt n) {
    CallExpr call = (CallExpr) n.call;
    if (n.op() == dev.escapade.ir.Op.GO) {
      s.calls.callResult(call, Calls.Manner.GO);
    } else if (s.defers.isOpenCoded()) {
      s.defers.record(call);
    } else {
      boolean inFrame = n.esc() == Esc.NEVER && n.deferAt == null;
      s.calls.call(call, inFrame ? Calls.Manner.DEFER_STACK : Calls.Manner.DEFER, false, n.deferAt);
    }
  }

  private void assignAssertion(AssignListStmt n) {
    Node rhs = n.rhs.get(0);
    TypeAssertions.Asserted a =
        rhs instanceof TypeAssertExpr t
            ? s.assertions.assertType(t, true)
            : s.assertions.assertDynamicType((DynamicTypeAssertExpr) rhs, true);
    Value res = a.value();
    boolean deref = !s.type(rhs).canSsa();
    if (deref) {
      if (res.op != Op.LOAD || res.arg(1) != s.mem()) {
        throw s.bad("type assertion that is no load");
      }
      res = res.arg(0);
    }
    s.stores.assign(n.lhs.get(0), res, deref, 0);
    s.assign(n.lhs.get(1), a.ok());
  }

  private void assignIntrinsic(AssignListStmt n) {
    CallExpr call = (CallExpr) n.rhs.get(0);
    Intrinsics.Builder b = Objects.requireNonNull(s.unit.intrinsic(call));
    Value v = Objects.requireNonNull(b.build(s, call, s.expressions.args(call)));
    Value first = s.value(Op.SELECT0, s.type(n.lhs.get(0)), v);
    Value second = s.value(Op.SELECT1, s.type(n.lhs.get(1)), v);
    s.assign(n.lhs.get(0), first);
    s.assign(n.lhs.get(1), second);
  }

  private void label(LabelStmt n) {
    if (n.label.isBlank()) {
      return;
    }
    Block target = target(n.label);
    if (s.curBlock != null) {
      s.jump(target);
    }
    s.startBlock(target);
  }

  private void jump(BranchStmt n) {
    Block to =
        switch (n.op()) {
          case FALL -> null;
          case GOTO -> target(Objects.requireNonNull(n.label));
          case CONTINUE -> n.label == null ? s.continueTo : label(n.label).continueTarget;
          default -> n.label == null ? s.breakTo : label(n.label).breakTarget;
        };
    if (to == null) {
      return;
    }
    Block b = s.endBlock();
    State.setPos(b, s.lastPos());
    b.addEdgeTo(to);
  }

  private static @Nullable Node skipNopConversions(@Nullable Node n) {
    Node x = n;
    while (x instanceof ConvExpr c && c.op() == dev.escapade.ir.Op.CONVNOP) {
      x = c.x;
    }
    return x;
  }

  private void assign(AssignStmt n) {
    Node left = Objects.requireNonNull(n.x);
    if (left == n.y && left instanceof Name) {
      return;
    }
    Node right = n.y;
    if (right instanceof CompLitExpr) {
      right = null; // only that of zeros is left
    } else if (right instanceof CallExpr call
        && call.op() == dev.escapade.ir.Op.APPEND
        && s.unit.optimize()
        && Ir.isSameSafeExpr(left, call.args.get(0))
        && !s.places.canSsa(left)) {
      s.appends.append(call, true);
      return;
    }
    if (Ir.isBlank(left)) {
      if (right != null) {
        s.expressions.exprOrNull(right);
      }
      return;
    }
    SType t = s.type(n.y == null ? left : n.y);
    boolean deref = !t.canSsa();
    Value r;
    if (deref) {
      r = right == null ? null : s.addr(right);
    } else {
      r = right == null ? s.stores.zeroVal(t) : s.expr(right);
    }
    s.stores.assign(left, r, deref, skipped(left, right), mayOverlap(left, n.y));
  }

  /** Reports whether the two sides may be memory that overlaps in part. */
  private boolean mayOverlap(Node left, @Nullable Node right) {
    if (left.op() != dev.escapade.ir.Op.DEREF
        || !(skipNopConversions(right) instanceof StarExpr star)) {
      return false;
    }
    // Strings are not written to.
    return !(skipNopConversions(star.x) instanceof UnaryExpr u
        && u.op() == dev.escapade.ir.Op.SPTR
        && s.type(u.x).isString());
  }

  /** The parts that {@code s = s[:n]} and the like leave as they are. */
  private static int skipped(Node left, @Nullable Node right) {
    if (!(right instanceof SliceExpr slice)
        || slice.op() == dev.escapade.ir.Op.SLICEARR
        || slice.op() == dev.escapade.ir.Op.SLICE3ARR
        || !Ir.isSameSafeExpr(slice.x, left)
        || !(slice.low == null || isZero(slice.low))) {
      return 0;
    }
    return Stores.SKIP_PTR
        | (slice.high == null ? Stores.SKIP_LEN : 0)
        | (slice.max == null ? Stores.SKIP_CAP : 0);
  }

  private static boolean isZero(Node n) {
    return n instanceof BasicLit lit
        && lit.value.kind() == Constant.Kind.INT
        && Constants.sign(lit.value) == 0;
  }

  private void ifStmt(IfStmt n) {
    if (n.cond instanceof BasicLit lit && lit.value.kind() == Constant.Kind.BOOL) {
      s.stmts(n.cond.init());
      s.stmts(Constants.boolVal(lit.value) ? n.body : n.els);
      return;
    }
    Block end = s.newBlock();
    Block then = n.body.isEmpty() ? end : s.newBlock();
    Block otherwise = n.els.isEmpty() ? end : s.newBlock();
    s.expressions.branch(n.cond, then, otherwise, n.likely ? 1 : 0);
    branchBody(then, n.body, end);
    branchBody(otherwise, n.els, end);
    s.startBlock(end);
  }

  private void branchBody(Block start, List<Node> body, Block end) {
    if (body.isEmpty()) {
      return;
    }
    s.startBlock(start);
    s.stmts(body);
    Block b = s.endBlockOrNull();
    if (b != null) {
      b.addEdgeTo(end);
    }
  }

  private void loop(ForStmt n) {
    Block cond = s.newBlock();
    Block body = s.newBlock();
    Block next = s.newBlock();
    Block end = s.newBlock();
    body.pos = n.pos;
    body.inl = n.inl;
    s.jump(cond);

    s.startBlock(cond);
    if (n.cond != null) {
      s.expressions.branch(n.cond, body, end, 1);
    } else {
      s.jump(body);
    }
    Block outerContinue = s.continueTo;
    Block outerBreak = s.breakTo;
    s.continueTo = next;
    s.breakTo = end;
    Label label = n.label == null ? null : label(n.label);
    if (label != null) {
      label.continueTarget = next;
      label.breakTarget = end;
    }
    s.startBlock(body);
    s.stmts(n.body);
    s.continueTo = outerContinue;
    s.breakTo = outerBreak;
    if (label != null) {
      label.continueTarget = null;
      label.breakTarget = null;
    }
    Block last = s.endBlockOrNull();
    if (last != null) {
      last.addEdgeTo(next);
    }
    s.startBlock(next);
    if (n.post != null) {
      stmt(n.post);
    }
    Block back = s.endBlockOrNull();
    if (back != null) {
      back.addEdgeTo(cond);
      if (back.pos == 0) {
        back.pos = cond.pos;
        back.inl = cond.inl;
      }
    }
    s.startBlock(end);
  }

  /** A switch or select as it was compiled to jumps. */
  private void compiled(@Nullable Sym sym, List<Node> body) {
    Block end = s.newBlock();
    Block outerBreak = s.breakTo;
    s.breakTo = end;
    Label label = sym == null ? null : label(sym);
    if (label != null) {
      label.breakTarget = end;
    }
    s.stmts(body);
    s.breakTo = outerBreak;
    if (label != null) {
      label.breakTarget = null;
    }
    if (s.curBlock != null) {
      Value mem = s.mem();
      Block b = s.endBlock();
      b.kind = BlockKind.EXIT;
      b.setControl(mem);
    }
    s.startBlock(end);
  }

  private void jumpTable(JumpTableStmt n) {
    Block table = s.f.newBlock(BlockKind.JUMP_TABLE);
    Block end = s.newBlock();
    Value index = s.expr(n.idx);
    SType t = s.types.uintptr;
    index = s.conversions.convert(n, index, index.type, t);
    long min = Constants.bigIntegerVal(n.cases.getFirst()).longValue();
    long max = Constants.bigIntegerVal(n.cases.getLast()).longValue();
    index = s.value(Op.SUB64, t, index, s.uintptrConstant(min));
    Value width = s.uintptrConstant(max - min);
    Value inRange = s.value(Op.LEQ64U, s.types.bool, index, width);
    s.branch(inRange, Block.LIKELY, table, end);

    s.startBlock(table);
    table.pos = n.pos;
    table.inl = n.inl;
    table.setControl(index);
    Block[] targets = new Block[(int) (max - min) + 1];
    java.util.Arrays.fill(targets, end);
    for (int i = 0; i < n.targets.size(); i++) {
      long c = Constants.bigIntegerVal(n.cases.get(i)).longValue();
      targets[(int) (c - min)] = target(n.targets.get(i));
    }
    for (Block b : targets) {
      table.addEdgeTo(b);
    }
    s.endBlock();
    s.startBlock(end);
  }

  private void interfaceSwitch(InterfaceSwitchStmt n) {
    SType bytePtr = s.types.bytePtr;
    SType integer = s.types.integer;
    Value type = s.expr(n.runtimeType);
    Value hash = s.expr(n.hash);
    Value d = s.valueA(Op.ADDR, bytePtr, new dev.escapade.ssa.core.Sym(n.descriptor), s.sb);
    Block merge = null;
    if (s.unit.optimize()) {
      merge = s.newBlock();
      lookUpInCache(n, d, type, hash, merge);
    }
    List<Value> r =
        s.calls.runtimeCall(RuntimeSyms.INTERFACE_SWITCH, List.of(integer, bytePtr), d, type);
    s.assign(n.caseVar, r.get(0));
    s.assign(n.itab, r.get(1));
    if (merge != null) {
      s.jump(merge);
      s.startBlock(merge);
    }
  }

  /** Looks the type up in the cache of the switch; ends in the block for what is not there. */
  private void lookUpInCache(
      InterfaceSwitchStmt n, Value descriptor, Value type, Value hash, Block merge) {
    SType uintptr = s.types.uintptr;
    long word = s.types.ptrSize();
    Block hit = s.newBlock();
    Block miss = s.newBlock();
    Block head = s.newBlock();
    Block body = s.newBlock();
    Value cache = s.assertions.atomicLoadPtr(descriptor);
    s.vars.put(Marker.HASH, s.value(Op.ZERO_EXT32TO64, uintptr, hash));
    Value mask = s.load(uintptr, cache);
    s.jump(head);

    s.startBlock(head);
    Value entries = s.value(Op.ADD_PTR, s.types.uintptrPtr, cache, s.uintptrConstant(word));
    Value index = s.value(Op.AND64, uintptr, s.variable(Marker.HASH, uintptr), mask);
    index = s.value(Op.MUL64, uintptr, index, s.uintptrConstant(3 * word));
    Value entry = s.value(Op.ADD_PTR, s.types.uintptrPtr, entries, index);
    s.assertions.nextHash();
    s.assertions.testEntry(entry, type, hit, body, miss, head);

    s.startBlock(hit);
    Value number = s.load(s.types.integer, s.valueI(Op.OFF_PTR, s.types.intPtr, word, entry));
    Value itab = s.load(s.types.bytePtr, s.valueI(Op.OFF_PTR, s.types.bytePtrPtr, 2 * word, entry));
    s.assign(n.caseVar, number);
    s.assign(n.itab, itab);
    s.jump(merge);
    s.startBlock(miss);
  }

  /** Returns from the function; the block that returns. */
  Block exit() {
    if (s.curfn.hasDefer()) {
      if (s.defers.isOpenCoded()) {
        s.defers.exit();
      } else {
        s.pushLine(State.pack(s.curfn.endPos, 0));
        s.calls.runtimeCall(RuntimeSyms.DEFERRETURN, List.of());
        s.popLine();
      }
    }
    AuxCall own = (AuxCall) Objects.requireNonNull(s.f.ownAux);
    List<Name> names = s.results();
    Value[] results = new Value[names.size() + 1];
    for (int i = 0; i < names.size(); i++) {
      results[i] = result(names.get(i), own.info().out().get(i).inRegisters());
    }
    results[names.size()] = s.mem();
    Value m = s.value(Op.MAKE_RESULT, own.resultsType(s.types), results);
    Block b = s.endBlock();
    b.kind = BlockKind.RET;
    b.setControl(m);
    return b;
  }

  private Value result(Name n, boolean inRegisters) {
    SType t = s.type(n);
    if (s.places.canSsa(n)) {
      if (!inRegisters && t.hasPointers()) {
        s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, n, s.mem()));
      }
      return s.variable(n, t);
    }
    if (!n.isOnStack()) {
      if (t.hasPointers()) {
        s.setMem(s.valueA(Op.VAR_DEF, SType.MEM, n, s.mem()));
      }
      Value p = s.expr(Objects.requireNonNull(n.heapAddr));
      return s.value(Op.DEREFERENCE, t, p, s.mem());
    }
    Value p = s.addr(n);
    return s.value(Op.DEREFERENCE, t, p, s.mem());
  }
}
