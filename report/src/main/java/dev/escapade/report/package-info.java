/**
 * Findings in the forms that people and programs read: text, JSON, SARIF 2.1.0, checkstyle, the
 * annotations of GitHub, and one page of HTML.
 *
 * <p>A {@link dev.escapade.report.Report} holds everything that a form may show; {@link
 * dev.escapade.report.ReportFormat} lists the forms, one class each. No form derives anything of
 * its own: what a finding says is the work of the rules. Places have columns in bytes, as Go
 * counts; a form that counts otherwise (SARIF, annotations) asks {@link
 * dev.escapade.report.Sources}.
 */
@NullMarked
package dev.escapade.report;

import org.jspecify.annotations.NullMarked;
