package dev.escapade.driver;

import dev.escapade.load.GoPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The compiler's flags for each package, from all {@code -gcflags} of a command line in their order
 * (cmd/go/internal/load: PerPackageFlag, go 1.26). For a package the last setting whose pattern
 * matches holds, alone; a setting without pattern is for the packages that the command line names.
 */
public final class PackageFlags {
  /** No flags for any package. */
  public static final PackageFlags NONE = new PackageFlags(List.of());

  private final List<Setting> settings;

  private record Setting(PackagePattern pattern, CompilerFlags flags) {}

  private PackageFlags(List<Setting> settings) {
    this.settings = List.copyOf(settings);
  }

  /**
   * Reads the values of {@code -gcflags}.
   *
   * @param dir the working directory, absolute
   * @throws FlagException if a value is malformed or has a flag that is not supported
   */
  public static PackageFlags parse(List<String> values, Path dir) throws FlagException {
    List<Setting> settings = new ArrayList<>();
    for (String value : values) {
      settings.add(parseOne(value.strip(), dir));
    }
    return new PackageFlags(settings);
  }

  private static Setting parseOne(String value, Path dir) throws FlagException {
    PackagePattern pattern = new PackagePattern.CommandLine();
    String flags = value;
    if (!value.isEmpty() && !value.startsWith("-")) {
      int equals = value.indexOf('=');
      char first = value.charAt(0);
      if (equals < 0) {
        throw invalid(value, "missing =<value> in <pattern>=<value>");
      } else if (equals == 0) {
        throw invalid(value, "missing <pattern> in <pattern>=<value>");
      } else if (first == '\'' || first == '"') {
        throw invalid(value, "parameter may not start with quote character " + first);
      }
      pattern = PackagePattern.parse(value.substring(0, equals).strip(), dir);
      flags = value.substring(equals + 1);
    }
    try {
      return new Setting(pattern, CompilerFlags.parse(QuotedFields.split(flags)));
    } catch (FlagException e) {
      throw invalid(value, e.getMessage() == null ? "" : e.getMessage());
    }
  }

  private static FlagException invalid(String value, String why) {
    return new FlagException("invalid value \"" + value + "\" for flag -gcflags: " + why);
  }

  /** The flags for one package. */
  public CompilerFlags of(GoPackage pkg) {
    for (int i = settings.size() - 1; i >= 0; i--) {
      if (settings.get(i).pattern.matches(pkg)) {
        return settings.get(i).flags;
      }
    }
    return CompilerFlags.NONE;
  }
}
