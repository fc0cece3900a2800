package dev.escapade.walk;

import dev.escapade.types.Basic;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import java.util.List;

/**
 * The structs of the runtime that lowered code has in its frame (runtime/select.go;
 * internal/runtime/maps; cmd/compile/internal/reflectdata/map.go).
 */
final class RuntimeTypes {
  private final Package runtime = new Package("runtime", "runtime");

  /** The compiler, which does not read it, knows only the package's path. */
  private final Package maps = new Package("internal/runtime/maps", "internal/runtime/maps");

  private final Type scase =
      named(
          runtime,
          "scase",
          List.of("c", "elem"),
          List.of(Basic.UNSAFE_POINTER, Basic.UNSAFE_POINTER));
  private final Type map =
      named(
          maps,
          "Map",
          List.of(
              "used",
              "seed",
              "dirPtr",
              "dirLen",
              "globalDepth",
              "globalShift",
              "writing",
              "tombstonePossible",
              "clearSeq"),
          List.of(
              Basic.UINT64,
              Basic.UINTPTR,
              Basic.UNSAFE_POINTER,
              Basic.INT,
              Basic.UINT8,
              Basic.UINT8,
              Basic.UINT8,
              Basic.BOOL,
              Basic.UINT64));
  private final Type iter =
      named(
          maps,
          "Iter",
          List.of(
              "key",
              "elem",
              "typ",
              "m",
              "groupSlotOffset",
              "dirOffset",
              "clearSeq",
              "globalDepth",
              "dirIdx",
              "tab",
              "group",
              "entryIdx"),
          List.of(
              Basic.UNSAFE_POINTER,
              Basic.UNSAFE_POINTER,
              Basic.UNSAFE_POINTER,
              new Pointer(map),
              Basic.UINT64,
              Basic.UINT64,
              Basic.UINT64,
              Basic.UINT8,
              Basic.INT,
              new Pointer(Basic.UINT8),
              Basic.UNSAFE_POINTER,
              Basic.UINT64));

  private static Type named(
      Package pkg, String name, List<String> fields, List<? extends Type> types) {
    TypeName obj = new TypeName(0, pkg, name, null);
    pkg.scope().insert(obj);
    return Named.of(obj, Env.struct(fields, types));
  }

  /** A case of a select statement. */
  Type scase() {
    return scase;
  }

  /** A map. */
  Type map() {
    return map;
  }

  /** The iterator of a range over a map. */
  Type iter() {
    return iter;
  }
}
