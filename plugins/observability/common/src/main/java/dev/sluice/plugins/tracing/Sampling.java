package dev.sluice.plugins.tracing;

/** What has been decided about a trace elsewhere. */
public enum Sampling {
  /** Nothing. */
  UNDECIDED,
  /** It is not recorded. */
  NO,
  /** It is recorded. */
  YES,
  /** It is recorded, whatever anybody else would decide. */
  DEBUG;

  /** By a flag. */
  static Sampling of(boolean sampled) {
    return sampled ? YES : NO;
  }

  /** By a header with a truth value; undecided when it is none. */
  static Sampling parse(String value) {
    return switch (value) {
      case "1", "true", "True" -> YES;
      case "0", "false", "False" -> NO;
      default -> UNDECIDED;
    };
  }
}
