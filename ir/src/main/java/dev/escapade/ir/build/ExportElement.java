package dev.escapade.ir.build;

import dev.escapade.types.Obj;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of export data that other parts refer to: a type, the declaration of an object, or the
 * body of a function. There may be several elements for one type.
 */
final class ExportElement {
  /** What an element refers to. Objects are found by name, types by their place. */
  sealed interface Ref permits ObjRef, TypeRef {}

  /** A reference to a declared object. */
  record ObjRef(Obj obj) implements Ref {}

  /** A reference to the element of a type. */
  record TypeRef(ExportElement element) implements Ref {}

  private final @Nullable Type type;
  private final List<Ref> refs = new ArrayList<>(2);

  /**
   * An element that does not refer to anything yet.
   *
   * @param type the type that it is; null if it is none
   */
  ExportElement(@Nullable Type type) {
    this.type = type;
  }

  @Nullable Type type() {
    return type;
  }

  /** What it refers to, in order; something may be there more than once. */
  List<Ref> refs() {
    return refs;
  }

  /** The element for a type that this one refers to, or null. */
  @Nullable ExportElement find(Type t) {
    for (Ref r : refs) {
      if (r instanceof TypeRef(ExportElement e) && e.type == t) {
        return e;
      }
    }
    return null;
  }
}
