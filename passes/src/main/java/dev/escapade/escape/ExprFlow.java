package dev.escapade.escape;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DynamicType;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.MoveToHeapExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.ResultExpr;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.SliceHeaderExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StringHeaderExpr;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.TypeNode;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.syntax.Pragma;
import dev.escapade.types.Array;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flow of expressions (cmd/compile/internal/escape/expr.go). */
final class ExprFlow {
  private final FuncFlow flow;
  private final Graph graph;
  private final TypeFacts types;

  ExprFlow(FuncFlow flow) {
    this.flow = flow;
    graph = flow.graph;
    types = flow.unit.types();
  }

  /** Evaluates {@code n} and lets its value flow to {@code hole}. */
  void expr(Hole hole, @Nullable Node n) {
    if (n == null) {
      return;
    }
    flow.stmts.all(n.init());
    withoutInit(hole, n);
  }

  /** Evaluates {@code n} for its effects. */
  void discard(@Nullable Node n) {
    expr(graph.discardHole(), n);
  }

  void discardAll(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      discard(list.get(i));
    }
  }

  /** As {@link #expr}, for a node whose initialization is done. */
  void withoutInit(Hole hole, Node n) {
    if (!(n instanceof ExprNode e)) {
      throw unexpected(n);
    }
    Hole k = hole;
    Type t = e.typeOrNull();
    if (hole.derefs() >= 0 && t != null && !TypeFacts.isUntyped(t) && !types.hasPointers(t)) {
      k = hole.to(graph.blank);
    }
    switch (e) {
      case Name x -> name(k, x);
      case BasicLit _, NilExpr _, TypeNode _, LinksymOffsetExpr _, DynamicType _ -> {}
      case UnaryExpr x -> unary(k, x);
      case BinaryExpr x -> binary(k, x);
      case LogicalExpr x -> {
        discard(x.x);
        discard(x.y);
      }
      case AddrExpr x -> addr(k, x);
      case StarExpr x -> expr(graph.deref(k, x, "indirection"), x.x);
      case SelectorExpr x -> selector(k, x);
      case TypeAssertExpr x -> expr(dotType(k, x.type(), x, "dot"), x.x);
      case DynamicTypeAssertExpr x -> expr(dotType(k, x.type(), x, "dot"), x.x);
      case IndexExpr x -> index(k, x);
      case SliceExpr x -> {
        expr(graph.note(k, x, "slice"), x.x);
        discard(x.low);
        discard(x.high);
        discard(x.max);
      }
      case ConvExpr x -> conversion(k, x);
      case CallExpr x -> call(k, x);
      case InlinedCallExpr x -> flow.calls.call(new Hole[] {k}, x);
      case MakeExpr x -> make(k, x);
      case CompLitExpr x -> compositeLit(k, x);
      case ClosureExpr x -> closure(k, x);
      case AddStringExpr x -> {
        flow.spill(k, x);
        discardAll(x.list); // the runtime copies them
      }
      case ParenExpr x -> expr(k, x.x);
      case KeyExpr _,
          StructKeyExpr _,
          MoveToHeapExpr _,
          ResultExpr _,
          SliceHeaderExpr _,
          StringHeaderExpr _ ->
          throw unexpected(n);
    }
  }

  private static IllegalStateException unexpected(Node n) {
    return new IllegalStateException("unexpected expression: " + n.op().name());
  }

  private void name(Hole k, Name n) {
    if (n.storage != StorageClass.FUNC && n.storage != StorageClass.EXTERN) {
      graph.flow(k, graph.locationOf(n));
    }
  }

  private void unary(Hole k, UnaryExpr n) {
    switch (n.op()) {
      case PLUS, NEG, BITNOT, NOT, RECV -> discard(n.x);
      case ITAB, IDATA, SPTR -> expr(k, n.x);
      case NEW -> flow.spill(k, n);
      case LEN, CAP, REAL, IMAG, UNSAFESTRINGDATA, UNSAFESLICEDATA ->
          flow.calls.call(new Hole[] {k}, n);
      default -> throw unexpected(n);
    }
  }

  private void binary(Hole k, BinaryExpr n) {
    switch (n.op()) {
      case COMPLEX, COPY, UNSAFEADD, UNSAFESLICE, UNSAFESTRING ->
          flow.calls.call(new Hole[] {k}, n);
      case MAKEFACE -> expr(k, n.y);
      default -> {
        discard(n.x);
        discard(n.y);
      }
    }
  }

  private void addr(Hole k, AddrExpr n) {
    if (n.op() == Op.PTRLIT) {
      expr(flow.spill(k, n), n.x);
    } else {
      expr(graph.addr(k, n, "address-of"), n.x);
    }
  }

  private void selector(Hole k, SelectorExpr n) {
    switch (n.op()) {
      case DOT, DOTMETH, DOTINTER -> expr(graph.note(k, n, "dot"), n.x);
      case DOTPTR -> expr(graph.deref(k, n, "dot of pointer"), n.x);
      case METHVALUE -> methodValue(k, n);
      case METHEXPR -> {}
      default -> throw unexpected(n);
    }
  }

  /**
   * The receiver of a method value flows to the closure, and to the method's receiver, whose
   * results nobody tracks.
   */
  private void methodValue(Hole k, SelectorExpr n) {
    Hole closure = flow.spill(k, n);
    Hole[] results = new Hole[((Signature) n.type().underlying()).results().len()];
    Arrays.fill(results, graph.heapHole());
    Hole receiver = flow.calls.parameter(results, n.method, 0);
    expr(flow.tee(receiver, closure), n.x);
  }

  /** The hole of {@code x} in {@code x.(t)}: what an interface holds is mostly a pointer. */
  Hole dotType(Hole k, Type t, Node where, String why) {
    boolean indirect = !TypeFacts.isInterface(t) && !types.isDirectIface(t);
    return graph.note(indirect ? k.shift(1) : k, where, why);
  }

  private void index(Hole k, IndexExpr n) {
    if (n.op() == Op.INDEXMAP) {
      discard(n.x);
    } else if (Unit.typeOf(n.x).underlying() instanceof Array) {
      expr(graph.note(k, n, "fixed-array-index-of"), n.x);
    } else {
      expr(graph.deref(k, n, "dot of pointer"), n.x);
    }
    discard(n.index);
  }

  /** Reports whether {@code -d=checkptr=2} wants what is converted on the heap. */
  private boolean isCheckedConversion(ConvExpr n) {
    return flow.unit.options().debug().checkptr() >= 2
        && !flow.func.has(Pragma.Flag.NOCHECKPTR)
        && TypeFacts.isUnsafePointer(n.type())
        && Unit.typeOf(n.x).underlying() instanceof Pointer;
  }

  private void conversion(Hole k, ConvExpr n) {
    switch (n.op()) {
      case CONV, CONVNOP -> {
        if (isCheckedConversion(n)) {
          expr(graph.note(graph.heapHole(), n, "conversion to unsafe.Pointer"), n.x);
        } else if (TypeFacts.isUnsafePointer(n.type()) && TypeFacts.isUintptr(Unit.typeOf(n.x))) {
          unsafeValue(k, n.x);
        } else {
          expr(k, n.x);
        }
      }
      case CONVIFACE -> {
        Type t = Unit.typeOf(n.x);
        boolean boxes = !TypeFacts.isInterface(t) && !types.isDirectIface(t);
        expr(graph.note(boxes ? flow.spill(k, n) : k, n, "interface-converted"), n.x);
      }
      case SLICE2ARR -> expr(graph.deref(k, n, "slice-to-array"), n.x);
      case SLICE2ARRPTR -> expr(k, n.x);
      case RUNES2STR, BYTES2STR, STR2RUNES, STR2BYTES, RUNESTR -> {
        flow.spill(k, n);
        discard(n.x);
      }
      default -> throw unexpected(n);
    }
  }

  private void call(Hole k, CallExpr n) {
    if (n.op() != Op.GETG && n.op() != Op.GETCALLERSP) {
      flow.calls.call(new Hole[] {k}, n);
    }
  }

  private void make(Hole k, MakeExpr n) {
    switch (n.op()) {
      case MAKESLICE -> {
        flow.spill(k, n);
        discard(n.len);
        discard(n.cap);
      }
      case MAKECHAN -> discard(n.len); // always on the heap
      case MAKEMAP -> {
        flow.spill(k, n);
        discard(n.len);
      }
      default -> throw unexpected(n);
    }
  }

  private void compositeLit(Hole k, CompLitExpr n) {
    switch (n.op()) {
      case ARRAYLIT -> elements(k, n, "array literal element");
      case SLICELIT -> elements(flow.spill(k, n), n, "slice-literal-element");
      case STRUCTLIT -> {
        for (Node e : n.list) {
          expr(graph.note(k, n, "struct literal element"), ((StructKeyExpr) e).value);
        }
      }
      case MAPLIT -> {
        flow.spill(k, n);
        for (Node e : n.list) {
          KeyExpr pair = (KeyExpr) e;
          flow.assigns.toHeap(pair.key, "map literal key", n);
          flow.assigns.toHeap(pair.value, "map literal value", n);
        }
      }
      default -> throw unexpected(n);
    }
  }

  private void elements(Hole k, CompLitExpr n, String why) {
    for (Node e : n.list) {
      expr(graph.note(k, n, why), e instanceof KeyExpr pair ? pair.value : e);
    }
  }

  /** A closure that captures is walked here, within the function whose variables it uses. */
  private void closure(Hole k, ClosureExpr n) {
    graph.closures.add(new Graph.Closure(flow.spill(k, n), n));
    Func fn = n.func;
    if (!fn.isClosure()) {
      return;
    }
    for (Name v : fn.closureVars) {
      capture(graph.locationOf(v));
    }
    FuncFlow inner = new FuncFlow(graph, flow.batches, fn);
    for (Name v : fn.dcl) {
      if (v.opt == null) {
        inner.newLocation(v, true);
      }
    }
    inner.walk();
  }

  /** Assignments before the first capture do not count, unless a loop comes back to them. */
  private void capture(Location variable) {
    if (variable.captured) {
      return;
    }
    variable.captured = true;
    if (variable.loopDepth == flow.loopDepth) {
      variable.reassigned = false;
    }
  }

  /** Evaluates uintptr arithmetic; a pointer that was converted to uintptr in it flows on. */
  void unsafeValue(Hole k, @Nullable Node n) {
    if (n == null) {
      return;
    }
    flow.stmts.all(n.init());
    switch (n) {
      case ConvExpr x when x.op() == Op.CONV || x.op() == Op.CONVNOP -> {
        if (TypeFacts.isUnsafePointer(Unit.typeOf(x.x))) {
          expr(k, x.x);
        } else {
          discard(x.x);
        }
      }
      case SelectorExpr x when x.op() == Op.DOTPTR -> {
        if (ReflectHeaders.isDataField(x)) {
          expr(graph.deref(k, x, "reflect.Header.Data"), x.x);
        } else {
          discard(x.x);
        }
      }
      case UnaryExpr x when isArithmetic(x.op()) -> unsafeValue(k, x.x);
      case BinaryExpr x when x.op() == Op.LSH || x.op() == Op.RSH -> {
        unsafeValue(k, x.x);
        discard(x.y);
      }
      case BinaryExpr x when isArithmetic(x.op()) -> {
        unsafeValue(k, x.x);
        unsafeValue(k, x.y);
      }
      default -> withoutInit(graph.discardHole(), n);
    }
  }

  private static boolean isArithmetic(Op op) {
    return switch (op) {
      case PLUS, NEG, BITNOT, ADD, SUB, OR, XOR, MUL, DIV, MOD, AND, ANDNOT -> true;
      default -> false;
    };
  }
}
