package dev.escapade.ssa.compile;

import dev.escapade.ir.DictWord;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.ssa.core.Kind;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Symbols;
import dev.escapade.types.Interface;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.constant.GoStrings;
import dev.escapade.walk.Descriptors;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the symbols of one package: its string constants, whose names have their bytes
 * as literals, read-only variables, dictionaries, and descriptors of types.
 */
final class KnownSymbols implements Symbols {
  private static final String STRING = "go:string.";
  private static final String DICTIONARY = "..dict.";
  private static final int WORD_BYTES = 8;

  private final DecidedPackage pkg;
  private final Descriptors descriptors;
  private final TypeRecords records;
  private final STypes types;
  private @Nullable Map<String, List<DictWord>> dictionaries;

  private final Map<Sym, byte[]> strings = new HashMap<>();
  private final Set<Sym> readOnly = new HashSet<>();
  private final Set<Sym> zero = new HashSet<>();

  KnownSymbols(DecidedPackage pkg, STypes types, Descriptors descriptors) {
    this.pkg = pkg;
    this.types = types;
    this.descriptors = descriptors;
    records = new TypeRecords(pkg.source().pkg(), descriptors);
  }

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
    String name = symbol.name();
    return name.startsWith(STRING)
        || readOnly.contains(symbol)
        || descriptors.itab(name) != null
        || isWritten(name)
        || words(name) != null;
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

  private boolean isWritten(String symbol) {
    Type t = descriptors.type(symbol);
    return t != null && records.isWritten(t);
  }

  @Override
  public void noteDescriptor(Sym symbol, SType type) {
    descriptors.typeSymbol(type.goType());
  }

  @Override
  public @Nullable SType describedType(Sym symbol) {
    Type t = descriptors.type(symbol.name());
    return t == null ? null : types.of(t);
  }

  @Override
  public @Nullable SType itabType(Sym symbol) {
    Descriptors.Itab itab = descriptors.itab(symbol.name());
    return itab == null ? null : types.of(itab.type());
  }

  @Override
  public boolean isComparable(SType type) {
    return Predicates.comparable(type.goType());
  }

  @Override
  public @Nullable Sym addressAt(Sym symbol, long offset) {
    String name = symbol.name();
    Type t = descriptors.type(name);
    if (t != null) {
      return symbol(records.addressAt(t, offset));
    }
    Descriptors.Itab itab = descriptors.itab(name);
    if (itab != null) {
      return offset == 0
          ? symbol(descriptors.typeSymbol(itab.iface()))
          : offset == WORD_BYTES ? symbol(descriptors.typeSymbol(itab.type())) : null;
    }
    List<DictWord> words = words(name);
    if (words == null || offset % WORD_BYTES != 0 || offset / WORD_BYTES >= words.size()) {
      return null;
    }
    return address(words.get((int) (offset / WORD_BYTES)));
  }

  private @Nullable Sym address(DictWord word) {
    return switch (word) {
      case DictWord.Method _ -> null; // nothing asks for a function's address
      case DictWord.Dictionary d -> new Sym(pkg.unit().linkName(d.sym()));
      case DictWord.Descriptor d -> symbol(descriptors.typeSymbol(d.type()));
      case DictWord.Itab i ->
          isInterface(i.type()) || !hasMethods(i.iface())
              ? null
              : symbol(descriptors.itabSymbol(i.type(), i.iface()));
    };
  }

  private static boolean isInterface(Type t) {
    return t.underlying() instanceof Interface;
  }

  private static boolean hasMethods(Type t) {
    return t.underlying() instanceof Interface i && i.numMethods() > 0;
  }

  private static @Nullable Sym symbol(@Nullable String name) {
    return name == null ? null : new Sym(name);
  }

  /** The words of a dictionary; null if the symbol is none. */
  private @Nullable List<DictWord> words(String symbol) {
    if (!symbol.contains(DICTIONARY)) {
      return null;
    }
    Map<String, List<DictWord>> known = dictionaries;
    if (known == null) {
      known = new HashMap<>();
      for (var e : pkg.compilation().dictionaries().entrySet()) {
        known.put(pkg.unit().linkName(e.getKey()), e.getValue());
      }
      dictionaries = known;
    }
    return known.get(symbol);
  }

  @Override
  public @Nullable Long descriptorWord(Sym symbol, long offset, SType type) {
    Type t = descriptors.type(symbol.name());
    if (t == null || (type.kind() == Kind.UINTPTR && records.isWritten(t))) {
      return null;
    }
    return type.kind().isInteger()
        ? records.wordAt(types.of(t), (int) offset, (int) type.size())
        : null;
  }
}
