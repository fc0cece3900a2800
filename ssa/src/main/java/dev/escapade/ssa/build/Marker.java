package dev.escapade.ssa.build;

/** A variable that only the builder knows of; markers are told apart by identity. */
final class Marker {
  static final Marker MEM = new Marker("mem");
  static final Marker PTR = new Marker("ptr");
  static final Marker LEN = new Marker("len");
  static final Marker CAP = new Marker("cap");
  static final Marker TYP = new Marker("typ");
  static final Marker OK = new Marker("ok");
  static final Marker DEFER_BITS = new Marker("deferBits");
  static final Marker HASH = new Marker("hash");

  private final String name;

  Marker(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
