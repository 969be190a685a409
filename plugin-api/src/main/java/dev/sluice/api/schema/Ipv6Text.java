package dev.sluice.api.schema;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv6 addresses as texts. */
final class Ipv6Text {

  private static final Pattern EMBEDDED_IPV4 =
      Pattern.compile("(.*:)(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern GROUP = Pattern.compile("\\p{XDigit}{1,4}");
  private static final int GROUPS = 8;

  private Ipv6Text() {}

  /** Eight groups of four lower-case digits; empty when the text is no address. */
  static Optional<String> expand(String text) {
    String plain = withoutIpv4(text);
    int gap = plain.indexOf("::");
    if (gap >= 0 && plain.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    String[] head = groups(gap < 0 ? plain : plain.substring(0, gap));
    String[] tail = gap < 0 ? new String[0] : groups(plain.substring(gap + 2));
    int missing = GROUPS - head.length - tail.length;
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder();
    boolean valid = append(head, out);
    out.append("0000:".repeat(missing));
    valid &= append(tail, out);
    return valid ? Optional.of(out.substring(0, out.length() - 1)) : Optional.empty();
  }

  private static String withoutIpv4(String text) {
    Matcher matcher = EMBEDDED_IPV4.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    int[] parts = new int[4];
    for (int i = 0; i < 4; i++) {
      parts[i] = Integer.parseInt(matcher.group(i + 2));
      if (parts[i] > 255) {
        return text;
      }
    }
    return matcher.group(1) + Integer.toHexString(parts[0] << 8 | parts[1]) + ":"
        + Integer.toHexString(parts[2] << 8 | parts[3]);
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static boolean append(String[] groups, StringBuilder out) {
    for (String group : groups) {
      if (!GROUP.matcher(group).matches()) {
        return false;
      }
      out.append("0".repeat(4 - group.length())).append(group.toLowerCase(Locale.ROOT)).append(':');
    }
    return true;
  }
}
