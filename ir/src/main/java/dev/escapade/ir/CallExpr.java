package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A call {@code fun(args)}, also of builtins (then {@code fun} is null). */
public final class CallExpr extends ExprNode {
  public @Nullable Node fun;

  public List<Node> args;

  /** The token of the frame that a defer in the body of a range over a function belongs to. */
  public @Nullable Node deferAt;

  /** The type descriptor that append and delete take; no child of this node. */
  public @Nullable Node rtype;

  /** Variables to keep alive until the call returns. */
  public List<Name> keepAlive = new ArrayList<>();

  /** Whether the last argument is passed with "...". */
  public boolean isDDD;

  /** Whether this is the call of a go or defer statement. */
  public boolean goDefer;

  /** Whether this call must not be inlined. */
  public boolean noInline;

  /** Whether an append may use a buffer on the stack. */
  public boolean useBuf;

  /** Whether the backing store of an append is known to have no alias. */
  public boolean appendNoAlias;

  /** Whether this is a runtime.KeepAlive that the compiler made. */
  public boolean isCompilerVarLive;

  public CallExpr(
      int pos, int inl, Op op, @Nullable Type type, @Nullable Node fun, List<Node> args) {
    super(pos, inl, op, type);
    this.fun = fun;
    this.args = args;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case APPEND,
          CALL,
          CALLFUNC,
          CALLINTER,
          CALLMETH,
          DELETE,
          GETG,
          GETCALLERSP,
          MAKE,
          MAX,
          MIN,
          PRINT,
          PRINTLN,
          RECOVER ->
          true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || (fun != null && visit.test(fun))
        || doList(args, visit)
        || (deferAt != null && visit.test(deferAt))
        || doList(keepAlive, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (fun != null) {
      fun = edit.apply(fun);
    }
    editList(args, edit);
    if (deferAt != null) {
      deferAt = edit.apply(deferAt);
    }
    editNames(keepAlive, edit);
  }
}
