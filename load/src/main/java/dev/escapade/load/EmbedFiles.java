package dev.escapade.load;

import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.Paths;
import dev.escapade.load.version.ModulePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the files that {@code //go:embed} patterns match (cmd/go: resolveEmbed). */
final class EmbedFiles {
  private static final Set<String> VERSION_CONTROL = Set.of(".bzr", ".hg", ".git", ".svn");
  private static final int MAX_DEPTH = 1000;

  private final FileTree tree;
  private final String dir;
  private @Nullable String error;

  private EmbedFiles(FileTree tree, String dir) {
    this.tree = tree;
    this.dir = dir;
  }

  /** The files of one pattern, sorted, or what is wrong with it. */
  record Result(List<String> files, @Nullable String error) {}

  static Result resolve(FileTree tree, String dir, String pattern) {
    EmbedFiles e = new EmbedFiles(tree, dir);
    List<String> files = e.run(pattern);
    return e.error != null
        ? new Result(List.of(), "pattern " + pattern + ": " + e.error)
        : new Result(files, null);
  }

  private List<String> run(String pattern) {
    boolean all = pattern.startsWith("all:");
    String glob = all ? pattern.substring("all:".length()) : pattern;
    if (!isValidPath(glob) || !Glob.isValid(glob)) {
      error = "invalid pattern syntax";
      return List.of();
    }
    List<String> matches = new ArrayList<>();
    match("", List.of(glob.split("/", -1)), 0, matches);
    TreeSet<String> files = new TreeSet<>();
    for (String rel : matches) {
      add(rel, all, files);
      if (error != null) {
        return List.of();
      }
    }
    if (files.isEmpty()) {
      error = "no matching files found";
    }
    return List.copyOf(files);
  }

  private static boolean isValidPath(String path) {
    if (path.isEmpty() || path.equals(".")) {
      return false;
    }
    for (String elem : path.split("/", -1)) {
      if (elem.isEmpty() || elem.equals(".") || elem.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private void match(String base, List<String> elems, int i, List<String> out) {
    String elem = elems.get(i);
    String parent = base.isEmpty() ? dir : dir + "/" + base;
    List<String> names =
        Glob.hasMeta(elem)
            ? tree.list(parent).names().stream().filter(n -> Glob.matches(elem, n)).toList()
            : List.of(elem);
    for (String name : names) {
      String rel = base.isEmpty() ? name : base + "/" + name;
      String path = dir + "/" + rel;
      if (i == elems.size() - 1) {
        if (tree.kind(path) != FileTree.Kind.MISSING || tree.isLink(path)) {
          out.add(rel);
        }
      } else if (tree.isDirectory(path)) {
        match(rel, elems, i + 1, out);
      }
    }
  }

  private void add(String rel, boolean all, Set<String> files) {
    String path = dir + "/" + rel;
    boolean isDir = tree.isPlainDirectory(path);
    String subject = "cannot embed " + (isDir ? "directory " : "file ") + rel + ": ";
    for (String d = rel; !d.equals("."); d = Paths.parent(d)) {
      if (tree.kind(dir + "/" + d + "/go.mod") != FileTree.Kind.MISSING) {
        error = subject + "in different module";
      } else if (!d.equals(rel) && !tree.isPlainDirectory(dir + "/" + d)) {
        error = subject + "in non-directory " + d;
      } else if (isBadName(Paths.base(d))) {
        error =
            subject + (d.equals(rel) ? "invalid name " : "in invalid directory ") + Paths.base(d);
      }
      if (error != null) {
        return;
      }
    }
    if (isDir) {
      if (addDirectory(rel, all, files, 0) == 0 && error == null) {
        error = "cannot embed directory " + rel + ": contains no embeddable files";
      }
    } else if (tree.isLink(path) || !tree.isFile(path)) {
      error = "cannot embed irregular file " + rel;
    } else {
      files.add(rel);
    }
  }

  /** Adds what is in a directory and returns how many files that are. */
  private int addDirectory(String rel, boolean all, Set<String> files, int depth) {
    FileTree.Listing listing = tree.list(dir + "/" + rel);
    if (listing.error() != null || depth > MAX_DEPTH) {
      error = listing.error() != null ? listing.error() : "directories nested too deeply";
      return 0;
    }
    int count = 0;
    for (String name : listing.names()) {
      String sub = rel + "/" + name;
      String path = dir + "/" + sub;
      boolean isHidden = name.startsWith(".") || name.startsWith("_");
      boolean isDir = tree.isPlainDirectory(path);
      if (isBadName(name) || (isHidden && !all)) {
        if (!isDir && !isHidden) {
          error = "cannot embed file " + sub + ": invalid name " + name;
          return 0;
        }
        continue;
      }
      if (isDir) {
        if (tree.kind(path + "/go.mod") == FileTree.Kind.MISSING) {
          count += addDirectory(sub, all, files, depth + 1);
        }
      } else if (!tree.isLink(path) && tree.isFile(path)) {
        files.add(sub);
        count++;
      }
      if (error != null) {
        return 0;
      }
    }
    return count;
  }

  private static boolean isBadName(String name) {
    return ModulePath.checkFilePath(name) != null || VERSION_CONTROL.contains(name);
  }
}
