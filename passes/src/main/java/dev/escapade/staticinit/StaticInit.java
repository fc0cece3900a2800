package dev.escapade.staticinit;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.Sym;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Package;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pass over the init function of a package. */
public final class StaticInit {
  private static final String FIPS = "crypto/internal/fips140";

  /** A part of a composite literal that is not zero, and where it is. */
  private record Element(long offset, ExprNode value) {}

  private final Unit unit;
  private final TypeFacts types;
  private final Package local;

  /** Whether addresses need relocations, which a package under verification must not have. */
  private final boolean noAddresses;

  private final List<Node> rest = new ArrayList<>();
  private final IdentityHashMap<CompLitExpr, List<Element>> plans = new IdentityHashMap<>();
  private boolean seenMutation;
  private int staticNames;

  /** Where the part at hand is in the source. */
  private int pos;

  private int inl;

  private StaticInit(Unit unit, Package local) {
    this.unit = unit;
    this.local = local;
    types = unit.types();
    noAddresses =
        (local.path().equals(FIPS) || local.path().startsWith(FIPS + "/"))
            && !local.path().endsWith("_test");
  }

  /** Takes out of the init function what is static. */
  public static void run(Unit unit) {
    for (Func fn : unit.code().funcs()) {
      Package pkg = fn.sym().pkg();
      if (fn.isPackageInit() && pkg != null) {
        StaticInit pass = new StaticInit(unit, pkg);
        for (Node stmt : fn.body) {
          if (!pass.isStatic(stmt)) {
            pass.rest.add(stmt);
          }
        }
        fn.body = pass.rest.isEmpty() ? Ir.list(new BlockStmt(0, 0, new ArrayList<>())) : pass.rest;
        return;
      }
    }
  }

  private boolean isStatic(Node stmt) {
    return switch (stmt) {
      case AssignStmt as -> as.x == null || as.y == null || isStatic(as, Ir.list(as.x), as.y);
      case AssignListStmt as when as.op() != Op.AS2 -> isStatic(as, as.lhs, as.rhs.get(0));
      default -> false;
    };
  }

  private boolean isStatic(Node stmt, List<Node> targets, Node value) {
    seenMutation |= Effects.mayModifyVariables(value, local);
    boolean blank = targets.stream().allMatch(Ir::isBlank);
    if (blank && !Effects.any(value)) {
      return true;
    }
    if (targets.size() > 1 || !(targets.get(0) instanceof Name variable)) {
      return false;
    }
    setPos(stmt);
    return assign(variable, 0, value, variable.type());
  }

  private void setPos(Node n) {
    if (!(n instanceof Name) && n.pos != 0) {
      pos = n.pos;
      inl = n.inl;
    }
  }

  /** A new variable for what a static literal points to. */
  private Name staticName(Type type) {
    return new Name(pos, inl, new Sym(local, ".stmp_" + staticNames++), type, StorageClass.EXTERN);
  }

  private LinksymOffsetExpr at(Name variable, long offset, Type type) {
    return new LinksymOffsetExpr(pos, inl, type, unit.linkName(variable.sym), offset);
  }

  /** Assigns an element, when the program runs if need be. */
  private void assignElement(Name variable, long offset, ExprNode value) {
    if (!assign(variable, offset, value, value.type())) {
      Node target = variable.isBlank() ? variable : at(variable, offset, value.type());
      rest.add(new AssignStmt(pos, inl, target, value));
    }
  }

  /**
   * Assigns {@code value}, of {@code type}, to the place at {@code offset} in {@code variable}.
   * Elements that are not static are left to the init function.
   *
   * @return false if nothing could be done
   */
  private boolean assign(Name variable, long offset, Node value, Type type) {
    Node r = skipNop(value);
    if (!canAssign(r, type, Substitution.NONE)) {
      return false;
    }
    switch (r) {
      case Name x -> copy(variable, offset, x, type);
      case AddrExpr x -> {
        if (!isStaticAddress(x) && x.x instanceof CompLitExpr literal) {
          assignElement(staticName(literal.type()), 0, literal);
        }
      }
      case CompLitExpr x -> assignLiteral(variable, offset, x);
      case ConvExpr x when x.op() == Op.CONVIFACE -> assignInterface(variable, offset, x);
      case InlinedCallExpr x -> {
        InlinedReturn body = Objects.requireNonNull(InlinedReturn.of(x));
        return assign(variable, offset, body.substitution().apply(body.value()), type);
      }
      default -> {}
    }
    return true;
  }

  private static Node skipNop(Node n) {
    Node r = n;
    while (r instanceof ConvExpr conv && conv.op() == Op.CONVNOP) {
      r = conv.x;
    }
    return r;
  }

  /** As {@link #skipNop}, but a conversion to {@code type} itself is kept, as the compiler does. */
  private static Node skipNopOfOtherType(Node n, Type type) {
    Node r = n;
    while (r instanceof ConvExpr conv
        && conv.op() == Op.CONVNOP
        && !Predicates.identical(conv.type(), type)) {
      r = conv.x;
    }
    return r;
  }

  /**
   * Reports whether {@link #assign} can do something about {@code value}; whether it can does not
   * depend on elements.
   */
  private boolean canAssign(Node value, Type type, Substitution args) {
    Node r = skipNop(args.of(skipNop(value)));
    return switch (r) {
      case NilExpr _ -> true;
      case BasicLit lit -> !noAddresses || Ir.isZero(lit) || !isString(lit.type());
      case CompLitExpr lit ->
          switch (lit.op()) {
            case ARRAYLIT, STRUCTLIT -> true;
            case SLICELIT -> !noAddresses;
            default -> false;
          };
      case AddStringExpr add -> !noAddresses && args.isConstant(add);
      case InlinedCallExpr call -> {
        boolean isTried = !noAddresses && unit.options().debug().inlineStaticInit();
        InlinedReturn body = isTried ? InlinedReturn.of(call) : null;
        yield body != null
            && body.substitution().isPossible(body.value())
            && canAssign(body.value(), type, body.substitution());
      }
      default -> !noAddresses && canAssignAddress(r, type, args);
    };
  }

  private boolean canAssignAddress(Node r, Type type, Substitution args) {
    return switch (r) {
      case Name n -> canCopy(n, type);
      case SelectorExpr s -> s.op() == Op.METHEXPR && s.method != null;
      case AddrExpr a -> (a.op() == Op.ADDR && isStaticAddress(a)) || a.x instanceof CompLitExpr;
      case ClosureExpr c -> !c.func.isClosure();
      case ConvExpr c ->
          switch (c.op()) {
            case STR2BYTES -> args.of(c.x) instanceof BasicLit;
            case CONVIFACE -> canAssignInterface(c, args);
            default -> false;
          };
      default -> false;
    };
  }

  private boolean canAssignInterface(ConvExpr conv, Substitution args) {
    Node value = interfaceValue(conv, args);
    Type t = Unit.typeOf(value);
    if (TypeFacts.isInterface(t)) {
      return value instanceof NilExpr;
    }
    if (Shapes.hasShape(t)) {
      return false;
    }
    unit.code().noteConversion(t, conv.type());
    return true;
  }

  /** What is converted to an interface, perhaps in several steps. */
  private static Node interfaceValue(ConvExpr conv, Substitution args) {
    Node value = conv;
    while (value instanceof ConvExpr c && c.op() == Op.CONVIFACE) {
      value = args.of(c.x);
    }
    return value;
  }

  private static boolean isString(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_STRING);
  }

  private static boolean isStaticAddress(AddrExpr n) {
    return n.op() == Op.ADDR && isStaticPlace(n.x);
  }

  /** Reports whether {@code n} is a package-level variable or a part at a constant offset. */
  private static boolean isStaticPlace(Node n) {
    return switch (n) {
      case Name name -> name.storage == StorageClass.EXTERN;
      case SelectorExpr s when s.op() == Op.DOT -> isStaticPlace(s.x);
      case IndexExpr i when i.op() == Op.INDEX ->
          !(Unit.typeOf(i.x).underlying() instanceof Slice)
              && isStaticPlace(i.x)
              && ConstantInts.isSmall(i.index)
              && ConstantInts.value(i.index) >= 0;
      default -> false;
    };
  }

  // Composite literals.

  private void assignLiteral(Name variable, long offset, CompLitExpr n) {
    List<Element> plan = plan(n);
    Name target = variable;
    long start = offset;
    if (n.op() == Op.SLICELIT) {
      target = staticName(new Array(elemType(n), n.len));
      start = 0;
    }
    for (Element e : plan) {
      boolean constant =
          (e.value instanceof BasicLit && !noAddresses) || e.value instanceof NilExpr;
      if (!constant) {
        setPos(e.value);
        assignElement(target, start + e.offset, e.value);
      }
    }
  }

  private static Type elemType(CompLitExpr n) {
    return switch (n.type().underlying()) {
      case Slice s -> s.elem();
      case Array a -> a.elem();
      default -> throw new IllegalArgumentException(n.op().name());
    };
  }

  /** The elements of a literal, those of struct and array literals in it included. */
  private List<Element> plan(CompLitExpr n) {
    List<Element> plan = plans.get(n);
    if (plan == null) {
      plan = new ArrayList<>();
      plans.put(n, plan);
      if (n.op() == Op.STRUCTLIT) {
        planStruct(plan, n);
      } else {
        planArray(plan, n);
      }
    }
    return plan;
  }

  private void planArray(List<Element> plan, CompLitExpr n) {
    long elemSizeBytes = types.sizeBytes(elemType(n));
    long index = 0;
    for (Node e : n.list) {
      Node value = e;
      if (e instanceof KeyExpr pair) {
        index = ConstantInts.value(pair.key);
        value = pair.value;
      }
      add(plan, index * elemSizeBytes, value);
      index++;
    }
  }

  private void planStruct(List<Element> plan, CompLitExpr n) {
    Struct struct = (Struct) n.type().underlying();
    for (Node e : n.list) {
      StructKeyExpr pair = (StructKeyExpr) e;
      if (!pair.field.name().equals("_")) {
        add(plan, offset(struct, pair.field), pair.value);
      }
    }
  }

  private long offset(Struct struct, Var field) {
    int index = struct.fields().indexOf(field);
    for (int i = 0; index < 0 && i < struct.numFields(); i++) {
      if (struct.field(i).name().equals(field.name())) {
        index = i;
      }
    }
    return types.offsetBytes(struct, index);
  }

  private void add(List<Element> plan, long offset, @Nullable Node value) {
    if (value == null || Ir.isZero(value)) {
      return;
    }
    if (value instanceof CompLitExpr lit && (lit.op() == Op.ARRAYLIT || lit.op() == Op.STRUCTLIT)) {
      for (Element e : plan(lit)) {
        plan.add(new Element(offset + e.offset, e.value));
      }
    } else {
      plan.add(new Element(offset, (ExprNode) value));
    }
  }

  private void assignInterface(Name variable, long offset, ConvExpr conv) {
    ExprNode value = (ExprNode) interfaceValue(conv, Substitution.NONE);
    if (TypeFacts.isInterface(value.type())) {
      return; // nil
    }
    if (types.isDirectIface(value.type())) {
      if (!(value instanceof NilExpr)) {
        setPos(value);
        assignElement(variable, offset + types.ptrSizeBytes(), value);
      }
    } else {
      assignElement(staticName(value.type()), 0, value);
    }
  }

  // Copies of variables.

  private static boolean isFunction(Name n) {
    return n.storage == StorageClass.FUNC;
  }

  /** Reports whether the initial value of {@code source} can be copied. */
  private boolean canCopy(Name source, Type type) {
    if (isFunction(source)) {
      return true;
    }
    ExprNode r = initializer(source);
    if (r == null) {
      return false;
    }
    Node value = skipNopOfOtherType(r, type);
    return switch (value) {
      case Name _, NilExpr _, BasicLit _ -> true;
      case SelectorExpr s -> s.op() == Op.METHEXPR;
      case AddrExpr a ->
          a.op() == Op.PTRLIT
              ? a.x instanceof CompLitExpr
              : a.x instanceof Name n && n.storage == StorageClass.EXTERN;
      case CompLitExpr lit -> lit.op() == Op.SLICELIT || plans.containsKey(lit);
      default -> false;
    };
  }

  private @Nullable ExprNode initializer(Name source) {
    boolean known =
        source.storage == StorageClass.EXTERN
            && source.sym.pkg() == local
            && !isString(source.type()) // the linker's -X may replace it
            && !seenMutation;
    return known && source.defn instanceof AssignStmt as ? (ExprNode) as.y : null;
  }

  private void copy(Name variable, long offset, Name source, Type type) {
    ExprNode r = isFunction(source) ? null : initializer(source);
    if (r == null) {
      return;
    }
    switch (skipNopOfOtherType(r, type)) {
      case Name n -> {
        if (canCopy(n, type)) {
          copy(variable, offset, n, type);
        } else {
          boolean whole = offset == 0 && Predicates.identical(type, variable.type());
          Node target = whole ? variable : at(variable, offset, type);
          rest.add(new AssignStmt(pos, inl, target, n));
        }
      }
      case CompLitExpr lit when lit.op() != Op.SLICELIT -> {
        for (Element e : plan(lit)) {
          copyElement(variable, offset, source, e);
        }
      }
      default -> {}
    }
  }

  private void copyElement(Name variable, long offset, Name source, Element e) {
    Node value = e.value;
    if (value instanceof BasicLit || value instanceof NilExpr) {
      return;
    }
    if (value instanceof Name n && canCopy(n, e.value.type())) {
      copy(variable, offset + e.offset, n, e.value.type());
      return;
    }
    Type t = e.value.type();
    if (!(value instanceof SelectorExpr s && s.op() == Op.METHEXPR)) {
      rest.add(
          new AssignStmt(pos, inl, at(variable, offset + e.offset, t), at(source, e.offset, t)));
    }
  }
}
