package dev.escapade.driver;

import dev.escapade.ir.Inline;
import dev.escapade.load.files.StoredBytes;
import dev.escapade.load.files.StoredText;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.PackageSummary;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a package as it is stored: functions by their names, objects of packages by
 * theirs. Summaries of packages that are built with a profile are not stored.
 */
final class StoredSummary {
  private static final int INLINABLE = 1;
  private static final int DELAYS_RESULTS = 2;
  private static final int KEEPS_ALIVE = 4;

  private StoredSummary() {}

  /** The summary in bytes; null if it has what cannot be stored. */
  static byte @Nullable [] write(PackageSummary summary) {
    if (!summary.visible().isEmpty()) {
      return null;
    }
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(summary.functions().size());
      for (Map.Entry<String, FuncSummary> f : new TreeMap<>(summary.functions()).entrySet()) {
        StoredText.write(f.getKey(), out);
        if (!write(f.getValue(), out)) {
          return null;
        }
      }
      TreeSet<String> bodies = new TreeSet<>();
      for (Func f : summary.bodies()) {
        String name = name(f);
        if (name == null) {
          return null;
        }
        bodies.add(name);
      }
      out.writeInt(bodies.size());
      for (String name : bodies) {
        StoredText.write(name, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static boolean write(FuncSummary f, DataOutputStream out) throws IOException {
    Inline inline = f.inline();
    if (inline != null && inline.properties() != null) {
      return false;
    }
    int flags = f.keepsUintptrAlive() ? KEEPS_ALIVE : 0;
    if (inline != null) {
      flags |= INLINABLE | (inline.canDelayResults() ? DELAYS_RESULTS : 0);
    }
    out.writeByte(flags);
    if (inline != null) {
      out.writeInt(inline.cost());
    }
    out.writeInt(f.leaks().size());
    for (long leak : f.leaks()) {
      out.writeLong(leak);
    }
    return true;
  }

  /** How a function or method is found again; null if it cannot be. */
  private static @Nullable String name(Func f) {
    Package pkg = f.pkg();
    if (pkg == null) {
      return null;
    }
    String receiver = "";
    var recv = f.signature().recv();
    if (recv != null) {
      Named named = receiver(recv.type());
      if (named == null) {
        return null;
      }
      receiver = named.obj().name();
    }
    String name = pkg.path() + "\t" + receiver + "\t" + f.name();
    return find(name, Map.of(pkg.path(), pkg)) == f ? name : null;
  }

  private static @Nullable Named receiver(Type type) {
    Type t = type.unalias();
    if (t instanceof Pointer p) {
      t = p.elem().unalias();
    }
    return t instanceof Named n ? n.origin() : null;
  }

  private static @Nullable Func find(String name, Map<String, Package> packages) {
    int first = name.indexOf('\t');
    int second = name.indexOf('\t', first + 1);
    Package pkg = first < 0 || second < 0 ? null : packages.get(name.substring(0, first));
    if (pkg == null) {
      return null;
    }
    String receiver = name.substring(first + 1, second);
    String function = name.substring(second + 1);
    Obj obj = pkg.scope().lookup(receiver.isEmpty() ? function : receiver);
    if (receiver.isEmpty()) {
      return obj instanceof Func f ? f : null;
    }
    if (obj instanceof TypeName t && t.type() instanceof Named n) {
      for (int i = 0; i < n.origin().numMethods(); i++) {
        if (n.origin().method(i).name().equals(function)) {
          return n.origin().method(i);
        }
      }
    }
    return null;
  }

  /**
   * Reads a summary.
   *
   * @param pkg the package whose summary it is, checked again
   * @return null if it does not fit
   */
  static @Nullable PackageSummary read(byte[] stored, Package pkg) {
    StoredBytes in = new StoredBytes(stored);
    try {
      int count = in.count();
      Map<String, FuncSummary> functions = HashMap.newHashMap(count);
      for (int i = 0; i < count; i++) {
        functions.put(in.string(), function(in));
      }
      Map<String, Package> packages = new HashMap<>();
      Set<Func> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
      int n = in.count();
      if (n > 0) {
        collect(pkg, packages);
      }
      for (int i = 0; i < n; i++) {
        Func f = find(in.string(), packages);
        if (f == null) {
          return null;
        }
        bodies.add(f);
      }
      return new PackageSummary(functions, Map.of(), bodies);
    } catch (BufferUnderflowException _) {
      return null;
    }
  }

  private static FuncSummary function(StoredBytes in) {
    int flags = in.int8();
    Inline inline =
        (flags & INLINABLE) == 0
            ? null
            : new Inline(in.int32(), (flags & DELAYS_RESULTS) != 0, null);
    int count = in.count();
    List<Long> leaks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      leaks.add(in.int64());
    }
    return new FuncSummary(inline, leaks, (flags & KEEPS_ALIVE) != 0);
  }

  private static void collect(Package pkg, Map<String, Package> packages) {
    ArrayDeque<Package> open = new ArrayDeque<>(List.of(pkg));
    while (!open.isEmpty()) {
      Package next = open.remove();
      if (packages.putIfAbsent(next.path(), next) == null) {
        open.addAll(next.imports());
      }
    }
  }
}
