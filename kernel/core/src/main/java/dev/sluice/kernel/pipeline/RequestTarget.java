package dev.sluice.kernel.pipeline;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
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
    if (target.isEmpty() || target.charAt(0) != '/') {
      if (target.equals("*") && request.method().name().equals("OPTIONS")) {
        target = "/";
      } else {
        int scheme = target.indexOf("://");
        if (scheme <= 0) {
          throw new Refused(400);
        }
        // Absolute form: its authority wins over the Host header (RFC 9112 §3.2.2).
        int slash = indexOfAny(target, scheme + 3);
        host = target.substring(scheme + 3, slash);
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

  private static void checkHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 127 || c == '/' || c == '@' || c == ',' || c == '?' || c == '#' || c == '\\') {
        throw new Refused(400);
      }
    }
  }

  /** Netty refuses most of what is ambiguous; what it lets pass is refused here. */
  private static void checkFraming(HttpServerRequest request, MultiMap headers) {
    int hosts = 0;
    int encodings = 0;
    for (Iterator<Map.Entry<CharSequence, CharSequence>> lines = HeaderLines.of(headers); lines.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      CharSequence name = line.getKey();
      int length = name.length();
      if (length == 0) {
        throw new Refused(400);
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
    if (hosts > 1 || encodings > 1 || ambiguous && request.version() != HttpVersion.HTTP_2) {
      throw new Refused(400);
    }
  }
}
