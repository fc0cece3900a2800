package dev.escapade.report;

/**
 * What one call of a function allocates, callees included, in words.
 *
 * @param function its name with the package's path
 * @param file the absolute path of the file that declares it
 * @param line from 1
 * @param column in bytes, from 1
 * @param allocs a number, a range or a formula
 * @param bytes the same in bytes, or "" where there is no bound
 */
public record FunctionCount(
    String function, String file, int line, int column, String allocs, String bytes) {}
