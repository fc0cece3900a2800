package dev.escapade.load.modfile;

import dev.escapade.load.version.GoQuote;
import dev.escapade.load.version.ModulePath;
import dev.escapade.load.version.ModuleVersion;
import dev.escapade.load.version.Semver;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives the directives of go.mod and go.work files their meaning. The go.mod of the main module is
 * read strictly; in that of a dependency, unknown directives and those that only a main module may
 * use are passed over.
 */
public final class ModFileParser {
  private static final Pattern GO_VERSION =
      Pattern.compile("([1-9][0-9]*)\\.(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?");
  private static final Pattern LAX_GO_VERSION =
      Pattern.compile("v?(([1-9][0-9]*)\\.(0|[1-9][0-9]*))([^0-9].*)");

  private final String file;
  private final boolean strict;
  private final boolean isWork;
  private final List<String> errors = new ArrayList<>();

  private @Nullable String modulePath;
  private @Nullable String goVersion;
  private @Nullable String toolchain;
  private final List<ModFile.Require> requires = new ArrayList<>();
  private final List<ModuleVersion> excludes = new ArrayList<>();
  private final List<ModFile.Replace> replaces = new ArrayList<>();
  private final List<String> tools = new ArrayList<>();
  private final List<String> ignores = new ArrayList<>();
  private int unknownBlock;
  private final List<WorkFile.Use> uses = new ArrayList<>();

  private ModSyntax.Line line = new ModSyntax.Line("", List.of(), 0, 0, "", 0);

  private ModFileParser(String file, boolean strict, boolean isWork) {
    this.file = file;
    this.strict = strict;
    this.isWork = isWork;
  }

  /**
   * Parses a go.mod file.
   *
   * @param name the name that errors show in front
   * @param path the full name
   * @param strict whether it is the main module's
   */
  public static ModFile.Parsed parseMod(String name, String path, byte[] data, boolean strict) {
    ModFileParser p = new ModFileParser(name, strict, false);
    p.parse(path, data);
    ModFile f =
        new ModFile(
            orEmpty(p.modulePath),
            orEmpty(p.goVersion),
            orEmpty(p.toolchain),
            p.requires,
            p.excludes,
            p.replaces,
            p.tools,
            p.ignores);
    return new ModFile.Parsed(f, p.errors);
  }

  /** Parses a go.work file; {@code name} is what errors show. */
  public static WorkFile.Parsed parseWork(String name, byte[] data) {
    ModFileParser p = new ModFileParser(name, true, true);
    p.parse(name, data);
    WorkFile f = new WorkFile(orEmpty(p.goVersion), orEmpty(p.toolchain), p.uses, p.replaces);
    return new WorkFile.Parsed(f, p.errors);
  }

  private static String orEmpty(@Nullable String s) {
    return s == null ? "" : s;
  }

  private void parse(String path, byte[] data) {
    ModSyntax.Result syntax = ModSyntax.parse(file, path, data);
    errors.addAll(syntax.errors());
    if (!errors.isEmpty()) {
      return;
    }
    for (ModSyntax.Line l : syntax.lines()) {
      line = l;
      if (l.inBlock() && !mayBeBlock(l.verb())) {
        if (strict && l.blockLine() != unknownBlock) {
          unknownBlock = l.blockLine();
          errors.add(ModSyntax.position(file, unknownBlock, 1) + "unknown block type: " + l.verb());
        }
      } else if (!l.inBlock() || !l.args().isEmpty()) {
        directive(l.verb(), l.args());
      }
    }
  }

  private boolean mayBeBlock(String verb) {
    return switch (verb) {
      case "godebug", "replace" -> true;
      case "use" -> isWork;
      case "module", "require", "exclude", "retract", "tool", "ignore" -> !isWork;
      default -> false;
    };
  }

  private void error(String message) {
    errors.add(ModSyntax.position(file, line.line(), line.column()) + message);
  }

  private void directive(String verb, List<String> args) {
    boolean ofWork = verb.equals("use");
    boolean ofBoth =
        switch (verb) {
          case "go", "toolchain", "godebug", "replace" -> true;
          default -> false;
        };
    if (!ofBoth && ofWork != isWork) {
      unknown(verb);
      return;
    }
    switch (verb) {
      case "go" -> goLine(args);
      case "module" -> moduleLine(args);
      case "require" -> requireLine(args);
      case "ignore" -> path(verb, args, ignores);
      case "retract" -> {} // matters to those who choose versions only
      default -> {
        if (strict) {
          strictDirective(verb, args);
        }
      }
    }
  }

  private void strictDirective(String verb, List<String> args) {
    switch (verb) {
      case "toolchain" -> toolchainLine(args);
      case "exclude" -> {
        ModuleVersion m = moduleVersion(verb, args);
        if (m != null) {
          excludes.add(m);
        }
      }
      case "replace" -> replaceLine(args);
      case "tool" -> path(verb, args, tools);
      case "use" -> useLine(args);
      case "godebug" -> {
        if (args.size() != 1 || args.getFirst().indexOf('=') < 0) {
          error("usage: godebug key=value");
        }
      }
      default -> unknown(verb);
    }
  }

  private void unknown(String verb) {
    if (strict) {
      error("unknown directive: " + verb);
    }
  }

  private void goLine(List<String> args) {
    if (goVersion != null) {
      error("repeated go statement");
    } else if (args.size() != 1) {
      error("go directive expects exactly one argument");
    } else if (GO_VERSION.matcher(args.getFirst()).matches()) {
      goVersion = args.getFirst();
    } else {
      Matcher lax = LAX_GO_VERSION.matcher(args.getFirst());
      if (!strict && lax.matches()) {
        goVersion = lax.group(1);
      } else {
        error("invalid go version '" + args.getFirst() + "': must match format 1.23.0");
      }
    }
  }

  private void toolchainLine(List<String> args) {
    if (toolchain != null) {
      error("repeated toolchain statement");
    } else if (args.size() != 1) {
      error("toolchain directive expects exactly one argument");
    } else {
      String name = args.getFirst();
      if (name.equals("default") || name.equals("go1") || name.startsWith("go1.")) {
        toolchain = name;
      } else {
        error("invalid toolchain version '" + name + "': must match format go1.23.0 or default");
      }
    }
  }

  private void moduleLine(List<String> args) {
    if (modulePath != null) {
      error("repeated module statement");
    } else if (args.size() != 1) {
      error("usage: module module/path");
    } else {
      modulePath = string(args.getFirst());
    }
  }

  private void requireLine(List<String> args) {
    ModuleVersion m = moduleVersion("require", args);
    if (m != null) {
      requires.add(new ModFile.Require(m, isIndirect(line.comment())));
    }
  }

  private static boolean isIndirect(String comment) {
    if (comment.isEmpty()) {
      return false;
    }
    String[] words = comment.substring(2).strip().split("\\s+", -1);
    return words.length == 1 ? words[0].equals("indirect") : words[0].equals("indirect;");
  }

  private void useLine(List<String> args) {
    if (args.size() != 1) {
      error("usage: use local/dir");
      return;
    }
    String path = string(args.getFirst());
    if (path != null) {
      uses.add(new WorkFile.Use(path, line.line()));
    }
  }

  private void path(String verb, List<String> args, List<String> to) {
    if (args.size() != 1) {
      error(verb + " directive expects exactly one argument");
      return;
    }
    String path = string(args.getFirst());
    if (path != null) {
      to.add(path);
    }
  }

  private @Nullable ModuleVersion moduleVersion(String verb, List<String> args) {
    if (args.size() != 2) {
      error("usage: " + verb + " module/path v1.2.3");
      return null;
    }
    String path = string(args.getFirst());
    String version = path == null ? null : version(verb, path, args.get(1));
    if (path == null || version == null) {
      return null;
    }
    ModulePath.Split split = ModulePath.splitVersion(path);
    if (split == null) {
      error("invalid module path");
      return null;
    }
    String fault = ModulePath.checkMajor(version, split.major());
    if (fault != null) {
      error(verb + " " + path + ": " + fault);
      return null;
    }
    return new ModuleVersion(path, version);
  }

  private void replaceLine(List<String> args) {
    int arrow = args.size() >= 2 && args.get(1).equals("=>") ? 1 : 2;
    int n = args.size();
    if (n < arrow + 2 || n > arrow + 3 || !args.get(arrow).equals("=>")) {
      error(
          "usage: replace module/path [v1.2.3] => other/module v1.4\n"
              + "\t or replace module/path [v1.2.3] => ../local/directory");
      return;
    }
    String oldPath = string(args.getFirst());
    if (oldPath == null) {
      return;
    }
    ModulePath.Split split = ModulePath.splitVersion(oldPath);
    if (split == null) {
      error("replace " + oldPath + ": invalid module path");
      return;
    }
    String oldVersion = arrow == 2 ? version("replace", oldPath, args.get(1)) : "";
    if (oldVersion == null) {
      return;
    }
    String fault = arrow == 2 ? ModulePath.checkMajor(oldVersion, split.major()) : null;
    if (fault != null) {
      error("replace " + oldPath + ": " + fault);
      return;
    }
    ModuleVersion to = replacement(args.subList(arrow + 1, n));
    if (to != null) {
      replaces.add(new ModFile.Replace(new ModuleVersion(oldPath, oldVersion), to));
    }
  }

  private @Nullable ModuleVersion replacement(List<String> args) {
    String path = string(args.getFirst());
    if (path == null) {
      return null;
    }
    if (args.size() == 1) {
      if (isDirectory(path)) {
        return new ModuleVersion(path, "");
      }
      error(
          path.indexOf('@') >= 0
              ? "replacement module must match format 'path version', not 'path@version'"
              : "replacement module without version must be directory path"
                  + " (rooted or starting with . or ..)");
      return null;
    }
    String version = version("replace", path, args.get(1));
    if (version == null) {
      return null;
    }
    if (isDirectory(path)) {
      error("replacement module directory path " + GoQuote.quote(path) + " cannot have version");
      return null;
    }
    return new ModuleVersion(path, version);
  }

  private static boolean isDirectory(String path) {
    return path.equals(".")
        || path.equals("..")
        || path.startsWith("./")
        || path.startsWith("../")
        || path.startsWith("/")
        || path.startsWith(".\\")
        || path.startsWith("..\\")
        || path.startsWith("\\")
        || (path.length() >= 2 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0)));
  }

  private @Nullable String version(String verb, String path, String word) {
    String version = string(word);
    if (version == null) {
      return null;
    }
    String canonical = Semver.canonicalModule(version);
    if (canonical.isEmpty() || (strict && !canonical.equals(version))) {
      error(
          verb
              + " "
              + path
              + ": version "
              + GoQuote.quote(version)
              + " invalid: must be of the form v1.2.3");
      return null;
    }
    return canonical;
  }

  private @Nullable String string(String word) {
    if (word.startsWith("\"")) {
      String value = GoQuote.unquote(word);
      if (value == null) {
        error("invalid quoted string: invalid syntax");
      }
      return value;
    }
    if (word.startsWith("`")) {
      error("invalid quoted string: unquoted string cannot contain quote");
      return null;
    }
    if (word.indexOf('"') >= 0 || word.indexOf('\'') >= 0 || word.indexOf('`') >= 0) {
      error("invalid quoted string: unquoted string cannot contain quote");
      return null;
    }
    return word;
  }
}
