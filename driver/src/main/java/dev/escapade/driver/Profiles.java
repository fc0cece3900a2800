package dev.escapade.driver;

import dev.escapade.load.GoPackage;
import dev.escapade.profile.CallProfile;
import dev.escapade.profile.ProfileException;
import dev.escapade.release.Release;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the profiles that a build needs. */
final class Profiles {
  private Profiles() {}

  /** The profiles of {@code packages} by file; those that cannot be read are reported. */
  static Map<String, CallProfile> read(
      List<GoPackage> packages, Release release, BuildListener listener) {
    Set<String> files = new LinkedHashSet<>();
    for (GoPackage p : packages) {
      if (!p.profile().isEmpty()) {
        files.add(p.profile());
      }
    }
    double hotPercent = release.inline().hotCallSiteThresholdPercent();
    Map<String, CallProfile> profiles = new TreeMap<>();
    for (String file : files) {
      try {
        profiles.put(file, CallProfile.read(Path.of(file), hotPercent));
      } catch (ProfileException e) {
        listener.badProfile(file, "preprofile: " + e.getMessage());
      }
    }
    return profiles;
  }
}
