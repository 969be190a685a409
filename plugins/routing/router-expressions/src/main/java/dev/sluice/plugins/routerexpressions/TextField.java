package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.request.Headers;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.HostText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A field that holds texts. */
sealed interface TextField {

  /** A field with one value at most. */
  record One(Function<RouteQuery, String> value) implements TextField {

    /** The value; null when the request has none. */
    String of(RouteQuery query) {
      return value.apply(query);
    }
  }

  /** A field that may have several values. */
  record Many(Function<RouteQuery, List<String>> values) implements TextField {

    /** The values, in order. */
    List<String> of(RouteQuery query) {
      return values.apply(query);
    }
  }

  /** The field of a name that has been checked. */
  static TextField of(String name) {
    return switch (name) {
      case "net.protocol" -> new One(RouteQuery::scheme);
      case "tls.sni" -> new One(query -> query.sni().orElse(null));
      case "http.method" -> new One(RouteQuery::method);
      case "http.host" -> new One(TextField::host);
      case "http.path" -> new One(RouteQuery::path);
      default -> {
        int dot = name.lastIndexOf('.');
        String last = name.substring(dot + 1);
        yield switch (name.substring(0, dot)) {
          case "http.headers" -> header(last.toLowerCase(Locale.ROOT));
          case "http.queries" -> new Many(query -> query.query().getOrDefault(last, List.of()));
          default -> new One(PathSegments.of(last));
        };
      }
    };
  }

  /** Texts come with a character for each byte; expressions are written in characters. */
  static String characters(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.charAt(i) >= 128) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return bytes;
  }

  private static String host(RouteQuery query) {
    String host = query.host();
    int end = nameEnd(host);
    return host.isEmpty() ? null : end == host.length() ? host : host.substring(0, end);
  }

  /** Where the host ends and its port begins. Brackets belong to the host. */
  static int nameEnd(String host) {
    return HostText.nameEnd(host) + HostText.nameStart(host);
  }

  /** An underscore stands for itself or for a dash. */
  private static TextField header(String name) {
    if (name.equals("host")) {
      return new Many(query -> query.host().isEmpty() ? List.of() : List.of(query.host()));
    }
    String dashed = name.replace('_', '-');
    if (dashed.equals(name)) {
      return new Many(query -> query.headers().getAll(name));
    }
    return new Many(
        query -> {
          Headers headers = query.headers();
          return headers.contains(name) ? headers.getAll(name) : headers.getAll(dashed);
        });
  }
}
