package dev.escapade.driver;

import dev.escapade.load.GoPackage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Finds out, round by round, which packages of a run must be worked on. A package must be if it has
 * changed, or if the face of a package below it has. Whether a face has changed is known only when
 * the package has been worked on; so what stands above a changed package waits for the next round,
 * unless it is known from the start that the face is new.
 */
final class Invalidation {
  private final List<GoPackage> packages;
  private final IdentityHashMap<GoPackage, Integer> index = new IdentityHashMap<>();

  /** The packages that each imports. */
  private final int[][] imports;

  /** What has to be worked on. */
  private final BitSet work = new BitSet();

  /** Of these, those whose face may turn out to be the old one. */
  private final BitSet uncertain = new BitSet();

  private final BitSet done = new BitSet();

  /**
   * Nothing has changed so far.
   *
   * @param packages each after those that it imports
   */
  Invalidation(List<GoPackage> packages) {
    this.packages = packages;
    for (int i = 0; i < packages.size(); i++) {
      index.put(packages.get(i), i);
    }
    this.imports = new int[packages.size()][];
    for (int i = 0; i < imports.length; i++) {
      imports[i] = known(packages.get(i).importMap().values());
    }
  }

  private int[] known(Collection<GoPackage> wanted) {
    int[] known = new int[wanted.size()];
    int n = 0;
    for (GoPackage pkg : wanted) {
      Integer i = index.get(pkg);
      if (i != null) {
        known[n++] = i;
      }
    }
    return n == known.length ? known : Arrays.copyOf(known, n);
  }

  /** A package has changed; its importers matter if its face has as well. */
  void changed(GoPackage pkg) {
    int i = indexOf(pkg);
    if (!work.get(i)) {
      work.set(i);
      uncertain.set(i);
    }
  }

  /** The face of a package is new, or nothing is known of an earlier one. */
  void faceChanged(GoPackage pkg) {
    int i = indexOf(pkg);
    if (work.get(i) && !uncertain.get(i)) {
      return; // With it all above it.
    }
    work.set(i);
    uncertain.clear(i);
    BitSet above = new BitSet();
    above.set(i);
    for (int j = i + 1; j < packages.size(); j++) {
      if (importsAny(j, above)) {
        above.set(j);
        work.set(j);
        uncertain.clear(j);
      }
    }
  }

  private int indexOf(GoPackage pkg) {
    Integer i = index.get(pkg);
    if (i == null) {
      throw new IllegalArgumentException("unknown package " + pkg);
    }
    return i;
  }

  private boolean importsAny(int i, BitSet set) {
    for (int imported : imports[i]) {
      if (set.get(imported)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The packages to be worked on next, in order; empty at the end. After each round, {@link
   * #faceChanged} is to be called for those of {@link #isUncertain} whose face is a new one.
   */
  List<GoPackage> next() {
    BitSet waiting = new BitSet();
    List<GoPackage> ready = new ArrayList<>();
    for (int i = 0; i < packages.size(); i++) {
      if (importsAny(i, waiting)) {
        waiting.set(i);
      } else if (work.get(i) && !done.get(i)) {
        ready.add(packages.get(i));
        done.set(i);
        if (uncertain.get(i)) {
          waiting.set(i);
        }
      }
    }
    return ready;
  }

  /** Reports whether a package has been or is to be worked on. */
  boolean isWork(GoPackage pkg) {
    return work.get(indexOf(pkg));
  }

  /** Reports whether a package that is worked on may turn out to have its old face. */
  boolean isUncertain(GoPackage pkg) {
    return uncertain.get(indexOf(pkg));
  }

  /** The packages that may still have to be worked on, as far as is known now. */
  Set<GoPackage> open() {
    Set<GoPackage> result = Collections.newSetFromMap(new IdentityHashMap<>());
    BitSet open = new BitSet();
    for (int i = 0; i < packages.size(); i++) {
      if ((work.get(i) && !done.get(i)) || importsAny(i, open)) {
        open.set(i);
        result.add(packages.get(i));
      }
    }
    return result;
  }
}
