package dev.sluice.plugins.logging;

import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an HTTP server listens, out of a URL.
 *
 * @param ssl whether it speaks TLS
 * @param host a name or an address
 * @param port the port
 * @param target path and query
 * @param authorization the header that stands for user and password
 */
public record HttpTarget(boolean ssl, String host, int port, String target, Optional<String> authorization) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Takes a URL apart; what is none leads to a host that nobody finds. */
  public static HttpTarget of(String url) {
    int scheme = url.indexOf("://");
    boolean ssl = url.toLowerCase(Locale.ROOT).startsWith("https:");
    String rest = scheme < 0 ? url : url.substring(scheme + 3);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(0, end);
    String target = rest.substring(end).replaceFirst("#.*", "");
    int at = authority.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at));
    String place = authority.substring(at + 1);
    int colon = place.lastIndexOf(':');
    boolean hasPort = colon > place.lastIndexOf(']') && place.substring(colon + 1).matches("\\d{1,5}");
    String host = hasPort ? place.substring(0, colon) : place;
    return new HttpTarget(
        ssl,
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host,
        hasPort ? Integer.parseInt(place.substring(colon + 1)) : ssl ? HTTPS : HTTP,
        target.startsWith("/") ? target : "/" + target,
        user.map(HttpTarget::basic));
  }

  private static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** A request to the server. */
  RequestOptions request() {
    RequestOptions request = new RequestOptions().setHost(host).setPort(port).setSsl(ssl).setURI(target);
    authorization.ifPresent(value -> request.putHeader("Authorization", value));
    return request;
  }

  /** Host and port, for people; never who logs in. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
