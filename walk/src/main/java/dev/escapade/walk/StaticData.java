package dev.escapade.walk;

/** What is known of the contents of a static variable that walking made. */
public enum StaticData {
  /** All bytes are zero. */
  ZERO
}
