package dev.escapade.driver;

import dev.escapade.load.GoPackage;
import dev.escapade.syntax.File;
import java.util.List;

/**
 * A package whose files have been parsed.
 *
 * @param files its files; one without a correct package clause is absent, and reported
 * @param exprCount the expressions' ids are less than this
 */
record ParsedPackage(GoPackage pkg, List<File> files, int exprCount) {
  ParsedPackage {
    files = List.copyOf(files);
  }
}
