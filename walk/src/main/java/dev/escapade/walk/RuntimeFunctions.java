package dev.escapade.walk;

import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.syntax.ChanDir;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The functions of package runtime that lowered code calls. */
final class RuntimeFunctions {
  /** The runtime as the compiler sees it, apart from the package when that itself is compiled. */
  static final Package RUNTIME = new Package("go.runtime", "runtime");

  private static final Map<String, String[]> TABLE = read();

  private RuntimeFunctions() {}

  private static Map<String, String[]> read() {
    String name = "runtime-go1.26.txt";
    Map<String, String[]> table = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(RuntimeFunctions.class.getResourceAsStream(name), name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ", -1);
          table.put(words[0], words);
        }
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /**
   * A function of the runtime.
   *
   * @param types what stands for each "any" in its type
   */
  static Name of(String name, Type... types) {
    String[] words = Objects.requireNonNull(TABLE.get(name), name);
    Iterator<Type> any = List.of(types).iterator();
    Tuple params = tuple(words[1], VarKind.PARAM, any);
    Tuple results = words.length < 3 ? Tuple.EMPTY : tuple(words[2], VarKind.RESULT, any);
    if (any.hasNext()) {
      throw new IllegalArgumentException("too many types for " + name);
    }
    Signature type = new Signature(null, List.of(), List.of(), params, results, false);
    return new Name(0, 0, new Sym(RUNTIME, name), type, StorageClass.FUNC);
  }

  private static Tuple tuple(String list, VarKind kind, Iterator<Type> any) {
    if (list.equals("-")) {
      return Tuple.EMPTY;
    }
    List<Var> vars = new ArrayList<>();
    for (String text : list.split(",", -1)) {
      vars.add(new Var(kind, 0, null, "", type(text, any)));
    }
    return Tuple.of(vars);
  }

  private static Type type(String text, Iterator<Type> any) {
    if (text.startsWith("*")) {
      return new Pointer(type(text.substring(1), any));
    }
    if (text.startsWith("[]")) {
      return new Slice(type(text.substring(2), any));
    }
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return new Array(type(text.substring(end + 1), any), Integer.parseInt(text, 1, end, 10));
    }
    return switch (text) {
      case "any" -> any.next();
      case "iface" -> Universe.ANY_INTERFACE;
      case "map[any]any" -> {
        Type key = any.next();
        yield new MapType(key, any.next());
      }
      case "chan:any" -> new Chan(ChanDir.BOTH, any.next());
      case "<-chan:any" -> new Chan(ChanDir.RECV_ONLY, any.next());
      case "chan<-:any" -> new Chan(ChanDir.SEND_ONLY, any.next());
      default -> basic(text);
    };
  }

  private static Type basic(String text) {
    return switch (text) {
      case "bool" -> Basic.BOOL;
      case "byte", "uint8" -> Basic.UINT8;
      case "int" -> Basic.INT;
      case "int64" -> Basic.INT64;
      case "rune" -> Basic.INT32;
      case "uint" -> Basic.UINT;
      case "uint16" -> Basic.UINT16;
      case "uint32" -> Basic.UINT32;
      case "uint64" -> Basic.UINT64;
      case "uintptr" -> Basic.UINTPTR;
      case "float32" -> Basic.FLOAT32;
      case "float64" -> Basic.FLOAT64;
      case "complex64" -> Basic.COMPLEX64;
      case "complex128" -> Basic.COMPLEX128;
      case "string" -> Basic.STRING;
      case "unsafe.Pointer" -> Basic.UNSAFE_POINTER;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
