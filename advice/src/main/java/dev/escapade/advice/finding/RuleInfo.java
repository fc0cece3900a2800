package dev.escapade.advice.finding;

/**
 * What is said of a rule in lists and in the metadata of reports; docs/rules has a page for each.
 *
 * @param slug the name in output and configuration: lower-case words with hyphens
 * @param title what it finds, in one line
 * @param question the question that its findings answer
 * @param severity that of its findings, unless they say otherwise
 */
public record RuleInfo(String slug, String title, Question question, Severity severity) {
  public RuleInfo {
    if (!slug.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("slug: " + slug);
    }
  }
}
