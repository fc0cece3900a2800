package dev.escapade.load;

import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.WorkQueue;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks a directory tree, several directories at a time. Links are not followed, except at the
 * root, so a walk ends whatever links there are.
 */
final class DirectoryWalk {
  /** The order in which a sequential walk meets paths: a directory before what is in it. */
  static final Comparator<String> ORDER = DirectoryWalk::compare;

  /** Decides about each directory; called from several threads. */
  interface Visitor {
    /**
     * Visits a directory.
     *
     * @param dir its absolute path
     * @param below its path below the root, or empty for the root
     * @return whether to visit what is in it
     */
    boolean enter(String dir, String below);

    /** Looks at what is in a directory and is none. */
    default void other(String path, String below) {}
  }

  private final FileTree tree;
  private final WorkQueue queue;
  private final Visitor visitor;
  private final ConcurrentSkipListMap<String, String> errors = new ConcurrentSkipListMap<>(ORDER);

  private DirectoryWalk(FileTree tree, WorkQueue queue, Visitor visitor) {
    this.tree = tree;
    this.queue = queue;
    this.visitor = visitor;
  }

  /** Walks the tree at {@code root}; returns the first error in order, or null. */
  static @Nullable String walk(FileTree tree, WorkQueue queue, String root, Visitor visitor) {
    DirectoryWalk walk = new DirectoryWalk(tree, queue, visitor);
    queue.add(() -> walk.visit(root, ""));
    queue.await();
    return walk.errors.isEmpty() ? null : walk.errors.firstEntry().getValue();
  }

  private void visit(String dir, String below) {
    if (!visitor.enter(dir, below)) {
      return;
    }
    FileTree.Listing listing = tree.list(dir);
    if (listing.error() != null) {
      errors.put(dir, listing.error());
      return;
    }
    for (String name : listing.names()) {
      String path = dir.endsWith("/") ? dir + name : dir + "/" + name;
      String sub = below.isEmpty() ? name : below + "/" + name;
      if (tree.isPlainDirectory(path)) {
        queue.add(() -> visit(path, sub));
      } else {
        visitor.other(path, sub);
      }
    }
  }

  private static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return x == '/' ? -1 : y == '/' ? 1 : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
