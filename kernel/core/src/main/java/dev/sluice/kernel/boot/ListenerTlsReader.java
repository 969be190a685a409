package dev.sluice.kernel.boot;

import dev.sluice.kernel.tls.ServerSuite;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what listeners agree on with their clients. */
final class ListenerTlsReader {

  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w)?");

  private ListenerTlsReader() {}

  static ServerSuite suite(NodeConfig config) {
    List<String> protocols = List.of(config.string("ssl_protocols").trim().split("[ ,]+", -1));
    int session = Math.max(1, millis("ssl_session_timeout", config.string("ssl_session_timeout")) / 1000);
    int handshake =
        config
            .text("nginx_http_client_header_timeout")
            .map(text -> Math.min(HANDSHAKE_MILLIS, millis("nginx_http_client_header_timeout", text)))
            .orElse(HANDSHAKE_MILLIS);
    try {
      return ServerSuite.of(
          config.string("ssl_cipher_suite"),
          config.text("ssl_ciphers"),
          protocols,
          new ServerSuite.Times(session, Math.max(1, handshake)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("ssl_ciphers: " + e.getMessage());
    }
  }

  /** A time as nginx has it. */
  private static int millis(String name, String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new ConfigException(name + " is not a time: '" + text + "'");
    }
    long unit =
        switch (String.valueOf(time.group(2))) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          case "w" -> 604_800_000;
          default -> 1000;
        };
    return (int) Math.min(Integer.MAX_VALUE, unit * Long.parseLong(time.group(1)));
  }
}
