package dev.sluice.plugins.routerexpressions;

/**
 * A network: the addresses that begin with the same bits.
 *
 * @param first its first address
 * @param length how many bits they share
 */
record IpNetwork(IpAddress first, int length) {

  /** Whether an address is one of the network. */
  boolean contains(IpAddress address) {
    return address.v6() == first.v6()
        && ((address.high() ^ first.high()) & highMask()) == 0
        && ((address.low() ^ first.low()) & lowMask()) == 0;
  }

  /** Whether the first address is what it is called. */
  boolean begins() {
    return (first.high() & ~highMask()) == 0 && (first.low() & ~lowMask()) == 0;
  }

  private int bits() {
    return first.v6() ? length : length + 96;
  }

  private long highMask() {
    return mask(Math.min(bits(), 64));
  }

  private long lowMask() {
    return mask(Math.max(bits() - 64, 0));
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }
}
