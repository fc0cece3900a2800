package dev.escapade.types;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects, at most one of each unique name (types2: objset). */
final class ObjSet {
  private final Map<String, Obj> elems = new HashMap<>();

  /** Adds {@code obj} and returns null, or returns the object that has its unique name already. */
  @Nullable Obj insert(Obj obj) {
    return elems.putIfAbsent(obj.id(), obj);
  }
}
