package dev.escapade.ssa.compile;

import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Symbols;
import dev.escapade.types.constant.GoStrings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of the symbols of one package: its string constants and read-only variables. */
final class KnownSymbols implements Symbols {
  private static final String STRING = "go:string.";
  private static final byte[] NONE = {};

  private final Map<Sym, byte[]> strings = new HashMap<>();
  private final Set<Sym> readOnly = new HashSet<>();

  @Override
  public byte @Nullable [] readOnlyData(Sym symbol) {
    if (!symbol.name().startsWith(STRING)) {
      return null;
    }
    byte[] data = strings.computeIfAbsent(symbol, KnownSymbols::bytes);
    return data == NONE ? null : data;
  }

  /** The bytes of a string constant, whose name has them as a literal. */
  private static byte[] bytes(Sym symbol) {
    String text = GoStrings.unquote(symbol.name().substring(STRING.length()));
    return text == null ? NONE : text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean isReadOnly(Sym symbol) {
    return symbol.name().startsWith(STRING) || readOnly.contains(symbol);
  }

  @Override
  public void noteReadOnly(Sym symbol) {
    readOnly.add(symbol);
  }
}
