package dev.sluice.kernel.upstream;

import dev.sluice.api.upstream.TargetResolver.Address;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Addresses to which nothing is proxied, whatever name led to them: by default those of the Admin API, which trusts
 * whoever comes from this machine, and those at which clouds hand out the machine's credentials.
 */
public final class DeniedAddresses {

  private static final String ADMIN = "admin";

  private final List<Range> ranges = new ArrayList<>();
  private final boolean admin;
  private final IntPredicate adminPort;

  /** Addresses that begin with the same bits. */
  private static final class Range {
    private final byte[] first;
    private final int bits;

    Range(byte[] first, int bits) {
      this.first = first;
      this.bits = bits;
    }

    boolean holds(byte[] ip) {
      boolean same = ip.length == first.length;
      for (int bit = 0; same && bit < bits; bit++) {
        same = ((ip[bit / 8] ^ first[bit / 8]) & (0x80 >> bit % 8)) == 0;
      }
      return same;
    }
  }

  /**
   * Reads the list.
   *
   * @param items addresses, ranges such as {@code 169.254.0.0/16}, and the word {@code admin}
   * @param adminPort which ports are those of the Admin API on this machine
   * @throws IllegalArgumentException when an item is none of these
   */
  public DeniedAddresses(List<String> items, IntPredicate adminPort) {
    this.adminPort = adminPort;
    this.admin = items.contains(ADMIN);
    for (String item : items) {
      if (!item.equals(ADMIN)) {
        ranges.add(range(item));
      }
    }
  }

  private static Range range(String item) {
    int slash = item.indexOf('/');
    String ip = slash < 0 ? item : item.substring(0, slash);
    if (!AddressBook.literal(ip)) {
      throw new IllegalArgumentException("'" + item + "' is neither an address, nor a range of them, nor 'admin'");
    }
    byte[] first = bytes(ip);
    int bits = first.length * 8;
    if (slash >= 0) {
      String given = item.substring(slash + 1);
      bits = given.matches("[0-9]{1,3}") && Integer.parseInt(given) <= bits ? Integer.parseInt(given) : -1;
    }
    if (bits < 0) {
      throw new IllegalArgumentException("'" + item + "' is no range of addresses");
    }
    return new Range(first, bits);
  }

  /** The bytes of an address; one of IPv4 in the clothes of IPv6 is one of IPv4. */
  private static byte[] bytes(String ip) {
    try {
      return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(ip)).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(ip + " is no address", e);
    }
  }

  /** Whether nothing may be sent to an address; may look at the machine's interfaces. */
  boolean denies(Address address) {
    byte[] ip = bytes(address.ip());
    for (Range range : ranges) {
      if (range.holds(ip)) {
        return true;
      }
    }
    return admin && adminPort.test(address.port()) && isOfThisMachine(ip);
  }

  private static boolean isOfThisMachine(byte[] ip) {
    try {
      InetAddress address = InetAddress.getByAddress(ip);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return true;
    }
  }
}
