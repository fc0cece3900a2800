package dev.escapade.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls of a profile, and which of them are hot: the heaviest ones, which together make up a
 * given share of all. Immutable.
 */
public final class CallProfile {
  /** So much is read of a file; a profile of a large program has a megabyte. */
  private static final long MAX_FILE_BYTES = 256L << 20;

  private final Map<String, List<CallEdge>> byCaller = new HashMap<>();
  private final Map<String, Set<Long>> hotOffsets = new HashMap<>();
  private final Set<String> hotCallees = new HashSet<>();

  private final String digest;

  /**
   * A profile of some calls.
   *
   * @param digest what tells it apart from others
   * @param edges the calls, heaviest first, each once
   * @param hotPercent the share of all weight that hot calls have, 0 to 100
   */
  CallProfile(String digest, List<CallEdge> edges, double hotPercent) {
    this.digest = digest;
    long total = 0;
    for (CallEdge e : edges) {
      total += e.weight();
    }
    long sum = 0;
    boolean hot = true;
    for (CallEdge e : edges) {
      byCaller.computeIfAbsent(e.caller(), _ -> new ArrayList<>()).add(e);
      if (hot) {
        hotCallees.add(e.callee());
        hotOffsets.computeIfAbsent(e.caller(), _ -> new HashSet<>()).add(e.lineOffset());
        sum += e.weight();
        hot = !((double) sum / (double) total * 100 > hotPercent);
      }
    }
  }

  /**
   * Reads a profile in either form. One without samples is valid, and of no effect.
   *
   * @param hotPercent the share of all weight that hot calls have, 0 to 100
   * @throws ProfileException if the file cannot be opened or is no such profile
   */
  public static CallProfile read(Path file, double hotPercent) throws ProfileException {
    byte[] data;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new ProfileException("error opening profile: " + file + " is too large");
      }
      data = Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      throw new ProfileException(
          "error opening profile: open " + file + ": no such file or directory");
    } catch (ProfileException e) {
      throw e;
    } catch (IOException e) {
      throw new ProfileException("error opening profile: " + e.getMessage());
    }
    return parse(data, hotPercent);
  }

  /**
   * Reads a profile from memory.
   *
   * @throws ProfileException if it is none
   */
  static CallProfile parse(byte[] data, double hotPercent) throws ProfileException {
    List<CallEdge> edges =
        PreprofileReader.accepts(data) ? PreprofileReader.read(data) : PprofReader.read(data);
    return new CallProfile(sha256(data), edges, hotPercent);
  }

  private static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** A digest of the file, which tells the profile apart from others. */
  public String digest() {
    return digest;
  }

  /** Reports whether there is nothing in it. */
  public boolean isEmpty() {
    return byCaller.isEmpty();
  }

  /** The calls in a function, the heaviest first. */
  public List<CallEdge> callsIn(String caller) {
    return byCaller.getOrDefault(caller, List.of());
  }

  /** The lines of hot calls in a function, as {@link CallEdge#lineOffset}. */
  public Set<Long> hotOffsets(String caller) {
    return hotOffsets.getOrDefault(caller, Set.of());
  }

  /** Reports whether a hot call leads to the function. */
  public boolean isHotCallee(String function) {
    return hotCallees.contains(function);
  }
}
