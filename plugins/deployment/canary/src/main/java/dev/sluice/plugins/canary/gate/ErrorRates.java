package dev.sluice.plugins.canary.gate;

/**
 * Evidence that the canary fails more often than the control and what is allowed on top. Whatever the control's error
 * rate is, bets against it from below and against the canary's from above multiply, since each request moves one of
 * them; of all rates that the control could have, the one that explains both counts best decides.
 */
final class ErrorRates {

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int STEPS = 60;

  private ErrorRates() {}

  /**
   * The logarithm of the evidence.
   *
   * @param errors of the canary
   * @param requests of the canary
   * @param delta what is allowed on top of the control's rate
   */
  static double evidence(long errors, long requests, long controlErrors, long controlRequests, double delta) {
    // The logarithm is convex in the rate, so that a search by sections ends at its minimum.
    double low = 0;
    double high = 1;
    double left = high - GOLDEN;
    double right = low + GOLDEN;
    double atLeft = at(left, errors, requests, controlErrors, controlRequests, delta);
    double atRight = at(right, errors, requests, controlErrors, controlRequests, delta);
    for (int step = 0; step < STEPS; step++) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = at(left, errors, requests, controlErrors, controlRequests, delta);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = at(right, errors, requests, controlErrors, controlRequests, delta);
      }
    }
    return Math.min(atLeft, atRight);
  }

  /** The logarithm of the evidence, were the control's rate this one. */
  static double at(
      double rate, long errors, long requests, long controlErrors, long controlRequests, double delta) {
    return Bets.more(errors, requests, Math.min(1, rate + delta)) + Bets.fewer(controlErrors, controlRequests, rate);
  }
}
