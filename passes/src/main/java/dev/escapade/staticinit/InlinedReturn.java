package dev.escapade.staticinit;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.Visit;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inlined body that consists of one return statement with one value, in which the arguments can
 * stand in the places of the parameters.
 *
 * @param value what is returned
 */
record InlinedReturn(Node value, Substitution substitution) {
  /** The one return statement of {@code call}, or null if the body has another form. */
  static @Nullable InlinedReturn of(InlinedCallExpr call) {
    AssignListStmt params = parameters(call.init());
    Node value = returned(call.body);
    if (params == null || value == null || !isSubstitutable(params, value)) {
      return null;
    }
    IdentityHashMap<Name, Node> args = new IdentityHashMap<>();
    for (int i = 0; i < params.lhs.size(); i++) {
      Name param = (Name) params.lhs.get(i);
      if (!param.isBlank()) {
        args.put(param, params.rhs.get(i));
      }
    }
    return new InlinedReturn(value, new Substitution(args));
  }

  private static @Nullable AssignListStmt parameters(List<Node> init) {
    return init.size() == 2
            && init.get(0) instanceof AssignListStmt as
            && as.op() == Op.AS2
            && init.get(1) instanceof InlineMarkStmt
        ? as
        : null;
  }

  private static @Nullable Node returned(List<Node> body) {
    if (body.size() != 2
        || !(body.get(0) instanceof BlockStmt block)
        || !(body.get(1) instanceof LabelStmt end)
        || block.list.size() != 3
        || !(block.list.get(0) instanceof DclStmt result)
        || !(block.list.get(1) instanceof AssignListStmt as)
        || as.op() != Op.AS2
        || !(block.list.get(2) instanceof BranchStmt jump)
        || jump.op() != Op.GOTO
        || !end.label.equals(jump.label)
        || as.lhs.size() != 1
        || as.lhs.get(0) != result.x) {
      return null;
    }
    return as.rhs.get(0);
  }

  private static boolean isSubstitutable(AssignListStmt params, Node value) {
    IdentityHashMap<Name, Integer> uses = new IdentityHashMap<>();
    for (int i = 0; i < params.lhs.size(); i++) {
      Name param = (Name) params.lhs.get(i);
      if (param.isAddrtaken() || Effects.any(params.rhs.get(i))) {
        return false;
      }
      uses.put(param, 0);
    }
    boolean captures =
        Visit.any(
            value,
            n -> {
              if (n instanceof Name name) {
                uses.computeIfPresent(name, (_, count) -> count + 1);
              }
              return n instanceof ClosureExpr c && c.func.isClosure();
            });
    if (captures) {
      return false;
    }
    for (int i = 0; i < params.lhs.size(); i++) {
      if (uses.getOrDefault((Name) params.lhs.get(i), 0) > 1
          && !Effects.isRepeatable(params.rhs.get(i))) {
        return false;
      }
    }
    return true;
  }
}
