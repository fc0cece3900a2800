package dev.escapade.ssa.core;

/** How control leaves a block (cmd/compile/internal/ssa/_gen/genericOps.go). */
public enum BlockKind {
  INVALID("BlockInvalid", 0),
  /** One successor. */
  PLAIN("Plain", 0),
  /** The first successor if the control is true, else the second. */
  IF("If", 1),
  /** The first successor after the call that is the control, the second after a recovery. */
  DEFER("Defer", 1),
  /** No successor; the control is the memory that is returned. */
  RET("Ret", 1),
  /** No successor; the control is a tail call. */
  RET_JMP("RetJmp", 1),
  /** No successor; the control panics. */
  EXIT("Exit", 1),
  /** The successor that the control numbers. */
  JUMP_TABLE("JumpTable", 1),
  /** Two successors of which only the first is ever taken. */
  FIRST("First", 0);

  private final String text;
  private final int controls;

  BlockKind(String text, int controls) {
    this.text = text;
    this.controls = controls;
  }

  /** The number of controls. */
  public int controls() {
    return controls;
  }

  @Override
  public String toString() {
    return text;
  }
}
