package dev.sluice.kernel.boot;

import dev.sluice.kernel.tls.ServerSuite;
import dev.sluice.kernel.tls.VerifiedClients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what listeners agree on with their clients. */
final class ListenerTlsReader {

  private static final int HANDSHAKE_MILLIS = 10_000;
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w)?");

  private static final Pattern DH_GROUP = Pattern.compile("ffdhe(2048|3072|4096|6144|8192)");
  private static final String TICKETS = "jdk.tls.server.enableSessionTicketExtension";
  private static final String DH_BITS = "jdk.tls.ephemeralDHKeySize";
  private static final long SMALLEST_CACHE = 32 * 1024;
  private static final long SESSION_BYTES = 256;

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
          new ServerSuite.Times(session, sessions(config), Math.max(1, handshake)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("ssl_ciphers: " + e.getMessage());
    }
  }

  /** As many as nginx keeps in a cache of that size. */
  private static int sessions(NodeConfig config) {
    long size = config.size("ssl_session_cache_size");
    if (size < SMALLEST_CACHE) {
      throw new ConfigException("ssl_session_cache_size: the cache is too small: '" + size + "' bytes");
    }
    return (int) Math.min(Integer.MAX_VALUE, size / SESSION_BYTES);
  }

  /**
   * Tells the JDK what it knows for the whole process only; before the first connection. What was given to the JVM stays.
   *
   * @throws ConfigException when it cannot be had
   */
  static void tellProcess(NodeConfig config) {
    if (!config.flag("ssl_session_tickets")) {
      System.setProperty(TICKETS, "false");
    }
    dhGroup(config).ifPresent(bits -> System.setProperty(DH_BITS, bits));
  }

  /** The length of the group for the ciphers DHE; empty for the JDK's, which is ffdhe2048. */
  static Optional<String> dhGroup(NodeConfig config) {
    Optional<String> given = config.text("ssl_dhparam");
    String suite = config.string("ssl_cipher_suite");
    if (given.isEmpty() || suite.equals("modern") || suite.equals("intermediate")) {
      return Optional.empty();
    }
    Matcher group = DH_GROUP.matcher(given.get());
    if (!group.matches()) {
      throw new ConfigException(
          "ssl_dhparam: only ffdhe2048, ffdhe3072, ffdhe4096, ffdhe6144 and ffdhe8192 can be had, no parameters of one's own");
    }
    return Optional.of(group.group(1));
  }

  /** Whose certificates the proxy asks its clients for; empty when it asks for none. */
  static Optional<VerifiedClients> clients(NodeConfig config) {
    String asks = directive(config, "ssl_verify_client").orElse("off");
    if (asks.equals("off")) {
      return Optional.empty();
    }
    if (!asks.equals("on") && !asks.equals("optional")) {
      throw new ConfigException("nginx_proxy_ssl_verify_client has an invalid value: '" + asks + "' (off, on, optional)");
    }
    String authorities =
        directive(config, "ssl_client_certificate")
            .orElseThrow(
                () -> new ConfigException("no nginx_proxy_ssl_client_certificate for nginx_proxy_ssl_verify_client"));
    try {
      return Optional.of(VerifiedClients.of(asks.equals("on"), Path.of(authorities), directive(config, "ssl_crl").map(Path::of)));
    } catch (IOException e) {
      throw new ConfigException("nginx_proxy_ssl_client_certificate, nginx_proxy_ssl_crl: " + e.getMessage());
    }
  }

  /** A directive of nginx, for the proxy or for all of HTTP. */
  private static Optional<String> directive(NodeConfig config, String name) {
    return config.text("nginx_proxy_" + name).or(() -> config.text("nginx_http_" + name));
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
