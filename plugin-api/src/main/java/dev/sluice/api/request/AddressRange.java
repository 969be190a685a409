package dev.sluice.api.request;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address, or all addresses that begin with the same bits. Immutable. */
public final class AddressRange {

  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads an address or a range in CIDR notation.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static AddressRange of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] network = address(address);
    int bits = slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1));
    // A range of mapped addresses is one of those that they stand for.
    boolean mapped = address.indexOf(':') >= 0 && network.length == 4;
    int own = mapped && slash >= 0 ? bits - 96 : bits;
    if (own < 0 || own > network.length * 8) {
      throw new IllegalArgumentException(text + " is no range of addresses");
    }
    return new AddressRange(network, own);
  }

  /**
   * The bytes of an address; those of an IPv4 address that is mapped into IPv6 are four.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static byte[] address(String text) {
    byte[] four = new byte[4];
    return isFour(text, four) ? four : other(text);
  }

  private static boolean isFour(String text, byte[] into) {
    int part = 0;
    int value = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.') {
        if (value < 0 || part == 4) {
          return false;
        }
        into[part++] = (byte) value;
        value = -1;
      } else if (c >= '0' && c <= '9') {
        value = Math.max(0, value) * 10 + c - '0';
        if (value > 255) {
          return false;
        }
      } else {
        return false;
      }
    }
    return part == 4;
  }

  private static byte[] other(String text) {
    int zone = text.indexOf('%');
    String literal = zone < 0 ? text : text.substring(0, zone);
    if (literal.indexOf(':') < 0) {
      throw new IllegalArgumentException(text + " is no address");
    }
    try {
      // With a colon in it it is no name: nothing is looked up.
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text + " is no address", e);
    }
  }

  /** Whether an address is one of them. */
  public boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0;
  }
}
