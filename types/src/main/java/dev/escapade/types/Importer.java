package dev.escapade.types;

/** Finds the packages that the package being checked imports. */
@FunctionalInterface
public interface Importer {
  /**
   * The checked package for an import path as written in source. The same path always gives the
   * same package; {@code unsafe} gives {@link Universe#UNSAFE}.
   *
   * @throws ImportException if there is none, with the reason as message
   */
  Package importPackage(String path) throws ImportException;

  /** Why a package cannot be imported. */
  final class ImportException extends Exception {
    private static final long serialVersionUID = 1;

    public ImportException(String message) {
      super(message, null, false, false);
    }
  }
}
