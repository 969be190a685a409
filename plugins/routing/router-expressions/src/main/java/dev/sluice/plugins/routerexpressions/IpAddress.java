package dev.sluice.plugins.routerexpressions;

import java.util.Optional;

/**
 * An address, as a number of 128 bits; one of IPv4 fills the last 32. The two families never equal each other.
 *
 * @param v6 whether it is one of IPv6
 * @param high the first half
 * @param low the second half
 */
record IpAddress(boolean v6, long high, long low) {

  private static final int GROUPS = 8;

  /** Reads an address. Zones of IPv6 are left out. */
  static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0 ? v4(text, false) : v6(text);
  }

  /** Reads an address of IPv4, perhaps with leading zeros in its numbers, which are decimal all the same. */
  static Optional<IpAddress> v4(String text, boolean leadingZeros) {
    long address = 0;
    int from = 0;
    for (int i = 0; i < 4; i++) {
      int dot = i < 3 ? text.indexOf('.', from) : text.length();
      int number = dot < 0 ? -1 : number(text, from, dot, 10, 3);
      boolean padded = dot - from > 1 && text.charAt(from) == '0';
      if (number < 0 || number > 255 || padded && !leadingZeros) {
        return Optional.empty();
      }
      address = address << 8 | number;
      from = dot + 1;
    }
    return Optional.of(new IpAddress(false, 0, address));
  }

  private static Optional<IpAddress> v6(String zoned) {
    int zone = zoned.indexOf('%');
    String text = zone < 0 ? zoned : zoned.substring(0, zone);
    int gap = text.indexOf("::");
    if (gap < 0) {
      long[] groups = groups(text);
      return groups.length == GROUPS ? Optional.of(joined(groups, new long[0])) : Optional.empty();
    }
    long[] before = groups(text.substring(0, gap));
    long[] after = groups(text.substring(gap + 2));
    boolean whole = (gap == 0 || before.length > 0) && (gap + 2 == text.length() || after.length > 0);
    return whole && before.length + after.length < GROUPS ? Optional.of(joined(before, after)) : Optional.empty();
  }

  private static IpAddress joined(long[] before, long[] after) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS; i++) {
      int behind = i - (GROUPS - after.length);
      long group = i < before.length ? before[i] : behind >= 0 ? after[behind] : 0;
      high = high << 16 | low >>> 48;
      low = low << 16 | group;
    }
    return new IpAddress(true, high, low);
  }

  /** The groups between colons; none when one of them is wrong. The last may be an address of IPv4. */
  private static long[] groups(String text) {
    String[] parts = text.split(":", -1);
    boolean embedded = parts[parts.length - 1].indexOf('.') >= 0;
    long[] groups = new long[parts.length + (embedded ? 1 : 0)];
    for (int i = 0; i < parts.length - (embedded ? 1 : 0); i++) {
      groups[i] = number(parts[i], 0, parts[i].length(), 16, 4);
      if (groups[i] < 0) {
        return new long[0];
      }
    }
    if (embedded) {
      Optional<IpAddress> last = v4(parts[parts.length - 1], false);
      if (last.isEmpty()) {
        return new long[0];
      }
      groups[groups.length - 2] = last.get().low >>> 16;
      groups[groups.length - 1] = last.get().low & 0xFFFF;
    }
    return groups;
  }

  private static int number(String text, int from, int to, int radix, int most) {
    if (to <= from || to - from > most) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }
}
