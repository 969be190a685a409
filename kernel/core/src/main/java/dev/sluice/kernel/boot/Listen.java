package dev.sluice.kernel.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One address to listen on.
 *
 * @param host without brackets
 * @param port 0 lets the system choose
 * @param flags as written, such as {@code ssl}
 */
public record Listen(String host, int port, Set<String> flags) {

  private static final Set<String> FLAGS =
      Set.of("ssl", "http2", "proxy_protocol", "deferred", "bind", "reuseport", "udp");

  /** Whether TLS is terminated here. */
  public boolean ssl() {
    return flags.contains("ssl");
  }

  /** Whether HTTP/2 is spoken here. */
  public boolean http2() {
    return flags.contains("http2");
  }

  /** Whether connections begin with a line or a block that says whom they are for. */
  public boolean proxyProtocol() {
    return flags.contains("proxy_protocol");
  }

  /** How many connections may wait to be accepted. */
  public int backlog() {
    return flags.stream()
        .filter(flag -> flag.startsWith("backlog="))
        .map(flag -> Integer.parseInt(flag.substring(8)))
        .findFirst()
        .orElse(16_384);
  }

  /** The address as {@code GET /} shows it. */
  public String written() {
    String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    return flags.isEmpty() ? address : address + " " + String.join(" ", flags);
  }

  /** Parses a setting such as {@code proxy_listen}; {@code off} gives an empty list. */
  static List<Listen> parse(NodeConfig config, String setting) {
    List<Listen> listens = new ArrayList<>();
    for (String entry : config.list(setting)) {
      if (!entry.equals("off")) {
        Listen listen = parseEntry(setting, entry);
        if (setting.equals("stream_listen") && listen.flags().contains("udp")) {
          throw new ConfigException(setting + ": 'udp' is not served");
        }
        listens.add(listen);
      }
    }
    return listens;
  }

  private static Listen parseEntry(String setting, String entry) {
    String[] words = entry.split("\\s+");
    int colon = words[0].lastIndexOf(':');
    List<String> flags = Arrays.asList(words).subList(1, words.length);
    try {
      if (colon > 0 && flags.stream().allMatch(Listen::isFlag)) {
        String host = words[0].substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        int port = Integer.parseInt(words[0].substring(colon + 1));
        if (port >= 0 && port <= 65_535) {
          return new Listen(
              brackets ? host.substring(1, host.length() - 1) : host, port, new LinkedHashSet<>(flags));
        }
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message there is.
    }
    throw new ConfigException(
        setting
            + " must be of form: [off] | <ip>:<port> [ssl] [http2] [proxy_protocol] [deferred] [bind] [reuseport]"
            + " [backlog=%d+] [ipv6only=on] [ipv6only=off] [so_keepalive=on] [so_keepalive=off]"
            + " [so_keepalive=%w*:%w*:%d*], [... next entry ...]");
  }

  private static boolean isFlag(String word) {
    return FLAGS.contains(word)
        || word.matches("backlog=\\d+")
        || word.startsWith("ipv6only=")
        || word.startsWith("so_keepalive=");
  }
}
