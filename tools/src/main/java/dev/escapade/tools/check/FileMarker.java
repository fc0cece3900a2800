package dev.escapade.tools.check;

import dev.escapade.load.files.StoredText;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.syntax.File;
import dev.escapade.types.Package;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for what {@link FileMarks} tell, in the packages that are wanted. */
final class FileMarker implements PackageAnalysis<FileMarks> {
  private final Predicate<Package> wanted;
  private final Function<String, byte @Nullable []> contents;

  /**
   * A marker.
   *
   * @param contents the bytes of a source file by its absolute path
   */
  FileMarker(Predicate<Package> wanted, Function<String, byte @Nullable []> contents) {
    this.wanted = wanted;
    this.contents = contents;
  }

  @Override
  public String name() {
    return "marks";
  }

  @Override
  public boolean wantsAll() {
    return false;
  }

  @Override
  public FileMarks analyze(DecidedPackage decided, Imports<FileMarks> imports) {
    List<String> generated = new ArrayList<>();
    List<String> nolint = new ArrayList<>();
    List<String> contracts = new ArrayList<>();
    if (wanted.test(decided.source().pkg())) {
      for (File file : decided.source().files()) {
        String path = file.source().name();
        byte[] content = contents.apply(path);
        if (content == null) {
          continue;
        }
        if (GeneratedFiles.isGenerated(content)) {
          generated.add(path);
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (Nolint.isPossible(text)) {
          nolint.add(path);
        }
        if (Contracts.arePossible(text) || BoundsPromises.arePossible(text)) {
          contracts.add(path);
        }
      }
    }
    return new FileMarks(generated, nolint, contracts);
  }

  @Override
  public void write(FileMarks marks, DataOutput out) throws IOException {
    for (List<String> paths : List.of(marks.generated(), marks.nolint(), marks.contracts())) {
      out.writeInt(paths.size());
      for (String path : paths) {
        StoredText.write(path, out);
      }
    }
  }

  @Override
  public FileMarks read(DataInput in) throws IOException {
    return new FileMarks(paths(in), paths(in), paths(in));
  }

  private static List<String> paths(DataInput in) throws IOException {
    List<String> paths = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      paths.add(StoredText.read(in));
    }
    return paths;
  }
}
