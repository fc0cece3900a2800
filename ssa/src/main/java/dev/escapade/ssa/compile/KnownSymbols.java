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

/**
 * What is known of the symbols of one package: its string constants, whose names have their bytes
 * as literals, and read-only variables.
 */
final class KnownSymbols implements Symbols {
  private static final String STRING = "go:string.";

  private final Map<Sym, byte[]> strings = new HashMap<>();
  private final Set<Sym> readOnly = new HashSet<>();
  private final Set<Sym> zero = new HashSet<>();

  @Override
  public byte @Nullable [] readOnlyData(Sym symbol) {
    if (!symbol.name().startsWith(STRING)) {
      return null;
    }
    byte[] known = strings.get(symbol);
    if (known == null) {
      String text = GoStrings.unquote(symbol.name().substring(STRING.length()));
      if (text == null) {
        return null;
      }
      known = text.getBytes(StandardCharsets.ISO_8859_1);
      strings.put(symbol, known);
    }
    return known;
  }

  @Override
  public boolean isReadOnly(Sym symbol) {
    return symbol.name().startsWith(STRING) || readOnly.contains(symbol);
  }

  @Override
  public boolean isReadOnlyZero(Sym symbol) {
    return zero.contains(symbol) || Symbols.super.isReadOnlyZero(symbol);
  }

  @Override
  public void noteReadOnly(Sym symbol, boolean isZero) {
    readOnly.add(symbol);
    if (isZero) {
      zero.add(symbol);
    }
  }
}
