package dev.sluice.plugins.serverless.lua;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses of the setting {@code trusted_ips}: whose word about a client is taken. */
final class Trusted {

  private final List<Block> blocks = new ArrayList<>();

  Trusted(String setting) {
    for (String each : setting.split(",", -1)) {
      int slash = each.indexOf('/');
      String address = (slash < 0 ? each : each.substring(0, slash)).strip();
      bytes(address).ifPresent(bytes -> blocks.add(
          new Block(bytes, slash < 0 ? 8 * bytes.length : Integer.parseInt(each.substring(slash + 1).strip()))));
    }
  }

  /** All addresses that begin as one does. */
  private static final class Block {

    private final byte[] address;
    private final int bits;

    private Block(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    private boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < address.length; i++) {
        int kept = Math.max(0, Math.min(8, bits - 8 * i));
        int mask = 0xFF << 8 - kept & 0xFF;
        if (((address[i] ^ other[i]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Whether an address is among them; what is no address is not. */
  boolean contains(String address) {
    return !blocks.isEmpty()
        && bytes(address).filter(bytes -> blocks.stream().anyMatch(block -> block.contains(bytes))).isPresent();
  }

  /** Only literals: a name would have to be looked up. */
  private static Optional<byte[]> bytes(String address) {
    if (!address.matches("[0-9.]{7,15}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException none) {
      return Optional.empty();
    }
  }
}
