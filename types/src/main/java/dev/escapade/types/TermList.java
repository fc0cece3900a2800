package dev.escapade.types;

final class TermList {
  boolean sameSet(TermList other) {
    throw new UnsupportedOperationException();
  }
}
