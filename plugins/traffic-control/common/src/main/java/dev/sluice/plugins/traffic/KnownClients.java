package dev.sluice.plugins.traffic;

import java.util.function.Supplier;

/**
 * Keys of clients that have come before, by the numbers of their identities: one step, where a table would take as many as it
 * takes to compare keys. Forgets at will. For all threads, without order: a key knows by itself whose it is.
 */
public final class KnownClients {

  private static final int LEAST = 64;
  private static final int MOST = 8192;

  private CounterKey[] keys = new CounterKey[LEAST];

  /**
   * The key of an identity.
   *
   * @param number of the identity; what has the same number has the same key
   * @param maker makes it when it is not known
   */
  public CounterKey get(long number, Supplier<CounterKey> maker) {
    CounterKey[] known = keys;
    CounterKey key = known[(int) number & known.length - 1];
    if (key != null && key.of(number) && key.lives()) {
      return key;
    }
    CounterKey made = maker.get();
    made.isOf(number);
    if (key != null && known.length < MOST && !key.of(number)) {
      known = new CounterKey[2 * known.length];
      keys = known;
    }
    known[(int) number & known.length - 1] = made;
    return made;
  }
}
