package dev.escapade.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds up the samples of a profile by calls (internal/profile: NewGraph; cmd/internal/pgo, go
 * 1.26). A node is a place in the machine code; the calls between places are added up by function
 * and line only in the end, so that a recursion within one sample counts as often as it has
 * different places.
 */
final class CallGraph {
  private final Map<Node, Integer> ids = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Long, Long> weights = new LinkedHashMap<>();
  private final Map<Integer, Long> cumulative = new HashMap<>();
  private final Map<Integer, Long> own = new HashMap<>();
  private final Set<Integer> seenNodes = new HashSet<>();
  private final Set<Long> seenCalls = new HashSet<>();

  private record Node(String name, long address, long startLine, long line) {}

  private record Call(String caller, String callee, long lineOffset) {}

  /** The number of a place. */
  int node(String name, long address, long startLine, long line) {
    Node n = new Node(name, address, startLine, line);
    Integer id = ids.get(n);
    if (id == null) {
      id = nodes.size();
      nodes.add(n);
      ids.put(n, id);
    }
    return id;
  }

  /** Adds a sample with the given places, callers first; each call counts once. */
  void add(LongList frames, long weight) {
    seenNodes.clear();
    seenCalls.clear();
    int parent = -1;
    for (int i = 0; i < frames.size(); i++) {
      int n = (int) frames.get(i);
      boolean isNew = seenNodes.add(n);
      if (isNew) {
        cumulative.merge(n, weight, Long::sum);
      }
      if (parent >= 0 && n != parent) {
        long call = (long) parent << Integer.SIZE | n;
        if (seenCalls.add(call) || isNew) {
          weights.merge(call, weight, Long::sum);
        }
      }
      parent = n;
    }
    if (parent >= 0) {
      own.merge(parent, weight, Long::sum);
    }
  }

  /** The calls by function and line, the heaviest first. */
  List<CallEdge> edges() throws ProfileException {
    Map<Call, Long> calls = new HashMap<>();
    long total = 0;
    for (Map.Entry<Long, Long> e : weights.entrySet()) {
      int from = (int) (e.getKey() >> Integer.SIZE);
      if (isKept(from)) {
        Node caller = nodes.get(from);
        Node callee = nodes.get((int) (long) e.getKey());
        calls.merge(
            new Call(caller.name, callee.name, caller.line - caller.startLine),
            e.getValue(),
            Long::sum);
        total += e.getValue();
      }
    }
    checkStartLines();
    if (total == 0) {
      return List.of();
    }
    List<CallEdge> edges = new ArrayList<>(calls.size());
    calls.forEach((c, w) -> edges.add(new CallEdge(c.caller, c.callee, c.lineOffset, w)));
    edges.sort(CallEdge.BY_WEIGHT);
    return edges;
  }

  private boolean isKept(int node) {
    return cumulative.getOrDefault(node, 0L) != 0 || own.getOrDefault(node, 0L) != 0;
  }

  private void checkStartLines() throws ProfileException {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).startLine != 0 && isKept(i)) {
        return;
      }
    }
    throw new ProfileException(
        "profile missing Function.start_line data (Go version of profiled application too old? Go"
            + " 1.20+ automatically adds this to profiles)");
  }
}
