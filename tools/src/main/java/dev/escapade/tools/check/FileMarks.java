package dev.escapade.tools.check;

import java.util.List;

/**
 * What is to be known of the files of a package before any of them is read: a run in which nothing
 * has changed reads only those that matter.
 *
 * @param generated the absolute paths of files that a program has written
 * @param nolint of files that may have comments which silence rules
 * @param contracts of files that may have promises about functions or bounds checks
 */
record FileMarks(List<String> generated, List<String> nolint, List<String> contracts) {
  FileMarks {
    generated = List.copyOf(generated);
    nolint = List.copyOf(nolint);
    contracts = List.copyOf(contracts);
  }
}
