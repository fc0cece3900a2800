package dev.escapade.pgo;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StorageClass;
import dev.escapade.profile.CallEdge;
import dev.escapade.profile.CallProfile;
import dev.escapade.types.Signature;
import dev.escapade.types.Var;
import dev.escapade.unit.BottomUp;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls of a profile, as far as they concern one package. */
public final class HotCalls {
  private final Unit unit;
  private final CallProfile profile;

  /** The functions that are compiled or called directly here, by the linker's names. */
  private final Map<String, Func> functions = new HashMap<>();

  /** What the profile has besides, with null for what cannot be seen from here. */
  private final Map<String, @Nullable Func> others = new HashMap<>();

  private final IdentityHashMap<Func, Set<Long>> hotOffsets = new IdentityHashMap<>();

  /** A call in the profile, and the function that it leads to if that can be seen from here. */
  record Candidate(CallEdge edge, @Nullable Func callee) {}

  private HotCalls(Unit unit, CallProfile profile) {
    this.unit = unit;
    this.profile = profile;
  }

  /**
   * Matches the profile of {@code unit} with its functions, of which StaticValues has marked the
   * assignments; null if there is no profile.
   */
  public static @Nullable HotCalls of(Unit unit) {
    CallProfile profile = unit.profile();
    if (profile == null || profile.isEmpty()) {
      return null;
    }
    HotCalls calls = new HotCalls(unit, profile);
    calls.match();
    return calls;
  }

  private void match() {
    BottomUp.visit(
        unit.code().funcs(),
        (batch, _) -> {
          for (Func fn : batch) {
            add(fn);
          }
        });
    for (Map.Entry<String, Func> e : List.copyOf(functions.entrySet())) {
      Set<Long> offsets = profile.hotOffsets(e.getKey());
      if (!offsets.isEmpty()) {
        hotOffsets.put(e.getValue(), offsets);
      }
      for (CallEdge edge : profile.callsIn(e.getKey())) {
        String callee = edge.callee();
        if (!functions.containsKey(callee) && !others.containsKey(callee)) {
          others.put(callee, unit.code().findImported(callee));
        }
      }
    }
    unit.code().buildInstances();
  }

  private void add(Func fn) {
    functions.putIfAbsent(unit.linkName(fn.sym()), fn);
    Predicate<Node> visitor =
        new Predicate<>() {
          @Override
          public boolean test(Node n) {
            if (n instanceof CallExpr call && call.op() == Op.CALLFUNC) {
              Func callee = directCallee(call);
              if (callee != null) {
                functions.putIfAbsent(unit.linkName(callee.sym()), callee);
              }
            }
            return n.doChildren(this);
          }
        };
    fn.doChildren(visitor);
  }

  /** The function that a call is known to lead to, or null. */
  static @Nullable Func directCallee(CallExpr call) {
    if (call.fun == null) {
      return null;
    }
    return switch (StaticValues.of(call.fun)) {
      case SelectorExpr s when s.op() == Op.METHEXPR && s.method != null -> {
        Var receiver = ((Signature) s.method.type()).recv();
        boolean same = receiver != null && Shapes.identical(receiver.type(), Unit.typeOf(s.x));
        yield same ? s.method.func : null;
      }
      case Name name when name.storage == StorageClass.FUNC -> name.func;
      case ClosureExpr closure -> closure.func;
      default -> null;
    };
  }

  /** Reports whether a hot call leads to {@code fn}. */
  public boolean isHot(Func fn) {
    String name = unit.linkName(fn.sym());
    return profile.isHotCallee(name) && (functions.containsKey(name) || others.containsKey(name));
  }

  /** Reports whether a hot call of {@code caller} is in the line of {@code call}. */
  public boolean isHot(Func caller, CallExpr call) {
    Set<Long> offsets = hotOffsets.get(caller);
    return offsets != null && offsets.contains(lineOffset(caller, call));
  }

  private long lineOffset(Func caller, CallExpr call) {
    return (long) unit.line(call.pos) - unit.line(caller.pos);
  }

  /** The profile's calls in the line of {@code call}. */
  List<Candidate> candidates(Func caller, CallExpr call) {
    String name = unit.linkName(caller.sym());
    List<CallEdge> edges = profile.callsIn(name);
    if (edges.isEmpty() || !functions.containsKey(name)) {
      return List.of();
    }
    long offset = lineOffset(caller, call);
    List<Candidate> list = new ArrayList<>();
    for (CallEdge e : edges) {
      if (e.lineOffset() == offset) {
        Func local = functions.get(e.callee());
        list.add(new Candidate(e, local != null ? local : others.get(e.callee())));
      }
    }
    return list;
  }
}
