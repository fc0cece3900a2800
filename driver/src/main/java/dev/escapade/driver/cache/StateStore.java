package dev.escapade.driver.cache;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The states of packages: each under the key of its cone; and for each package, whatever its files,
 * which state is the latest.
 */
public final class StateStore {
  private final ResultStore store;

  /** The states in a store. */
  public StateStore(ResultStore store) {
    this.store = store;
  }

  private static Key exactKey(Key cone) {
    return new Digest().add("state 1").add(cone).key();
  }

  private static Key latestKey(PackageKey key) {
    return new Digest().add("latest 1").add(key.context()).key();
  }

  /** The state of just this cone, or null. */
  public @Nullable PackageState exact(Key cone) {
    byte[] stored = store.get(exactKey(cone));
    return stored == null ? null : PackageState.of(stored);
  }

  /** The state of the package that was stored last, or null. */
  public @Nullable PackageState latest(PackageKey key) {
    byte[] cone = store.get(latestKey(key));
    return cone == null || cone.length == 0
        ? null
        : exact(new Key(new String(cone, StandardCharsets.US_ASCII)));
  }

  /** Stores a state, which is the latest of its package then. */
  public void put(PackageKey key, Key cone, PackageState state) {
    store.put(exactKey(cone), state.toBytes());
    store.put(latestKey(key), cone.hex().getBytes(StandardCharsets.US_ASCII));
  }
}
