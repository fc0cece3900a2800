package dev.escapade.count;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.Sym;
import dev.escapade.types.Array;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a function for which it reserves room before it appends: with a capacity for
 * make that is computed, or with Grow. Appends to them are taken to fit, and costs say that this is
 * assumed.
 */
final class Reservations {
  private static final int MAX_STEPS = 20;

  /** What makes room for more, twice as much as there was at least. */
  static final Set<String> GROWERS =
      Set.of(
          "strings.(*Builder).Grow",
          "strings.(*Builder).grow",
          "bytes.(*Buffer).Grow",
          "bytes.(*Buffer).grow",
          "slices.Grow");

  private static final Set<String> APPENDERS =
      Set.of(
          "unicode/utf8.AppendRune",
          "strconv.AppendInt",
          "strconv.AppendUint",
          "strconv.AppendBool",
          "strconv.AppendFloat",
          "strconv.AppendQuote");

  private final Set<Name> reserved = newSet();

  /** The variables that are declared in each of the branches around, the innermost first. */
  private final Deque<Set<Name>> declared = new ArrayDeque<>();

  Reservations(Func fn) {
    declared.push(newSet());
    for (Node n : fn.body) {
      look(n);
    }
  }

  private static Set<Name> newSet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Looks at a tree; what only happens on one way counts for variables that are declared there. */
  private boolean look(Node n) {
    switch (n) {
      case IfStmt s -> {
        s.init().forEach(this::look);
        look(s.cond);
        branch(s.body);
        branch(s.els);
      }
      case CaseClause s -> branch(s.body);
      case CommClause s -> branch(s.body);
      default -> {
        visit(n);
        n.doChildren(this::look);
      }
    }
    return false;
  }

  private void branch(List<Node> body) {
    declared.push(newSet());
    body.forEach(this::look);
    declared.pop();
  }

  private void visit(Node n) {
    switch (n) {
      case DclStmt d -> declared.getFirst().add(d.x);
      case CallExpr c when c.op() == Op.CALLFUNC && !c.args.isEmpty() && calls(c, GROWERS) ->
          add(c.args.get(0));
      case AssignStmt s when s.x != null && s.y != null && reserves(s.y) -> add(s.x);
      default -> {}
    }
  }

  /** Reports whether an expression is a slice with room that is computed, or on the heap. */
  private static boolean reserves(Node y) {
    Node v = y instanceof InlinedCallExpr ? StaticValues.of(y) : y;
    return v instanceof MakeExpr m
        && m.op() == Op.MAKESLICE
        && m.cap != null
        && (m.esc() != Esc.NONE || !ConstantInts.isSmall(m.cap));
  }

  private void add(Node n) {
    Name root = root(n);
    if (root != null && (declared.size() == 1 || declared.getFirst().contains(root))) {
      reserved.add(root);
    }
  }

  /** Reports whether there is room for what is appended by {@code c}, a call or an append. */
  boolean hasRoom(CallExpr c) {
    if (reserved.isEmpty() || c.args.isEmpty() || c.args.get(0) == null) {
      return false;
    }
    if (c.op() == Op.CALLFUNC && !calls(c, APPENDERS)) {
      return false;
    }
    Name root = root(c.args.get(0));
    return root != null && reserved.contains(root);
  }

  /** Reports whether a slice is taken from an array, or has been made with room to spare. */
  static boolean isRoomy(Node n) {
    Node at = n;
    for (int i = 0; i < MAX_STEPS && at != null; i++) {
      switch (at) {
        case ParenExpr p -> at = p.x;
        case SliceExpr s when isArray(s.x) -> {
          return true;
        }
        case SliceExpr s -> at = s.x;
        case MakeExpr m -> {
          return m.op() == Op.MAKESLICE;
        }
        case InlinedCallExpr c when c.returnVars.size() == 1 -> at = c.returnVars.get(0);
        case CallExpr c when c.op() == Op.APPEND -> at = c.args.get(0);
        case Name name when !StaticValues.isReassigned(name.canonical()) ->
            at = name.canonical().defn instanceof AssignStmt s ? s.y : null;
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean isArray(Node n) {
    Type t = n instanceof ExprNode e ? e.typeOrNull() : null;
    return t != null
        && (t.underlying() instanceof Array
            || (t.underlying() instanceof Pointer p && p.elem().underlying() instanceof Array));
  }

  /** Reports whether a function of this list is called. */
  static boolean calls(CallExpr c, Set<String> functions) {
    Name callee = c.fun == null ? null : Ir.staticCalleeName(c.fun);
    return callee != null && functions.contains(name(callee.sym));
  }

  /** Reports whether a call that was inlined is one of a function whose name is meant. */
  static boolean isInlined(Unit unit, InlinedCallExpr c, Predicate<String> function) {
    for (Node i : c.init()) {
      if (i instanceof InlineMarkStmt mark
          && function.test(name(unit.inlTree().call(mark.index).callee().sym()))) {
        return true;
      }
    }
    return false;
  }

  static String name(Sym sym) {
    return Unit.packagePath(sym) + "." + sym.name();
  }

  /** The variable of which {@code n} is a part, through pointers to variables. */
  static @Nullable Name root(Node n) {
    Node at = n;
    for (int i = 0; i < MAX_STEPS; i++) {
      switch (at) {
        case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> at = s.x;
        case AddrExpr a when a.op() == Op.ADDR -> at = a.x;
        case StarExpr s -> at = s.x;
        case ParenExpr p -> at = p.x;
        case SliceExpr s -> at = s.x;
        case ConvExpr c when c.op() == Op.CONVNOP -> at = c.x;
        case Name name -> {
          Node definition = definition(name.canonical());
          if (definition == null) {
            return name.canonical();
          }
          at = definition;
        }
        default -> {
          return null;
        }
      }
    }
    return null;
  }

  /** What a variable that is assigned once is a copy of, or a pointer to. */
  private static @Nullable Node definition(Name n) {
    if (StaticValues.isReassigned(n)) {
      return null;
    }
    Node y =
        switch (n.defn) {
          case AssignStmt s -> s.y;
          case AssignListStmt s when s.op() == Op.AS2 && s.lhs.contains(n) ->
              s.rhs.get(s.lhs.indexOf(n));
          case null, default -> null;
        };
    return switch (y) {
      case AddrExpr a -> a;
      case Name name -> name;
      case ConvExpr c when c.op() == Op.CONVNOP -> c;
      case null, default -> null;
    };
  }
}
