package dev.escapade.count;

import dev.escapade.ir.DictWord;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.TypeFmt;
import dev.escapade.ir.build.Compilation;
import dev.escapade.types.Array;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The types that a type of generic code stands for. The code is compiled for shapes of types, and
 * takes what it needs to know of a type from a dictionary; all dictionaries are known when a
 * package is compiled, so these are the types in them that have the shape.
 */
final class GenericInstances {
  private static final String SHAPE = "go.shape.";

  private final Compilation compilation;
  private final TypeFmt names = TypeFmt.plain();
  private final Map<String, List<Type>> found = new TreeMap<>();

  /** The types in the dictionaries, by name; made when they are needed. */
  private @Nullable Map<String, Type> known;

  GenericInstances(Compilation compilation) {
    this.compilation = compilation;
  }

  /** Reports whether a name is that of a type of generic code. */
  static boolean isShaped(String type) {
    return type.contains(SHAPE);
  }

  /** The types that {@code shaped} stands for in this package; none if they are not known. */
  List<Type> of(Type shaped) {
    String name = names.linkString(shaped);
    List<Type> types = found.get(name);
    if (types == null) {
      types = new ArrayList<>();
      for (Type t : known().values()) {
        if (mayBe(shaped, t)) {
          types.add(t);
        }
      }
      found.put(name, types);
    }
    return types;
  }

  /** All that was asked for, by the names. */
  Map<String, List<String>> names() {
    Map<String, List<String>> result = new TreeMap<>();
    found.forEach((shaped, types) -> {
      List<String> list = new ArrayList<>();
      types.forEach(t -> list.add(names.linkString(t)));
      result.put(shaped, List.copyOf(list));
    });
    return result;
  }

  private Map<String, Type> known() {
    if (known == null) {
      Map<String, Type> all = new TreeMap<>();
      for (List<DictWord> words : compilation.dictionaries().values()) {
        for (DictWord w : words) {
          switch (w) {
            case DictWord.Descriptor d -> all.putIfAbsent(names.linkString(d.type()), d.type());
            case DictWord.Itab i -> all.putIfAbsent(names.linkString(i.type()), i.type());
            case DictWord.Method _, DictWord.Dictionary _ -> {}
          }
        }
      }
      known = all;
    }
    return known;
  }

  /** Reports whether {@code t} has the shape of {@code shaped}. */
  private static boolean mayBe(Type shaped, Type t) {
    Type s = shaped.unalias();
    Type x = t.unalias();
    if (Shapes.isShape(s)) {
      return Shapes.identical(s.underlying(), x.underlying())
          || (s.underlying() instanceof Pointer && x.underlying() instanceof Pointer);
    }
    if (s instanceof Named a) {
      return x instanceof Named b && a.origin() == b.origin() && mayBe(a.typeArgs(), b.typeArgs());
    }
    if (x instanceof Named) {
      return false;
    }
    return switch (s) {
      case Pointer a -> x instanceof Pointer b && mayBe(a.elem(), b.elem());
      case Slice a -> x instanceof Slice b && mayBe(a.elem(), b.elem());
      case Array a -> x instanceof Array b && a.len() == b.len() && mayBe(a.elem(), b.elem());
      case Chan a -> x instanceof Chan b && mayBe(a.elem(), b.elem());
      case MapType a ->
          x instanceof MapType b && mayBe(a.key(), b.key()) && mayBe(a.elem(), b.elem());
      default -> Shapes.identical(s, x);
    };
  }

  private static boolean mayBe(List<Type> shaped, List<Type> types) {
    for (int i = 0; i < shaped.size() && i < types.size(); i++) {
      if (!mayBe(shaped.get(i), types.get(i))) {
        return false;
      }
    }
    return shaped.size() == types.size();
  }
}
