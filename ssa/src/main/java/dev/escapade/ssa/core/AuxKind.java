package dev.escapade.ssa.core;

/** What the auxiliary fields of a value hold. */
public enum AuxKind {
  NONE,
  BOOL,
  INT8,
  INT16,
  INT32,
  INT64,
  INT128,
  UINT8,
  FLOAT32,
  FLOAT64,
  NAME_OFFSET_INT8,
  STRING,
  SYM,
  SYM_OFF,
  SYM_VAL_OFF,
  TYP,
  TYP_SIZE,
  CALL,
  CALL_OFF
}
