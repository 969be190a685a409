package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.filter.Phase;
import java.util.List;
import java.util.Locale;

/** The phases that scripts are written for. */
final class Phases {

  /** Fields of the configuration, in Kong's order. */
  static final List<String> FIELDS =
      List.of("certificate", "rewrite", "access", "header_filter", "body_filter", "log");

  private Phases() {}

  /** Kong's name of a phase. */
  static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
