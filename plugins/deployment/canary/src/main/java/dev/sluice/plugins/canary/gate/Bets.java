package dev.sluice.plugins.canary.gate;

/**
 * What a gambler owns who began with 1 and bets, before each of a number of trials, against the claim that events
 * happen with a certain chance. If the claim is true, he ever owns {@code k} or more with a chance of at most {@code 1
 * / k} (Ville), however long he plays: his wealth is evidence against the claim that may be looked at after every
 * trial.
 *
 * <p>To bet with the tilt {@code t} is to multiply what is owned by {@code exp(t)} at an event, and to pay for it at
 * each trial what makes the bet fair, {@code 1 + chance * (exp(t) - 1)}. Nobody knows the best tilt before, so he
 * splits what he has among tilts from 1/64 to 16, each twice the one before: for every true chance one is within a
 * factor of the square root of 2 of the best, and to have split costs a constant. Since the tilts do not depend on the
 * claim, and the price is concave in the chance, all of this holds for chances that change from trial to trial, with
 * their mean in place of the chance.
 */
final class Bets {

  private static final int LEAST = -6;
  private static final int MOST = 4;
  private static final int TILTS = MOST - LEAST + 1;
  private static final double[] TILT = new double[TILTS];
  private static final double[] UP = new double[TILTS];
  private static final double[] DOWN = new double[TILTS];
  private static final double HALF = Math.log(0.5);

  static {
    for (int i = 0; i < TILTS; i++) {
      TILT[i] = Math.scalb(1.0, LEAST + i);
      UP[i] = Math.expm1(TILT[i]);
      DOWN[i] = Math.expm1(-TILT[i]);
    }
  }

  private Bets() {}

  /**
   * The logarithm of what he owns who bet that events are more frequent. The more trials or the larger the chance, the
   * less.
   *
   * @param chance that is claimed, from 0 to 1
   */
  static double more(long events, long trials, double chance) {
    return owned(events, trials, chance, 1, UP);
  }

  /**
   * The logarithm of what he owns who bet half of it that events are less frequent, and kept the other half: he never
   * has less. The larger the chance, the more.
   *
   * @param chance that is claimed, from 0 to 1
   */
  static double fewer(long events, long trials, double chance) {
    double owned = owned(events, trials, chance, -1, DOWN);
    return HALF + Math.max(0, owned) + Math.log1p(Math.exp(-Math.abs(owned)));
  }

  /** The logarithm of the mean over the tilts, of numbers far too large and too small to be added as they are. */
  private static double owned(long events, long trials, double chance, int sign, double[] price) {
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < TILTS; i++) {
      double one = sign * TILT[i] * events - trials * Math.log1p(chance * price[i]);
      if (one > largest) {
        sum = sum * Math.exp(largest - one) + 1;
        largest = one;
      } else {
        sum += Math.exp(one - largest);
      }
    }
    return largest + Math.log(sum / TILTS);
  }
}
