package dev.escapade.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * The inlined calls of a compilation. Index 0 stands for "not inlined"; each other index is a call
 * that was replaced by its callee's body.
 */
public final class InlTree {
  /**
   * An inlined call.
   *
   * @param parent the inlined call whose body contained this call, or 0
   * @param pos where the call is in the source
   * @param callee the function whose body stands there
   */
  public record Call(int parent, int pos, Func callee) {}

  private final List<Call> calls = new ArrayList<>();

  /** Records that the call at {@code (pos, parent)} was replaced, and returns its index. */
  public int add(int parent, int pos, Func callee) {
    calls.add(new Call(parent, pos, callee));
    return calls.size();
  }

  /** The inlined call with {@code index}, at least 1. */
  public Call call(int index) {
    return calls.get(index - 1);
  }

  /**
   * Where in the function that is compiled the node at {@code (pos, inl)} came from; unknown if its
   * own position is.
   */
  public int outermostPos(int pos, int inl) {
    if (pos == 0) {
      return 0;
    }
    int p = pos;
    for (int i = inl; i != 0; ) {
      Call c = call(i);
      p = c.pos;
      i = c.parent;
    }
    return p;
  }

  /** Where {@code n} is in the function that is compiled, which messages show. */
  public int outermostPos(Node n) {
    return outermostPos(n.pos, n.inl);
  }
}
