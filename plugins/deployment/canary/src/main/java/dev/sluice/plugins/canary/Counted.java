package dev.sluice.plugins.canary;

import dev.sluice.plugins.canary.gate.Cohort;

/**
 * Both, counted at the same time.
 *
 * @param canary what became of the canary's requests
 * @param control what became of those that it was not asked for
 */
record Counted(Cohort canary, Cohort control) {

  static final Counted NONE = new Counted(Cohort.EMPTY, Cohort.EMPTY);

  Counted plus(Counted other) {
    return new Counted(canary.plus(other.canary), control.plus(other.control));
  }

  long requests() {
    return canary.requests() + control.requests();
  }
}
