package dev.sluice.plugins.logging;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.ClientVerification;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The parts of messages as an entry shows them. */
final class MessageJson {

  private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization");
  private static final String REDACTED = "REDACTED";
  private static final String NO_HOST = "kong";
  private static final int MOST_ARGUMENTS = 100;
  private static final ClientVerification UNVERIFIED = ClientVerification.failed("nobody verified it");

  private MessageJson() {}

  /** Headers by their names in lower case; a name with several values has a list. */
  static JsonObject headers(Headers headers, boolean redacted) {
    JsonObject json = new JsonObject();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!lower.startsWith(":")) {
            add(json, lower, redacted && SECRET.contains(lower) ? REDACTED : value);
          }
        });
    return json;
  }

  /** The arguments of a query; one without an equals sign is true. */
  static JsonObject query(String raw) {
    JsonObject json = new JsonObject();
    int from = 0;
    for (int count = 0; from < raw.length() && count < MOST_ARGUMENTS; count++) {
      int next = raw.indexOf('&', from);
      int end = next < 0 ? raw.length() : next;
      int equals = raw.indexOf('=', from);
      if (equals >= 0 && equals < end) {
        add(json, UrlEncoded.decode(raw.substring(from, equals)), UrlEncoded.decode(raw.substring(equals + 1, end)));
      } else if (end > from) {
        add(json, UrlEncoded.decode(raw.substring(from, end)), true);
      }
      from = end + 1;
    }
    return json;
  }

  private static void add(JsonObject json, String name, Object value) {
    Object before = json.getValue(name);
    if (before == null) {
      json.put(name, value);
    } else if (before instanceof JsonArray values) {
      values.add(value);
    } else {
      json.put(name, new JsonArray().add(before).add(value));
    }
  }

  /** The whole URL; the port is always there. */
  static String url(ClientRequest request) {
    String host = request.host();
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return request.scheme() + "://" + (name.isEmpty() ? NO_HOST : name.toLowerCase(Locale.ROOT)) + ":"
        + request.localPort() + request.rawTarget();
  }

  static JsonObject tls(SSLSession session, Optional<ClientVerification> verification) {
    return new JsonObject()
        .put("version", session.getProtocol())
        .put("cipher", CipherName.openSsl(session.getCipherSuite()))
        .put("client_verify", showsCertificate(session) ? verification.orElse(UNVERIFIED).result() : "NONE");
  }

  private static boolean showsCertificate(SSLSession session) {
    try {
      return session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }
}
