package dev.escapade.ir;

/** A statement, or a part of one that is no expression. */
public abstract sealed class StmtNode extends InitNode
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
  StmtNode(int pos, int inl, Op op) {
    super(pos, inl, op);
  }
}
