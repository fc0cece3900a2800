package dev.escapade.types.constant;

import java.math.BigInteger;

/**
 * A fraction in lowest terms.
 *
 * @param den at least 1
 */
public record Rat(BigInteger num, BigInteger den) {}
