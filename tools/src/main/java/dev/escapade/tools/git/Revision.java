package dev.escapade.tools.git;

import dev.escapade.load.files.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one revision, in a folder that is removed in the end. */
public final class Revision implements AutoCloseable {
  private final Path temporary;
  private final Path dir;
  private final String commit;

  private Revision(Path temporary, Path dir, String commit) {
    this.temporary = temporary;
    this.dir = dir;
    this.commit = commit;
  }

  /** The folder that stands for the one that was asked for. */
  public Path dir() {
    return dir;
  }

  /** The commit's full name. */
  public String commit() {
    return commit;
  }

  /** Reports whether {@code name} names a commit of the repository that {@code dir} is in. */
  public static boolean exists(Path dir, String name) throws IOException, InterruptedException {
    try {
      commit(dir, name);
      return true;
    } catch (GitException e) {
      return false;
    }
  }

  /**
   * Writes a revision of the whole repository into a temporary folder.
   *
   * @param dir a folder in the work tree
   * @param name what git takes for a commit: a hash, a branch, {@code HEAD~1}
   * @throws GitException if there is no repository or no such commit
   */
  public static Revision checkOut(Path dir, String name)
      throws GitException, IOException, InterruptedException {
    String commit = commit(dir, name);
    String top = git(dir, null, "rev-parse", "--show-toplevel");
    String prefix = git(dir, null, "rev-parse", "--show-prefix");
    Path temporary = Files.createTempDirectory("escapade-rev").toRealPath();
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    var revision = new Revision(temporary, tree.resolve(prefix).normalize(), commit);
    try {
      Path index = temporary.resolve("index");
      git(Path.of(top), index, "read-tree", commit);
      git(Path.of(top), index, "checkout-index", "--all", "--quiet", "--prefix=" + tree + "/");
      if (!Files.isDirectory(revision.dir)) {
        throw new GitException("there is no " + prefix + " in " + name);
      }
      return revision;
    } catch (GitException | IOException | InterruptedException | RuntimeException e) {
      revision.close();
      throw e;
    }
  }

  private static String commit(Path dir, String name)
      throws GitException, IOException, InterruptedException {
    return git(
        dir, null, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
  }

  private static String git(Path dir, @Nullable Path index, String... args)
      throws GitException, IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "core.fsmonitor=false"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    if (index != null) {
      builder.environment().put("GIT_INDEX_FILE", index.toString());
    }
    Path errors = Files.createTempFile("escapade-git", ".txt");
    try {
      Process process = start(builder.redirectError(errors.toFile()));
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        String said = Files.readString(errors).strip();
        throw new GitException(
            said.isEmpty() ? "git knows no commit " + args[args.length - 1] : said);
      }
      return out.strip();
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  private static Process start(ProcessBuilder builder) throws GitException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new GitException("cannot run git: " + e.getMessage());
    }
  }

  /** Removes the files. */
  @Override
  public void close() throws IOException {
    Folders.delete(temporary);
  }
}
