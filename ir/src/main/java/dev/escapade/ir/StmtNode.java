package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A statement, or a part of one that is no expression. */
public abstract sealed class StmtNode extends Node
    permits AssignListStmt,
        AssignOpStmt,
        AssignStmt,
        BlockStmt,
        BranchStmt,
        CaseClause,
        CommClause,
        DclStmt,
        ForStmt,
        GoDeferStmt,
        IfStmt,
        InlineMarkStmt,
        InterfaceSwitchStmt,
        JumpTableStmt,
        LabelStmt,
        RangeStmt,
        ReturnStmt,
        SelectStmt,
        SendStmt,
        SwitchStmt,
        TailCallStmt,
        TypeSwitchGuard {
  private List<Node> init = List.of();

  StmtNode(int pos, int inl, Op op) {
    super(pos, inl, op);
  }

  @Override
  public final List<Node> init() {
    return init;
  }

  @Override
  public final void setInit(List<Node> init) {
    this.init = init;
  }

  final boolean doInit(Predicate<Node> visit) {
    return doList(init, visit);
  }

  final void editInit(UnaryOperator<Node> edit) {
    editList(init, edit);
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
  }
}
