package dev.escapade.load.modules;

import java.util.Locale;

/**
 * The go command's {@code -mod}.
 *
 * @param mode what is in force
 * @param explicit whether the user asked for it
 * @param reason why it was chosen or another was not, or empty
 */
public record ModMode(Mode mode, boolean explicit, String reason) {
  /** Where modules come from, and whether go.mod may be out of date. */
  public enum Mode {
    READONLY,
    VENDOR,
    /** Requirements are brought up to date, here in memory only. */
    MOD;

    /** The value of the flag. */
    public String flag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reports whether the vendor directory provides all dependencies. */
  public boolean isVendor() {
    return mode == Mode.VENDOR;
  }

  /** The text for a go.mod that does not list what it must. */
  String outdatedMessage() {
    if (explicit) {
      return "updates to go.mod needed, disabled by -mod="
          + mode.flag()
          + "; to update it:\n\tgo mod tidy";
    }
    if (!reason.isEmpty()) {
      return "updates to go.mod needed, disabled by -mod="
          + mode.flag()
          + "\n\t("
          + reason
          + ")\n\tto update it:\n\tgo mod tidy";
    }
    return "updates to go.mod needed; to update it:\n\tgo mod tidy";
  }
}
