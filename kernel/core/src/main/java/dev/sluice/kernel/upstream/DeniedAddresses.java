package dev.sluice.kernel.upstream;

import dev.sluice.api.request.AddressRange;
import dev.sluice.api.upstream.TargetResolver.Address;
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

  private final List<AddressRange> ranges = new ArrayList<>();
  private final boolean admin;
  private final IntPredicate adminPort;

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

  private static AddressRange range(String item) {
    int slash = item.indexOf('/');
    if (!AddressBook.literal(slash < 0 ? item : item.substring(0, slash))) {
      throw new IllegalArgumentException("'" + item + "' is neither an address, nor a range of them, nor 'admin'");
    }
    try {
      return AddressRange.of(item);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + item + "' is no range of addresses", e);
    }
  }

  /** Whether nothing may be sent to an address; may look at the machine's interfaces. */
  boolean denies(Address address) {
    byte[] ip = AddressRange.address(address.ip());
    for (AddressRange range : ranges) {
      if (range.contains(ip)) {
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
