package dev.escapade.count;

import dev.escapade.count.alloc.Val;
import dev.escapade.count.alloc.Values;
import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of sub-benchmarks as what they are put together from: sums of strings, and what
 * {@code fmt.Sprintf} and {@code strconv.Itoa} make of integers and strings.
 */
final class BenchmarkNames {
  private static final Set<String> PRINTERS = Set.of("fmt.Sprintf");
  private static final String DECIMAL = "strconv.Itoa";

  /** Names are read so deep. */
  private static final int MAX_DEPTH = 6;

  private final Unit unit;
  private final Values values;

  BenchmarkNames(Unit unit, Values values) {
    this.unit = unit;
    this.values = values;
  }

  /** The parts of a name; one that is {@link Val#ANY} may be any text. */
  Val of(Node name) {
    List<Val> parts = new ArrayList<>();
    read(name, parts, 0);
    return parts.size() == 1 ? parts.get(0) : new Val.Joined(List.copyOf(parts));
  }

  private void read(Node n, List<Val> parts, int depth) {
    if (depth > MAX_DEPTH) {
      parts.add(Val.ANY);
      return;
    }
    Node inlined = n instanceof InlinedCallExpr c ? argument(c) : null;
    if (inlined != null) {
      parts.add(values.of(inlined));
      return;
    }
    switch (StaticValues.of(n)) {
      case ParenExpr p -> read(p.x, parts, depth + 1);
      case AddStringExpr a -> a.list.forEach(x -> read(x, parts, depth + 1));
      case CallExpr c when Reservations.calls(c, PRINTERS) -> printed(c, parts);
      case CallExpr c when Reservations.calls(c, Set.of(DECIMAL)) ->
          parts.add(values.of(c.args.get(0)));
      default -> parts.add(values.of(n));
    }
  }

  /** The argument of an inlined call that makes a decimal number; null if it is another one. */
  private @Nullable Node argument(InlinedCallExpr c) {
    if (!Reservations.isInlined(unit, c, DECIMAL::equals)) {
      return null;
    }
    Node argument = null;
    for (Node i : c.init()) {
      switch (i) {
        case AssignStmt s when s.y != null -> argument = s.y;
        case AssignListStmt s when s.op() == Op.AS2 -> argument = s.rhs.get(0);
        default -> {}
      }
    }
    return argument;
  }

  private void printed(CallExpr c, List<Val> parts) {
    List<Node> operands = operands(c);
    if (operands == null || !Ir.isConst(c.args.get(0), Constant.Kind.STRING)) {
      parts.add(Val.ANY);
      return;
    }
    String format = Constants.stringVal(((dev.escapade.ir.BasicLit) c.args.get(0)).value);
    int next = 0;
    int from = 0;
    for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', from)) {
      parts.add(new Val.Text(format.substring(from, i)));
      char verb = i + 1 < format.length() ? format.charAt(i + 1) : ' ';
      from = i + 2;
      if (verb == '%') {
        parts.add(new Val.Text("%"));
      } else if ("dsv".indexOf(verb) >= 0 && next < operands.size()) {
        parts.add(operand(operands.get(next++), verb));
      } else {
        parts.add(Val.ANY); // The rest may use operands in another order.
        return;
      }
    }
    parts.add(next == operands.size() ? new Val.Text(format.substring(from)) : Val.ANY);
  }

  private static @Nullable List<Node> operands(CallExpr c) {
    return c.args.size() == 2
            && c.args.get(1) instanceof CompLitExpr lit
            && lit.isImplicit()
            && lit.list.size() == lit.len
        ? lit.list
        : null;
  }

  /** What is printed of an operand: what it is if it has no methods, and the verb is for it. */
  private Val operand(Node n, char verb) {
    if (n instanceof ConvExpr c
        && c.op() == Op.CONVIFACE
        && c.x instanceof ExprNode x
        && isPlain(x.type(), verb)) {
      return values.of(x);
    }
    return Val.ANY;
  }

  private static boolean isPlain(Type t, char verb) {
    return t.unalias() instanceof Basic b
        && ((verb != 's' && b.is(Basic.IS_INTEGER)) || (verb != 'd' && b.is(Basic.IS_STRING)));
  }
}
