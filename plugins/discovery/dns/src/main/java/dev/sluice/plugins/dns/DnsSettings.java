package dev.sluice.plugins.dns;

import dev.sluice.api.NodeInfo;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The node's settings of name resolution, with Kong's messages for what is wrong with them.
 *
 * @param servers that are asked; empty for those of the system
 * @param hostsFile names that no server is asked for
 * @param order the kinds of records to ask for, in turn
 * @param times how long answers hold
 * @param cacheSize how many names are kept
 * @param alone whether each question is sent, even where the same one is under way
 */
record DnsSettings(
    List<InetSocketAddress> servers, Path hostsFile, List<Kind> order, Times times, int cacheSize, boolean alone) {

  private static final int PORT = 53;
  private static final int HIGHEST_PORT = 65_535;

  /** What may stand in the order. */
  enum Kind {
    /** The kind that had an answer the last time. */
    LAST,
    SRV,
    A,
    AAAA,
    /** Says nothing: an alias is followed whatever kind of record it leads to. */
    CNAME
  }

  /**
   * How long answers hold.
   *
   * @param valid instead of what the records say
   * @param stale how much longer, while no server can be asked
   * @param notFound that there is none
   * @param error that it cannot be told
   */
  record Times(Optional<Duration> valid, Duration stale, Duration notFound, Duration error) {}

  static DnsSettings of(NodeInfo node) {
    return new DnsSettings(
        items(node, "dns_resolver", "").stream().map(DnsSettings::server).toList(),
        Path.of(text(node, "dns_hostsfile").orElse("/etc/hosts")),
        items(node, "dns_order", "LAST,SRV,A,CNAME").stream().map(DnsSettings::kind).toList(),
        new Times(
            text(node, "dns_valid_ttl").map(given -> seconds("dns_valid_ttl", given)),
            time(node, "dns_stale_ttl", "3600"),
            time(node, "dns_not_found_ttl", "30"),
            time(node, "dns_error_ttl", "1")),
        (int) Math.max(1, seconds("dns_cache_size", text(node, "dns_cache_size").orElse("10000")).toSeconds()),
        text(node, "dns_no_sync").filter(given -> given.equals("on") || given.equals("true")).isPresent());
  }

  private static Optional<String> text(NodeInfo node, String key) {
    return node.setting(key).map(String::strip).filter(given -> !given.isEmpty());
  }

  private static List<String> items(NodeInfo node, String key, String byDefault) {
    return Stream.of(text(node, key).orElse(byDefault).split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static Kind kind(String item) {
    try {
      return Kind.valueOf(item.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("dns_order: invalid entry '" + item + "'", e);
    }
  }

  private static InetSocketAddress server(String item) {
    String ip = item;
    int port = PORT;
    int colon = item.lastIndexOf(':');
    if (colon >= 0 && (item.indexOf(':') == colon || item.charAt(colon - 1) == ']')) {
      String given = item.substring(colon + 1);
      ip = item.substring(0, colon);
      port = given.matches("[0-9]{1,5}") ? Integer.parseInt(given) : -1;
    }
    String bare = ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
    boolean address = NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare);
    if (!address || port <= 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "dns_resolver must be a comma separated list in the form of IPv4/6 or IPv4/6:port, got '" + item + "'");
    }
    return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(bare), port);
  }

  private static Duration time(NodeInfo node, String key, String byDefault) {
    return seconds(key, text(node, key).orElse(byDefault));
  }

  private static Duration seconds(String key, String text) {
    try {
      double seconds = Double.parseDouble(text);
      return Duration.ofMillis(Math.round(1000 * Math.max(0, Math.min(seconds, Integer.MAX_VALUE))));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is not a number: '" + text + "'", e);
    }
  }

  /** The kinds to ask for, the one that had an answer the last time where the order says so. */
  List<Kind> kinds(Optional<Kind> last) {
    List<Kind> kinds = new ArrayList<>();
    for (Kind kind : order) {
      Optional<Kind> asked = kind == Kind.LAST ? last : Optional.of(kind).filter(any -> any != Kind.CNAME);
      asked.filter(any -> !kinds.contains(any)).ifPresent(kinds::add);
    }
    return kinds.isEmpty() ? List.of(Kind.A) : kinds;
  }
}
