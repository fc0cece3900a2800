package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Looks up which of the interfaces of a type switch a type has: {@code caseVar, itab =
 * runtime.interfaceSwitch(descriptor, runtimeType)}, with a cache.
 */
public final class InterfaceSwitchStmt extends StmtNode {
  /** Gets the number of the case. */
  public Node caseVar;

  /** Gets the pair of interface and type. */
  public Node itab;

  public Node runtimeType;

  /** The hash of the type. */
  public Node hash;

  /** The linker's name of the list of the interfaces. */
  public final String descriptor;

  public InterfaceSwitchStmt(
      int pos, int inl, Node caseVar, Node itab, Node runtimeType, Node hash, String descriptor) {
    super(pos, inl, Op.INTERFACESWITCH);
    this.caseVar = caseVar;
    this.itab = itab;
    this.runtimeType = runtimeType;
    this.hash = hash;
    this.descriptor = descriptor;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || visit.test(caseVar)
        || visit.test(itab)
        || visit.test(runtimeType)
        || visit.test(hash);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    caseVar = edit.apply(caseVar);
    itab = edit.apply(itab);
    runtimeType = edit.apply(runtimeType);
    hash = edit.apply(hash);
  }
}
