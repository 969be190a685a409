package dev.sluice.plugins.dns;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How the system has names looked up.
 *
 * @param servers by turns
 * @param search domains that short names are looked for in
 * @param dots from how many dots on a name is first taken as it is
 * @param patience with one question to one server
 * @param rounds how often the servers are asked
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int dots, Duration patience, int rounds) {

  private static final int PORT = 53;
  private static final int MOST_SERVERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int ROUNDS = 2;

  /** Reads a file; without one, as the C library does, the name server of this machine is asked. */
  static ResolvConf read(Path file) {
    List<String> lines = List.of();
    try {
      if (Files.isReadable(file)) {
        lines = Files.readAllLines(file);
      }
    } catch (IOException e) {
      lines = List.of();
    }
    List<InetSocketAddress> servers = new ArrayList<>();
    List<String> search = List.of();
    List<String> options = List.of();
    for (String line : lines) {
      List<String> words = List.of(line.strip().split("\\s+", -1));
      List<String> rest = words.subList(1, words.size());
      switch (words.get(0)) {
        case "nameserver" -> rest.stream().limit(1).filter(ResolvConf::isAddress).forEach(ip -> servers.add(at(ip)));
        case "search", "domain" -> search = rest.stream().filter(domain -> !domain.equals(".")).toList();
        case "options" -> options = rest;
        default -> { }
      }
    }
    if (servers.isEmpty()) {
      servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
    }
    return new ResolvConf(
        servers.subList(0, Math.min(MOST_SERVERS, servers.size())),
        search,
        option(options, "ndots", 15).orElse(1),
        option(options, "timeout", 30).stream().mapToObj(Duration::ofSeconds).findFirst().orElse(PATIENCE),
        Math.max(1, option(options, "attempts", 5).orElse(ROUNDS)));
  }

  private static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
  }

  private static InetSocketAddress at(String ip) {
    return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(ip), PORT);
  }

  private static OptionalInt option(List<String> options, String name, int most) {
    return options.stream()
        .filter(option -> option.matches(name + ":[0-9]{1,4}"))
        .mapToInt(option -> Math.min(most, Integer.parseInt(option.substring(name.length() + 1))))
        .findFirst();
  }

  ResolvConf asking(List<InetSocketAddress> others) {
    return others.isEmpty() ? this : new ResolvConf(others, search, dots, patience, rounds);
  }

  /** The names that a name may mean, the likeliest first; none ends with a dot. */
  List<String> meanings(String name) {
    if (name.endsWith(".")) {
      return List.of(name.substring(0, name.length() - 1));
    }
    List<String> found = new ArrayList<>();
    search.forEach(domain -> found.add(name + "." + (domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain)));
    found.add(name.chars().filter(c -> c == '.').count() >= dots ? 0 : found.size(), name);
    return found;
  }
}
