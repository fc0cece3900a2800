package dev.escapade.types;

public final class Checker {
  private final java.util.List<Runnable> cleaners = new java.util.ArrayList<>();

  void needsCleanup(Runnable cleaner) {
    cleaners.add(cleaner);
  }
}
