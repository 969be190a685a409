package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.entity.Endpoint;
import dev.sluice.api.entity.Route;
import dev.sluice.plugins.routing.HostText;
import dev.sluice.plugins.routing.Regex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the classic fields of a route as an expression. */
final class ClassicFields {

  private static final String AND = " && ";
  private static final String OR = " || ";

  /** How a path after {@code ~} becomes a regular expression that is found only at the start. */
  private final Function<String, String> anchor;

  private ClassicFields(Function<String, String> anchor) {
    this.anchor = anchor;
  }

  /** The text as Kong writes it, for messages to point into. */
  static String shown(Route route) {
    return new ClassicFields(path -> "^" + path).expression(route, route.paths());
  }

  /** The text that is compiled: a regular expression is anchored as a whole, not only its first alternative. */
  static String compiled(Route route, List<String> paths) {
    return new ClassicFields(Regex::anchored).expression(route, paths);
  }

  /** Whether a route asks for anything. */
  static boolean any(Route route) {
    return !(route.snis().isEmpty()
        && route.sources().isEmpty()
        && route.destinations().isEmpty()
        && route.methods().isEmpty()
        && route.hosts().isEmpty()
        && route.paths().isEmpty()
        && route.headers().isEmpty());
  }

  private String expression(Route route, List<String> paths) {
    boolean stream = Fields.isStream(route.protocols());
    List<String> terms = new ArrayList<>();
    if (!route.snis().isEmpty()) {
      String unencrypted = "net.protocol != " + quoted(stream ? "tls" : "https");
      terms.add("(" + unencrypted + OR + either(route.snis(), ClassicFields::sni) + ")");
    }
    add(terms, route.sources(), source -> address("net.src", source));
    add(terms, route.destinations(), destination -> address("net.dst", destination));
    if (!stream) {
      add(terms, route.methods(), method -> "http.method == " + quoted(method));
      add(terms, route.hosts(), ClassicFields::host);
      add(terms, paths, this::path);
      route.headers().forEach((name, values) -> terms.add(either(values, value -> header(name, value))));
    }
    return String.join(AND, terms);
  }

  private static <T> void add(List<String> terms, Collection<T> values, Function<T, String> term) {
    if (!values.isEmpty()) {
      terms.add(either(values, term));
    }
  }

  private static <T> String either(Collection<T> values, Function<T, String> term) {
    return values.stream().map(term).collect(Collectors.joining(OR, "(", ")"));
  }

  private static String sni(String sni) {
    if (!sni.startsWith("*") && sni.endsWith("*")) {
      return "tls.sni ^= " + quoted(sni.substring(0, sni.length() - 1));
    }
    String name = sni.length() > 1 && sni.endsWith(".") ? sni.substring(0, sni.length() - 1) : sni;
    return name.startsWith("*") ? "tls.sni =^ " + quoted(name.substring(1)) : "tls.sni == " + quoted(name);
  }

  private static String address(String field, Endpoint address) {
    String ip = address.ip().map(text -> field + ".ip " + (text.contains("/") ? "in " : "== ") + network(text)).orElse("");
    if (address.port().isEmpty()) {
      return ip;
    }
    String port = field + ".port == " + address.port().get();
    return ip.isEmpty() ? port : "(" + ip + AND + port + ")";
  }

  /** A network of IPv4 may be given by any of its addresses. */
  private static String network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || text.indexOf(':') >= 0) {
      return text;
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    return IpAddress.v4(text.substring(0, slash), true)
        .map(address -> address.low() >>> (32 - length) << (32 - length))
        .map(first -> (first >> 24) + "." + (first >> 16 & 255) + "." + (first >> 8 & 255) + "." + (first & 255))
        .map(first -> first + "/" + length)
        .orElse(text);
  }

  private static String host(String host) {
    String name = host.substring(0, TextField.nameEnd(host));
    String term =
        name.startsWith("*")
            ? "http.host =^ " + quoted(name.substring(1))
            : name.endsWith("*")
                ? "http.host ^= " + quoted(name.substring(0, name.length() - 1))
                : "http.host == " + quoted(name);
    int port = HostText.port(host);
    return port == HostText.NO_PORT ? term : "(" + term + AND + "net.dst.port == " + port + ")";
  }

  private String path(String path) {
    return path.startsWith("~")
        ? "http.path ~ " + quoted(anchor.apply(path.substring(1).replace("?<", "?P<")))
        : "http.path ^= " + quoted(path);
  }

  private static String header(String name, String value) {
    boolean regex = value.startsWith("~*");
    String field = "any(lower(http.headers." + name.replace('-', '_').toLowerCase(Locale.ROOT) + "))";
    String lower = (regex ? value.substring(2) : value).toLowerCase(Locale.ROOT);
    return field + (regex ? " ~ " : " == ") + quoted(lower);
  }

  private static String quoted(String text) {
    if (!text.contains("\"#")) {
      return "r#\"" + text + "\"#";
    }
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
