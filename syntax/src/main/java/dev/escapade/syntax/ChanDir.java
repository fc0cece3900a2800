package dev.escapade.syntax;

/** The direction of a channel type. */
public enum ChanDir {
  BOTH,
  SEND_ONLY,
  RECV_ONLY
}
