package dev.escapade.fuzz.programs;

import dev.escapade.fuzz.programs.GoType.Basic;
import dev.escapade.fuzz.programs.GoType.Interface;
import dev.escapade.fuzz.programs.GoType.Slice;
import java.util.List;

/** Types that need no declaration. */
final class Predeclared {
  static final Basic INT = new Basic("int");
  static final Basic STRING = new Basic("string");
  static final Basic BOOL = new Basic("bool");
  static final Basic BYTE = new Basic("byte");
  static final Basic ERROR = new Basic("error");
  static final Interface ANY = new Interface(List.of());
  static final Slice BYTES = new Slice(BYTE);

  private Predeclared() {}
}
