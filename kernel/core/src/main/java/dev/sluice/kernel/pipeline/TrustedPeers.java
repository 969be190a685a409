package dev.sluice.kernel.pipeline;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The peers whose forwarding headers count: addresses and blocks of addresses. */
public final class TrustedPeers {

  private final List<IpSubnetFilterRule> rules = new ArrayList<>();

  /**
   * Parses the items of {@code trusted_ips}.
   *
   * @throws IllegalArgumentException with Kong's message when an item is no address
   */
  public static TrustedPeers parse(List<String> items) {
    TrustedPeers peers = new TrustedPeers();
    for (String item : items) {
      if (!item.equals("unix:")) {
        peers.rules.add(rule(item));
      }
    }
    return peers;
  }

  private static IpSubnetFilterRule rule(String item) {
    int slash = item.indexOf('/');
    String address = slash < 0 ? item : item.substring(0, slash);
    boolean v4 = NetUtil.isValidIpV4Address(address);
    if (v4 || NetUtil.isValidIpV6Address(address)) {
      try {
        int bits = slash < 0 ? v4 ? 32 : 128 : Integer.parseInt(item.substring(slash + 1));
        return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
      } catch (IllegalArgumentException e) {
        // Falls through to the one message there is.
      }
    }
    throw new IllegalArgumentException(
        "trusted_ips must be a comma separated list in the form of IPv4 or IPv6 address or CIDR block or 'unix:', got '"
            + item
            + "'");
  }

  /** Whether nobody is trusted, which is the default. */
  public boolean nobody() {
    return rules.isEmpty();
  }

  /** Whether an address is trusted. */
  public boolean trusts(String address) {
    if (rules.isEmpty()) {
      return false;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return false;
    }
    InetSocketAddress peer = new InetSocketAddress(address, 0);
    return rules.stream().anyMatch(rule -> rule.matches(peer));
  }
}
