package dev.sluice.plugins.dns;

import dev.sluice.api.NodeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The node's settings of name resolution.
 *
 * @param order the address families to use, in the order in which they are tried
 * @param ttl how long an answer holds
 */
record DnsSettings(List<Family> order, Duration ttl) {

  private static final Duration DEFAULT_TTL = Duration.ofSeconds(30);

  /** Kinds of addresses, by their record types. */
  enum Family {
    A,
    AAAA
  }

  static DnsSettings of(NodeInfo node) {
    return new DnsSettings(
        order(node.setting("dns_order").orElse("LAST,SRV,A,CNAME")),
        node.setting("dns_valid_ttl").flatMap(DnsSettings::seconds).orElse(DEFAULT_TTL));
  }

  /** What is not an address family is left out: the system follows aliases by itself and knows no services. */
  private static List<Family> order(String setting) {
    List<Family> order = Stream.of(setting.split(",", -1))
        .map(type -> type.trim().toUpperCase(Locale.ROOT))
        .filter(type -> type.equals("A") || type.equals("AAAA"))
        .map(Family::valueOf)
        .distinct()
        .toList();
    return order.isEmpty() ? List.of(Family.A) : order;
  }

  private static Optional<Duration> seconds(String text) {
    try {
      double seconds = Double.parseDouble(text.trim());
      return seconds >= 0 && seconds <= Integer.MAX_VALUE
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
