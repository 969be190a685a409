package dev.sluice.plugins.canary.gate;

/**
 * Which requests the gate counts while the share moves. Were it all of them, a bad minute would weigh most in the
 * cohort that was the larger one then, and the canary would be blamed for what both have met. So chance leaves out of
 * the larger cohort what the other one lacks, and every moment weighs the same in both.
 */
public final class Matching {

  private Matching() {}

  /**
   * Whether a request counts.
   *
   * @param canary of which cohort it is
   * @param share that of the canary at that moment, from 0 to 1
   * @param random from 0 to 1, another one for each request
   */
  public static boolean counts(boolean canary, double share, double random) {
    double rest = 1 - share;
    return canary ? random * share < rest : random * rest < share;
  }
}
