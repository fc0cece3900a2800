package dev.escapade.count.alloc;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.InlTree;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.MoveToHeapExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.release.AllocationRules;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whether and how a node allocates, not looking at its operands. For one function. */
public final class Sites {
  private static final int MAX_TEXT = 60;
  private static final int WORD = 8;

  private final Unit unit;
  private final TypeFacts types;
  private final AllocationRules rules;
  private final Values values;

  /** Sites in a function whose values are {@code values}. */
  public Sites(Unit unit, Values values) {
    this.unit = unit;
    this.types = unit.types();
    this.rules = unit.release().allocation();
    this.values = values;
  }

  /** Where a node is: in the function that is compiled, and what was inlined there. */
  public Place place(Node n) {
    String inlined = "";
    if (n.inl != 0) {
      inlined = unit.linkName(innermost(n.inl).callee().sym());
    }
    return place(unit.pos(n), inlined);
  }

  private InlTree.Call innermost(int inl) {
    return unit.inlTree().call(inl);
  }

  /** A place by its position. */
  public Place place(int pos, String inlined) {
    if (pos <= 0) {
      return new Place("", 1, 1, inlined);
    }
    var file = unit.sources().file(pos);
    return new Place(file.name(), file.line(pos), file.column(pos), inlined);
  }

  /** The site of a variable that is on the heap; null if it has no size. */
  public @Nullable Site variable(Name n, Node where) {
    if (n.esc() != Esc.HEAP
        || n.storage == StorageClass.EXTERN
        || n.storage == StorageClass.FUNC
        || n.isClosureVar()) {
      return null;
    }
    return object(where, "variable " + n.sym.name(), n.type(), true);
  }

  /** The site of a node; null if it never allocates. */
  public @Nullable Site of(Node n) {
    return switch (n) {
      case UnaryExpr u when u.op() == Op.NEW -> newObject(u);
      case AddrExpr a when a.op() == Op.PTRLIT -> newObject(a);
      case MakeExpr m -> make(m);
      case CompLitExpr lit -> literal(lit);
      case ConvExpr c -> conversion(c);
      case ClosureExpr c when isOnHeap(c) && !c.func.closureVars.isEmpty() ->
          new Site(
              place(c),
              "func literal",
              Site.Kind.OBJECT,
              types.closureSizeBytes(c.func),
              true,
              0,
              Val.ANY,
              true);
      case SelectorExpr s when s.op() == Op.METHVALUE && isOnHeap(s) ->
          new Site(
              place(s),
              text(s),
              Site.Kind.OBJECT,
              WORD + types.sizeBytes(Unit.typeOf(s.x)),
              true,
              0,
              Val.ANY,
              true);
      case AddStringExpr a -> concat(a, a.esc() == Esc.NONE, a);
      case CallExpr c when c.op() == Op.APPEND -> append(c);
      case MoveToHeapExpr m -> move(m);
      case GoDeferStmt s when s.op() == Op.GO ->
          site(s, "go statement", Site.Kind.GO, 0, true, 0, Val.ANY, false);
      case GoDeferStmt s when s.esc() != Esc.NEVER ->
          site(s, "defer in a loop", Site.Kind.DEFER, 0, true, 0, Val.ANY, false);
      default -> null;
    };
  }

  /** The site of an assignment to an entry of a map. */
  public Site put(Node n, Type map) {
    MapType m = (MapType) map.underlying();
    long apart = isApart(m.key()) + isApart(m.elem());
    return site(n, "entry of a map", Site.Kind.MAP_PUT, 0, true, apart, Val.ANY, false);
  }

  /** The site of an append for which room was reserved. */
  public Site reserved(CallExpr c) {
    return site(c, text(c), Site.Kind.RESERVED, 0, false, 0, Val.ANY, false);
  }

  /** The site of a variable that has such appends. */
  public Site reservation(CallExpr c) {
    return site(c, text(c), Site.Kind.RESERVATION, 0, false, 0, Val.ANY, false);
  }

  /** The site of {@code s += x} for strings, for which there never is a buffer. */
  public Site plusAssign(AssignOpStmt s) {
    return site(s, text(s), Site.Kind.CONCAT, 1, false, 0, Val.ANY, true);
  }

  private long isApart(Type t) {
    return types.sizeBytes(t) > rules.mapMaxInlineBytes() ? 1 : 0;
  }

  private static boolean isOnHeap(Node n) {
    return n.esc() != Esc.NONE && n.esc() != Esc.NEVER;
  }

  private String text(Node n) {
    String s = unit.text(n);
    return s.length() <= MAX_TEXT ? s : s.substring(0, MAX_TEXT) + "…";
  }

  private Site site(
      Node n,
      String what,
      Site.Kind kind,
      long bytes,
      boolean pointers,
      long buffer,
      Val length,
      boolean said) {
    return new Site(place(n), what, kind, bytes, pointers, buffer, length, said);
  }

  private @Nullable Site object(Node n, String what, Type t, boolean said) {
    long size = types.sizeBytes(t);
    return size == 0
        ? null
        : site(n, what, Site.Kind.OBJECT, size, types.hasPointers(t), 0, Val.ANY, said);
  }

  private @Nullable Site newObject(ExprNode n) {
    return isOnHeap(n) ? object(n, text(n), ((Pointer) n.type().underlying()).elem(), true) : null;
  }

  private @Nullable Site make(MakeExpr m) {
    return switch (m.op()) {
      case MAKESLICE, MAKESLICECOPY -> makeSlice(m);
      case MAKEMAP -> makeMap(m, values.of(m.len), m.len == null);
      case MAKECHAN -> {
        Type elem = ((Chan) m.type().underlying()).elem();
        yield site(
            m,
            text(m),
            Site.Kind.CHAN,
            types.sizeBytes(elem),
            types.hasPointers(elem),
            0,
            m.len == null ? new Val.Num(0) : values.of(m.len),
            true);
      }
      default -> null;
    };
  }

  private @Nullable Site makeSlice(MakeExpr m) {
    Type elem = ((Slice) m.type().underlying()).elem();
    long size = types.sizeBytes(elem);
    Node capacity = m.op() == Op.MAKESLICE && m.cap != null ? m.cap : m.len;
    if (size == 0) {
      return null;
    }
    boolean heap = isOnHeap(m);
    if (!heap && dev.escapade.unit.ConstantInts.isSmall(capacity)) {
      return null;
    }
    long buffer = heap || !unit.options().optimize() ? 0 : rules.variableMakeBytes() / size;
    return site(
        m,
        text(m),
        Site.Kind.ARRAY,
        size,
        types.hasPointers(elem),
        buffer,
        values.of(capacity),
        heap);
  }

  private @Nullable Site makeMap(ExprNode m, Val hint, boolean noHint) {
    boolean heap = isOnHeap(m);
    MapType t = (MapType) m.type().underlying();
    return site(
        m,
        text(m),
        Site.Kind.MAP,
        slotBytes(t.key()) + slotBytes(t.elem()),
        types.hasPointers(t.key()) || types.hasPointers(t.elem()),
        heap ? 0 : 1,
        noHint ? new Val.Num(0) : hint,
        heap);
  }

  private long slotBytes(Type t) {
    return isApart(t) == 1 ? WORD : types.sizeBytes(t);
  }

  private @Nullable Site literal(CompLitExpr lit) {
    return switch (lit.op()) {
      case SLICELIT -> {
        Type elem = ((Slice) lit.type().underlying()).elem();
        long size = types.sizeBytes(elem);
        yield !isOnHeap(lit) || lit.len == 0 || size == 0
            ? null
            : site(
                lit,
                lit.isImplicit() ? "... argument" : text(lit),
                Site.Kind.ARRAY,
                size,
                types.hasPointers(elem),
                0,
                new Val.Num(lit.len),
                true);
      }
      case MAPLIT -> makeMap(lit, new Val.Num(lit.list.size()), false);
      default -> null;
    };
  }

  private @Nullable Site conversion(ConvExpr c) {
    return switch (c.op()) {
      case CONVIFACE -> box(c);
      case BYTES2STR -> string(c, 1, rules.stringBufferBytes(), false);
      case STR2BYTES ->
          c.x instanceof AddStringExpr a
              ? concat(a, c.esc() == Esc.NONE, c)
              : bytesOfConstant(c)
                  ? constantBytes(c)
                  : string(c, 1, rules.stringBufferBytes(), true);
      case STR2RUNES -> string(c, 4, rules.stringBufferBytes(), true);
      case RUNES2STR -> string(c, 1, rules.stringBufferBytes(), false);
      case RUNESTR ->
          isOnHeap(c) ? site(c, text(c), Site.Kind.OBJECT, 4, false, 0, Val.ANY, true) : null;
      default -> null;
    };
  }

  private static boolean bytesOfConstant(ConvExpr c) {
    return Values.isConstant(c.x, Constant.Kind.STRING);
  }

  private @Nullable Site constantBytes(ConvExpr c) {
    long length = Constants.stringVal(((BasicLit) c.x).value).length();
    boolean heap = isOnHeap(c) || length > unit.release().escape().maxImplicitStackVarSizeBytes();
    return heap && length > 0
        ? site(c, text(c), Site.Kind.OBJECT, length, false, 0, Val.ANY, isOnHeap(c))
        : null;
  }

  private Site string(ConvExpr c, long size, long buffer, boolean slice) {
    boolean heap = isOnHeap(c);
    boolean runes = c.op() == Op.RUNES2STR || c.op() == Op.STR2RUNES;
    return site(
        c,
        text(c),
        slice ? Site.Kind.ARRAY : Site.Kind.STRING,
        size,
        false,
        heap ? 0 : buffer,
        runes ? Val.ANY : values.length(c.x),
        heap);
  }

  /** {@link Site#pointers} tells that a slice is made, which is a copy whatever the operands. */
  private Site concat(AddStringExpr a, boolean buffered, Node conversion) {
    long constants = 0;
    int certain = 0;
    for (Node n : a.list) {
      if (n instanceof BasicLit lit && lit.value.kind() == Constant.Kind.STRING) {
        long length = Constants.stringVal(lit.value).length();
        constants += length;
        certain += length > 0 ? 1 : 0;
      }
    }
    boolean slice = conversion instanceof ConvExpr;
    boolean buffer = buffered && (slice || constants < rules.stringBufferBytes());
    return site(
        conversion,
        text(conversion),
        slice || certain > 1 ? Site.Kind.ARRAY : Site.Kind.CONCAT,
        1,
        false,
        buffer ? rules.stringBufferBytes() : 0,
        values.length(a),
        !buffered);
  }

  private @Nullable Site append(CallExpr c) {
    Type elem = ((Slice) c.type().underlying()).elem();
    long size = types.sizeBytes(elem);
    if (size == 0 || c.args.size() < 2) {
      return null;
    }
    Val added = c.isDDD ? values.length(c.args.get(1)) : new Val.Num(c.args.size() - 1L);
    return site(c, text(c), Site.Kind.APPEND, size, types.hasPointers(elem), 0, added, isOnHeap(c));
  }

  private @Nullable Site move(MoveToHeapExpr m) {
    Type elem = ((Slice) m.type().underlying()).elem();
    long size = types.sizeBytes(elem);
    return size == 0
        ? null
        : site(
            m,
            "slice moved to the heap",
            Site.Kind.APPEND,
            size,
            types.hasPointers(elem),
            0,
            Val.ANY,
            false);
  }

  // Values in interfaces.

  private @Nullable Site box(ConvExpr c) {
    if (!(c.x instanceof ExprNode x)) {
      return null;
    }
    Type t = x.type();
    long size = types.sizeBytes(t);
    if (TypeFacts.isInterface(t)
        || types.isDirectIface(t)
        || size == 0
        || isSingleByte(t, size)
        || isShared(x, size)
        || (!isOnHeap(c) && size <= rules.maxInterfaceTempBytes())) {
      return null;
    }
    boolean pointers = types.hasPointers(t);
    Site.Kind kind = hasSharedValues(t, size, pointers) ? Site.Kind.SMALL_BOX : Site.Kind.OBJECT;
    if (kind == Site.Kind.SMALL_BOX && soleComponent(t) instanceof Slice) {
      pointers = true;
    }
    return site(c, boxText(x), kind, size, pointers, 0, Val.ANY, isOnHeap(c));
  }

  private String boxText(ExprNode x) {
    return text(x) + " in an interface";
  }

  private static boolean isSingleByte(Type t, long size) {
    return size == 1
        && soleComponent(t) instanceof Basic b
        && (b.is(Basic.IS_INTEGER) || b.is(Basic.IS_BOOLEAN));
  }

  /** Reports whether the runtime has boxes of small or zero values (walk: dataWordFuncName). */
  private boolean hasSharedValues(Type t, long size, boolean pointers) {
    long align = types.alignBytes(t);
    if ((size == 2 && align == 2)
        || (size == 4 && align == 4 && !pointers)
        || (size == WORD && align == WORD && !pointers)) {
      return true;
    }
    Type sole = soleComponent(t);
    return sole instanceof Slice || (sole instanceof Basic b && b.is(Basic.IS_STRING));
  }

  /** The underlying type of the only part of a struct or array with one part. */
  private static Type soleComponent(Type t) {
    Type u = t.underlying();
    while (true) {
      if (u instanceof Struct s && s.fields().size() == 1) {
        u = s.fields().get(0).type().underlying();
      } else if (u instanceof Array a && a.len() == 1) {
        u = a.elem().underlying();
      } else {
        return u;
      }
    }
  }

  /** Reports whether a value is in read-only data. */
  private boolean isShared(ExprNode x, long size) {
    if (x instanceof Name n && n.storage == StorageClass.EXTERN && n.isReadonly()) {
      return true;
    }
    ExprNode v = x;
    if (x instanceof Name n && n.isAutoTemp() && StaticValues.of(n) instanceof ExprNode e) {
      v = e;
    }
    if (v instanceof CompLitExpr && Ir.isZero(v) && size <= rules.maxZeroValueBytes()) {
      return true;
    }
    return isStatic(v);
  }

  private boolean isStatic(@Nullable Node n) {
    return switch (n) {
      case BasicLit _, NilExpr _ -> true;
      case CompLitExpr lit when lit.op() == Op.ARRAYLIT || lit.op() == Op.STRUCTLIT ->
          areStatic(lit.list);
      case ConvExpr c when c.op() == Op.CONVIFACE -> isStaticBox(c);
      case null, default -> false;
    };
  }

  private boolean areStatic(List<Node> list) {
    for (Node n : list) {
      Node value =
          switch (n) {
            case KeyExpr k -> k.value;
            case StructKeyExpr k -> k.value;
            default -> n;
          };
      if (!isStatic(value)) {
        return false;
      }
    }
    return true;
  }

  private boolean isStaticBox(ConvExpr c) {
    Node v = c;
    while (v instanceof ConvExpr inner && inner.op() == Op.CONVIFACE) {
      v = inner.x;
    }
    if (TypeFacts.isInterface(Unit.typeOf(v))) {
      return v instanceof NilExpr;
    }
    return isStatic(v);
  }
}
