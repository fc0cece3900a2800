package dev.escapade.syntax;

/** {@code //go:linkname local remote}; {@code remote} is "" when it is not given. */
public record Linkname(int pos, String local, String remote) {}
