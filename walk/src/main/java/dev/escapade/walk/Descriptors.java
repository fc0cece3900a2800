package dev.escapade.walk;

import dev.escapade.types.Type;
import dev.escapade.unit.Unit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The symbols of type descriptors and itabs, and what they stand for; of those that the code of a
 * package refers to.
 */
public final class Descriptors {
  private final Unit unit;
  private final Map<String, Type> types = new HashMap<>();
  private final Map<String, Itab> itabs = new HashMap<>();

  /** A type, and an interface with methods that it is converted or asserted to. */
  public record Itab(Type type, Type iface) {}

  Descriptors(Unit unit) {
    this.unit = unit;
  }

  /** The symbol of the descriptor of a type. */
  public String typeSymbol(Type t) {
    String symbol = "type:" + name(t);
    types.putIfAbsent(symbol, t);
    return symbol;
  }

  /** The symbol of the pair of a type and an interface. */
  public String itabSymbol(Type t, Type iface) {
    String symbol = "go:itab." + name(t) + "," + name(iface);
    itabs.putIfAbsent(symbol, new Itab(t, iface));
    return symbol;
  }

  /** The type that a symbol is the descriptor of, or null. */
  public @Nullable Type type(String symbol) {
    return types.get(symbol);
  }

  /** The itab that a symbol is, or null. */
  public @Nullable Itab itab(String symbol) {
    return itabs.get(symbol);
  }

  /** The hash in the descriptor of a type (types.TypeHash; cmd/internal/hash, Go 1.26). */
  public int hash(Type t) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name(t).getBytes(StandardCharsets.UTF_8));
      digest[0] ^= (byte) 0xFF;
      return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String name(Type t) {
    return unit.fmt().types().linkString(t);
  }
}
