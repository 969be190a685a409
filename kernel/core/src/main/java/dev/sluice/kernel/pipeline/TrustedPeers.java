package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.AddressRange;
import java.util.ArrayList;
import java.util.List;

/** The peers whose forwarding headers count: addresses and blocks of addresses. */
public final class TrustedPeers {

  private final List<AddressRange> ranges = new ArrayList<>();

  /**
   * Parses the items of {@code trusted_ips}.
   *
   * @throws IllegalArgumentException with Kong's message when an item is no address
   */
  public static TrustedPeers parse(List<String> items) {
    TrustedPeers peers = new TrustedPeers();
    for (String item : items) {
      if (!item.equals("unix:")) {
        peers.ranges.add(range(item));
      }
    }
    return peers;
  }

  private static AddressRange range(String item) {
    try {
      return AddressRange.of(item);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "trusted_ips must be a comma separated list in the form of IPv4 or IPv6 address or CIDR block or 'unix:', got '"
              + item
              + "'",
          e);
    }
  }

  /** Whether nobody is trusted, which is the default. */
  public boolean nobody() {
    return ranges.isEmpty();
  }

  /** Whether an address is trusted. */
  public boolean trusts(String address) {
    if (ranges.isEmpty() || address.isEmpty()) {
      return false;
    }
    byte[] bytes;
    try {
      bytes = AddressRange.address(address);
    } catch (IllegalArgumentException e) {
      return false;
    }
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).contains(bytes)) {
        return true;
      }
    }
    return false;
  }
}
