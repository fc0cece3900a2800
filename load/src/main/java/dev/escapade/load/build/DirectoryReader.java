package dev.escapade.load.build;

import dev.escapade.diag.Position;
import dev.escapade.load.files.FileTree;
import dev.escapade.load.version.GoQuote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a directory as a package (go/build: Context.Import). Each object reads one directory, once.
 */
public final class DirectoryReader {
  private final FileTree tree;
  private final BuildContext context;
  private final String dir;
  private final boolean allFiles;

  private String packageName = "";
  private String firstFile = "";
  private final List<SourceText> goFiles = new ArrayList<>();
  private final List<SourceText> cgoFiles = new ArrayList<>();
  private final List<SourceText> testFiles = new ArrayList<>();
  private final List<SourceText> externalTestFiles = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final List<String> invalid = new ArrayList<>();
  private final List<String> cppAssembly = new ArrayList<>();
  private final Map<FileGroup, List<String>> others = new EnumMap<>(FileGroup.class);
  private final TreeMap<String, List<Position>> imports = new TreeMap<>();
  private final TreeMap<String, List<Position>> testImports = new TreeMap<>();
  private final TreeMap<String, List<Position>> externalTestImports = new TreeMap<>();
  private final SequencedMap<String, List<Position>> embeds = new LinkedHashMap<>();
  private final SequencedMap<String, List<Position>> testEmbeds = new LinkedHashMap<>();
  private final SequencedMap<String, List<Position>> externalTestEmbeds = new LinkedHashMap<>();
  private PackageDir.@Nullable Fault fault;

  private DirectoryReader(FileTree tree, BuildContext context, String dir, boolean allFiles) {
    this.tree = tree;
    this.context = context;
    this.dir = dir;
    this.allFiles = allFiles;
  }

  /** How much to read of a directory's tests. */
  public enum Tests {
    READ,
    /** Test files are looked at only if there is no other Go file. */
    IF_NOTHING_ELSE
  }

  /** Reads {@code dir} under {@code context}. */
  public static PackageDir read(FileTree tree, BuildContext context, String dir, Tests tests) {
    FileTree.Listing listing = tree.list(dir);
    DirectoryReader reader = new DirectoryReader(tree, context, dir, false);
    if (listing.error() != null) {
      reader.fault = new PackageDir.Fault.Other(listing.error());
      return reader.result();
    }
    if (tests == Tests.READ) {
      listing.names().forEach(reader::file);
      return reader.result();
    }
    for (String name : listing.names()) {
      if (!name.endsWith("_test.go")) {
        reader.file(name);
      }
    }
    if (reader.goFiles.isEmpty() && reader.cgoFiles.isEmpty()) {
      for (String name : listing.names()) {
        if (name.endsWith("_test.go")) {
          reader.file(name);
        }
      }
    }
    return reader.result();
  }

  /** Reads the named files of {@code dir}, whatever their build constraints say. */
  public static PackageDir readFiles(
      FileTree tree, BuildContext context, String dir, List<String> names) {
    DirectoryReader reader = new DirectoryReader(tree, context, dir, true);
    names.forEach(reader::file);
    return reader.result();
  }

  private PackageDir result() {
    // Assembly for the C preprocessor is assembled by the C compiler, so only with cgo.
    if (!cgoFiles.isEmpty()) {
      cppAssembly.forEach(name -> other(FileGroup.ASSEMBLY, name));
      others.values().forEach(names -> names.sort(null));
    }
    boolean empty =
        goFiles.isEmpty()
            && cgoFiles.isEmpty()
            && testFiles.isEmpty()
            && externalTestFiles.isEmpty();
    if (fault == null && empty) {
      fault = new PackageDir.Fault.NoGoFiles();
    }
    return new PackageDir(
        dir,
        packageName,
        goFiles,
        cgoFiles,
        testFiles,
        externalTestFiles,
        ignored,
        invalid,
        others,
        imports,
        testImports,
        externalTestImports,
        embeds,
        testEmbeds,
        externalTestEmbeds,
        fault);
  }

  private void file(String name) {
    if (name.startsWith("_") || name.startsWith(".")) {
      return;
    }
    int dot = name.lastIndexOf('.');
    String ext = dot < 0 ? "" : name.substring(dot);
    boolean isGo = ext.equals(".go");
    FileGroup group = isGo ? null : FileGroup.ofExtension(ext);
    if (!isGo && group == null) {
      return;
    }
    if (!allFiles && !context.matchesFileName(name)) {
      ignore(name, isGo);
      return;
    }
    String path = dir + "/" + name;
    if (tree.isDirectory(path)) {
      return;
    }
    if (isGo) {
      goFile(name, path);
    } else if (group != null) {
      otherFile(name, path, ext, group);
    }
  }

  private void ignore(String name, boolean isGo) {
    if (isGo && !tree.isDirectory(dir + "/" + name)) {
      ignored.add(name);
    }
  }

  private void otherFile(String name, String path, String ext, FileGroup group) {
    if (group != FileGroup.SYSO && !allFiles) {
      try {
        FileTree.Described file = tree.describe(path, src -> SourceFacts.ofOther(src).encode());
        if (!SourceFacts.decode(file.description()).constraints().evaluate(context).builds()) {
          return;
        }
      } catch (IOException _) {
        return; // as go/build: what is not Go and cannot be read is not there
      }
    }
    if (ext.equals(".S") || ext.equals(".sx")) {
      cppAssembly.add(name);
    } else {
      other(group, name);
    }
  }

  private void other(FileGroup group, String name) {
    others.computeIfAbsent(group, _ -> new ArrayList<>()).add(name);
  }

  private void goFile(String name, String path) {
    FileTree.Described file;
    try {
      file = tree.describe(path, src -> SourceFacts.ofGo(src).encode());
    } catch (IOException e) {
      bad(name, new PackageDir.Fault.Other(String.valueOf(e.getMessage())));
      return;
    }
    SourceFacts facts = SourceFacts.decode(file.description());
    if (facts.unreadable() != null) {
      bad(name, new PackageDir.Fault.Other("read " + path + ": " + facts.unreadable()));
      return;
    }
    BuildLines.Verdict verdict = facts.constraints().evaluate(context);
    if (verdict.error() != null) {
      bad(name, new PackageDir.Fault.Other(name + ": " + verdict.error()));
      return;
    }
    if (!verdict.builds() && !allFiles) {
      ignored.add(name);
      return;
    }
    if (facts.packageName().equals("documentation")) {
      ignored.add(name);
      return;
    }
    SourceFacts.Fault error = facts.error();
    if (error != null) {
      Position pos = new Position(path, error.line(), error.column());
      bad(name, new PackageDir.Fault.Syntax(pos, error.message()));
    }
    boolean valid = error == null && checkImportPaths(name, path, facts);
    SourceText text = new SourceText(name, path, file.content(), facts.hasImport("C"));
    classify(text, valid ? facts : facts.withoutImports());
  }

  /** What a file with a bad import path imports is not looked at. */
  private boolean checkImportPaths(String name, String path, SourceFacts facts) {
    for (SourceFacts.Import spec : facts.imports()) {
      if (spec.path() == null || !isValidImport(spec.path())) {
        String shown = spec.path() == null ? spec.literal() : spec.path();
        Position pos = new Position(path, spec.line(), spec.column());
        bad(name, new PackageDir.Fault.Other(pos + ": invalid import path: " + shown));
        return false;
      }
    }
    return true;
  }

  private static boolean isValidImport(String path) {
    return !path.isEmpty()
        && path.codePoints()
            .allMatch(c ->
                GoQuote.isGraphic(c)
                    && !Character.isSpaceChar(c)
                    && "!\"#$%&'()*,:;<=>?[\\]^{|}`\uFFFD".indexOf(c) < 0);
  }

  private void classify(SourceText text, SourceFacts facts) {
    String name = text.name();
    boolean isTest = name.endsWith("_test.go");
    String pkg = facts.packageName();
    boolean isExternal = isTest && pkg.endsWith("_test") && !packageName.equals(pkg);
    if (isExternal) {
      pkg = pkg.substring(0, pkg.length() - "_test".length());
    }
    if (packageName.isEmpty()) {
      packageName = pkg;
      firstFile = name;
    } else if (!pkg.equals(packageName)) {
      bad(
          name,
          new PackageDir.Fault.Other(
              "found packages "
                  + packageName
                  + " ("
                  + firstFile
                  + ") and "
                  + pkg
                  + " ("
                  + name
                  + ") in "
                  + dir));
    }
    if (isTest && text.importsC()) {
      bad(name, new PackageDir.Fault.Other("use of cgo in test " + text.path() + " not supported"));
    }
    if (text.importsC() && !isTest) {
      if (!context.cgoEnabled()) {
        ignored.add(name);
        return;
      }
      add(text, facts, cgoFiles, imports, embeds);
    } else if (isExternal) {
      add(text, facts, externalTestFiles, externalTestImports, externalTestEmbeds);
    } else if (isTest) {
      add(text, facts, testFiles, testImports, testEmbeds);
    } else {
      add(text, facts, goFiles, imports, embeds);
    }
  }

  private static void add(
      SourceText text,
      SourceFacts facts,
      List<SourceText> files,
      Map<String, List<Position>> importMap,
      Map<String, List<Position>> embedMap) {
    files.add(text);
    for (SourceFacts.Import spec : facts.imports()) {
      if (spec.path() != null) {
        importMap
            .computeIfAbsent(spec.path(), _ -> new ArrayList<>(1))
            .add(new Position(text.path(), spec.line(), spec.column()));
      }
    }
    for (SourceFacts.Embed embed : facts.embeds()) {
      embedMap
          .computeIfAbsent(embed.pattern(), _ -> new ArrayList<>(1))
          .add(new Position(text.path(), embed.line(), embed.column()));
    }
  }

  private void bad(String name, PackageDir.Fault why) {
    if (fault == null) {
      fault = why;
    }
    if (!invalid.contains(name)) {
      invalid.add(name);
    }
  }
}
