package dev.escapade.load.build;

import org.jspecify.annotations.Nullable;

/** The kinds of files other than Go that a package may have, told by their extension. */
public enum FileGroup {
  C,
  CXX,
  OBJECTIVE_C,
  HEADER,
  FORTRAN,
  ASSEMBLY,
  SWIG,
  SWIG_CXX,
  SYSO;

  /** The group of an extension such as {@code .s}, or null if the build ignores such files. */
  static @Nullable FileGroup ofExtension(String ext) {
    return switch (ext) {
      case ".c" -> C;
      case ".cc", ".cpp", ".cxx" -> CXX;
      case ".m" -> OBJECTIVE_C;
      case ".h", ".hh", ".hpp", ".hxx" -> HEADER;
      case ".f", ".F", ".for", ".f90" -> FORTRAN;
      case ".s", ".S", ".sx" -> ASSEMBLY;
      case ".swig" -> SWIG;
      case ".swigcxx" -> SWIG_CXX;
      case ".syso" -> SYSO;
      default -> null;
    };
  }
}
