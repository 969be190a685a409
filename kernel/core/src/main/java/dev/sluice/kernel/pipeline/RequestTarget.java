package dev.sluice.kernel.pipeline;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for, taken apart and found sound.
 *
 * @param host as received, perhaps with a port; empty when there is none
 * @param rawPath as received
 * @param rawQuery null without a question mark
 * @param path in normal form
 */
record RequestTarget(String host, String rawPath, String rawQuery, String path) {

  private static final List<String> SCHEMES = List.of("http://", "https://");
  private static final boolean[] IN_HOST = inHost();
  private static final int MAX_LINES = 1000;
  private static final AsciiString EXPECT = AsciiString.cached("expect");

  private static boolean[] inHost() {
    boolean[] allowed = new boolean[128];
    for (char c : "-._~!$&'()*+;=%[]ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".toCharArray()) {
      allowed[c] = true;
    }
    return allowed;
  }

  /** A request is refused with this status. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status) {
      super("refused with " + status, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Takes a request apart.
   *
   * @throws Refused when it is ambiguous or malformed, before anything else looks at it
   */
  static RequestTarget of(HttpServerRequest request) {
    checkMethod(request.method().name());
    MultiMap headers = request.headers();
    String host = host(request, headers);
    checkFraming(request, headers);
    String target = request.uri();
    checkTarget(target);
    if (target.isEmpty() || target.charAt(0) != '/') {
      if (target.equals("*") && request.method().name().equals("OPTIONS")) {
        target = "/";
      } else {
        int authority = authority(request, target);
        // Absolute form: its authority wins over the Host header (RFC 9112 §3.2.2).
        int slash = indexOfAny(target, authority);
        host = target.substring(authority, slash);
        if (host.isEmpty()) {
          throw new Refused(400);
        }
        target = slash == target.length() || target.charAt(slash) != '/' ? "/" + target.substring(slash) : target.substring(slash);
        checkHost(host);
      }
    }
    int fragment = target.indexOf('#');
    if (fragment >= 0) {
      // Never sent by a client that keeps to the rules; what follows it plays no part anywhere.
      target = target.substring(0, fragment);
    }
    int question = target.indexOf('?');
    String rawPath = question < 0 ? target : target.substring(0, question);
    String path = PathForm.normalise(rawPath).orElseThrow(() -> new Refused(400));
    return new RequestTarget(host, rawPath, question < 0 ? null : target.substring(question + 1), path);
  }

  /**
   * Who was let in under one name must not ask for another, where clients show certificates.
   *
   * @param serverName that the client has named in the TLS handshake; null or empty when it named none
   * @throws Refused when the request is for another one
   */
  void checkServerName(String serverName) {
    if (serverName != null && !serverName.isEmpty() && !serverName.equalsIgnoreCase(Gates.withoutPort(host))) {
      throw new Refused(421);
    }
  }

  /** Where the authority of an absolute form begins. There is none in HTTP/2, whose paths begin with a slash. */
  private static int authority(HttpServerRequest request, String target) {
    for (String scheme : SCHEMES) {
      if (target.regionMatches(true, 0, scheme, 0, scheme.length()) && request.version() != HttpVersion.HTTP_2) {
        return scheme.length();
      }
    }
    throw new Refused(400);
  }

  /** Bytes above ASCII may stand in a path, which is sent on with escapes; control bytes and blanks may not. */
  private static void checkTarget(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c == 127 || c > 255) {
        throw new Refused(400);
      }
    }
  }

  private static int indexOfAny(String target, int from) {
    for (int i = from; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/' || c == '?') {
        return i;
      }
    }
    return target.length();
  }

  private static void checkMethod(String method) {
    if (method.equals("TRACE") || method.equals("CONNECT")) {
      throw new Refused(405);
    }
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if ((c < 'A' || c > 'Z') && c != '_' && c != '-') {
        throw new Refused(400);
      }
    }
  }

  private static String host(HttpServerRequest request, MultiMap headers) {
    if (request.version() == HttpVersion.HTTP_2) {
      String scheme = request.scheme();
      if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
        throw new Refused(400);
      }
      String authority = request.authority() == null ? null : request.authority().toString();
      String host = authority == null ? headers.get(HeaderNames.HOST) : authority;
      if (host == null) {
        throw new Refused(400);
      }
      checkHost(host);
      return host;
    }
    String host = headers.get(HeaderNames.HOST);
    if (host == null) {
      if (request.version() == HttpVersion.HTTP_1_1) {
        throw new Refused(400);
      }
      return "";
    }
    checkHost(host);
    return host;
  }

  /** A name or an address, perhaps with a port (RFC 3986 §3.2.2): nothing that another reader could cut elsewhere. */
  private static void checkHost(String host) {
    int name = host.length();
    if (host.startsWith("[")) {
      name = host.indexOf(']') + 1;
      if (name == 0) {
        throw new Refused(400);
      }
    } else if (host.indexOf(':') >= 0) {
      name = host.indexOf(':');
    }
    boolean literal = host.startsWith("[");
    for (int i = 0; i < name; i++) {
      char c = host.charAt(i);
      if (c >= 128 || !IN_HOST[c] && !(literal && c == ':') || !literal && (c == '[' || c == ']')) {
        throw new Refused(400);
      }
    }
    for (int i = name; i < host.length(); i++) {
      char c = host.charAt(i);
      if (i == name ? c != ':' : c < '0' || c > '9') {
        throw new Refused(400);
      }
    }
  }

  /** HTTP/2 can carry any byte in a line; Netty looks at those of HTTP/1.1 alone. */
  private static boolean soundLine(CharSequence name, CharSequence value) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 127 || c == ':' && i > 0 || c >= 'A' && c <= 'Z') {
        return false;
      }
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c == 127 || c > 255) {
        return false;
      }
    }
    return true;
  }

  /** Netty refuses most of what is ambiguous; what it lets pass is refused here. */
  private static void checkFraming(HttpServerRequest request, MultiMap headers) {
    int hosts = 0;
    int encodings = 0;
    int count = 0;
    boolean http2 = request.version() == HttpVersion.HTTP_2;
    for (Iterator<Map.Entry<CharSequence, CharSequence>> lines = HeaderLines.of(headers); lines.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      CharSequence name = line.getKey();
      int length = name.length();
      if (length == 0 || http2 && !soundLine(name, line.getValue())) {
        throw new Refused(400);
      } else if (++count > MAX_LINES) {
        throw new Refused(431);
      } else if (length == 6 && EXPECT.contentEqualsIgnoreCase(name)) {
        if (!AsciiString.contentEqualsIgnoreCase(line.getValue(), "100-continue")) {
          throw new Refused(417);
        }
      } else if (length == 4 && HeaderNames.HOST.contentEqualsIgnoreCase(name)) {
        hosts++;
      } else if (length == 17 && HeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)) {
        encodings++;
        if (!AsciiString.contentEqualsIgnoreCase(line.getValue(), "chunked")) {
          throw new Refused(400);
        }
      }
    }
    boolean ambiguous = encodings > 0 && headers.contains(HeaderNames.CONTENT_LENGTH);
    if (hosts > 1 || encodings > 1 || ambiguous && !http2) {
      throw new Refused(400);
    }
  }
}
