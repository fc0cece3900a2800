package dev.escapade.fuzz.programs;

import dev.escapade.driver.FlagException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a program that both sides decide differently smaller: drops parts, or puts what is in them
 * in their place, as long as it still compiles and a package still differs.
 */
final class Shrinker {
  private final Toolchain toolchain;
  private int tries;

  Shrinker(Toolchain toolchain) {
    this.toolchain = toolchain;
  }

  /** The smallest program that was found within a number of tries. */
  Map<String, Piece> shrink(Map<String, Piece> program, int maxTries)
      throws IOException, InterruptedException, FlagException {
    Map<String, Piece> best = new LinkedHashMap<>(program);
    boolean smaller = true;
    while (smaller && tries < maxTries) {
      smaller = false;
      for (String pkg : List.copyOf(best.keySet()).reversed()) {
        smaller |= shrinkPackage(best, pkg, maxTries);
      }
    }
    return best;
  }

  private boolean shrinkPackage(Map<String, Piece> best, String pkg, int maxTries)
      throws IOException, InterruptedException, FlagException {
    boolean smaller = false;
    if (best.size() > 1 && differs(without(best, pkg))) {
      best.remove(pkg);
      return true;
    }
    boolean progress = true;
    while (progress && tries < maxTries) {
      progress = false;
      Piece root = best.get(pkg);
      for (Piece candidate : root == null ? List.<Piece>of() : candidates(root)) {
        Map<String, Piece> trial = new LinkedHashMap<>(best);
        trial.put(pkg, candidate);
        if (tries < maxTries && differs(trial)) {
          best.put(pkg, candidate);
          progress = true;
          smaller = true;
          break;
        }
      }
    }
    return smaller;
  }

  private static Map<String, Piece> without(Map<String, Piece> program, String pkg) {
    Map<String, Piece> rest = new LinkedHashMap<>(program);
    rest.remove(pkg);
    return rest;
  }

  private boolean differs(Map<String, Piece> program)
      throws IOException, InterruptedException, FlagException {
    tries++;
    toolchain.write(program);
    return !toolchain.compare(program.keySet()).differences().isEmpty();
  }

  /** All trees with less in one place: halves of lists first, then single parts. */
  private static List<Piece> candidates(Piece p) {
    List<Piece> all = new ArrayList<>();
    int n = p.parts.size();
    for (int size = n / 2; size >= 1; size /= 2) {
      for (int from = 0; from + size <= n; from += size) {
        List<Piece> rest = new ArrayList<>(p.parts.subList(0, from));
        rest.addAll(p.parts.subList(from + size, n));
        all.add(p.with(rest));
      }
    }
    for (int i = 0; i < n; i++) {
      Piece part = p.parts.get(i);
      if (!part.parts.isEmpty()) {
        List<Piece> unwrapped = new ArrayList<>(p.parts.subList(0, i));
        unwrapped.addAll(part.parts);
        unwrapped.addAll(p.parts.subList(i + 1, n));
        all.add(p.with(unwrapped));
        for (Piece inner : candidates(part)) {
          List<Piece> changed = new ArrayList<>(p.parts);
          changed.set(i, inner);
          all.add(p.with(changed));
        }
      }
    }
    return all;
  }
}
