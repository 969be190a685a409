package dev.sluice.plugins.explain;

import dev.sluice.api.explain.SampleRequest;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns a question into the request that it is about. */
final class SampleReader {

  static final Schema SCHEMA =
      Schema.builder()
          .field("method", Fields.string().required().defaultTo("GET").describe("As it stands in the request line."))
          .field("url", Fields.string().required().describe("With scheme and host, or a path alone."))
          .field("host", Fields.string().describe("The Host header, when the url is a path."))
          .field("scheme", Fields.string().oneOf("http", "https").describe("When the url is a path; by default http."))
          .field("port", Types.port().describe("Of the listener, as clients see it; by default the first one."))
          .field("headers", Fields.openRecord().describe("By name, each with a value or a list of them."))
          .field("client_ip", Types.ip().required().defaultTo("127.0.0.1").describe("The address of the peer."))
          .field("consumer", Fields.string().describe("Who the client is taken for: an id or a username."))
          .field("sni", Fields.string().describe("The server name of the TLS handshake; by default the host."))
          .field("http_version", Fields.string().required().defaultTo("1.1").oneOf("1.0", "1.1", "2"))
          .build();

  private static final String HOST = "host";

  private SampleReader() {}

  static SampleRequest read(JsonObject question) {
    Url url = Url.of(question.getString("url"));
    boolean secure = url.scheme().or(() -> text(question, "scheme")).orElse("http").equals("https");
    List<Map.Entry<String, String>> headers = headers(question);
    Optional<String> host = first(headers, HOST).or(url::authority).or(() -> text(question, HOST));
    if (first(headers, HOST).isEmpty()) {
      host.ifPresent(name -> headers.add(0, Map.entry("Host", sound("host", name))));
    }
    Integer port = question.getInteger("port");
    return new SampleRequest(
        token(question.getString("method")),
        url.target(),
        version(question.getString("http_version")),
        secure,
        port == null ? OptionalInt.empty() : OptionalInt.of(port),
        headers,
        question.getString("client_ip"),
        secure ? text(question, "sni").or(() -> host.flatMap(SampleReader::serverName)) : Optional.empty(),
        text(question, "consumer"));
  }

  private static Optional<String> text(JsonObject question, String field) {
    return Optional.ofNullable(question.getString(field));
  }

  private static HttpVersion version(String text) {
    return switch (text) {
      case "1.0" -> HttpVersion.HTTP_1_0;
      case "2" -> HttpVersion.HTTP_2;
      default -> HttpVersion.HTTP_1_1;
    };
  }

  private static String token(String method) {
    if (method.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
      throw Question.refusal("method", "no method has blanks or other than ASCII characters");
    }
    return method;
  }

  private static List<Map.Entry<String, String>> headers(JsonObject question) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    JsonObject given = question.getJsonObject("headers");
    if (given != null) {
      for (String name : given.fieldNames()) {
        Object value = given.getValue(name);
        for (Object each : value instanceof JsonArray list ? list : new JsonArray().add(value)) {
          if (!HeaderText.isName(name)) {
            throw Question.refusal("headers", "'" + name + "' is no name of a header");
          }
          lines.add(Map.entry(name, sound("headers", String.valueOf(each))));
        }
      }
    }
    return lines;
  }

  private static String sound(String field, String value) {
    if (!HeaderText.isValue(value)) {
      throw Question.refusal(field, "the value of a header holds no control character");
    }
    return value;
  }

  private static Optional<String> first(List<Map.Entry<String, String>> lines, String name) {
    return lines.stream()
        .filter(line -> line.getKey().toLowerCase(Locale.ROOT).equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** What a client names in its handshake: a host without its port, but no address. */
  private static Optional<String> serverName(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > 0 && !host.endsWith("]") ? host.substring(0, colon) : host;
    return name.startsWith("[") || name.matches("[0-9.]*") ? Optional.empty() : Optional.of(name);
  }

  /**
   * A URL, taken apart and otherwise left as it is: what is wrong with it is for the gateway to say.
   *
   * @param authority host and perhaps port
   * @param target path and query
   */
  private record Url(Optional<String> scheme, Optional<String> authority, String target) {

    static Url of(String text) {
      int end = text.indexOf("://");
      if (text.startsWith("/") || text.equals("*") || end < 0) {
        return new Url(Optional.empty(), Optional.empty(), sound(text));
      }
      String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw Question.refusal("url", "the scheme is neither http nor https");
      }
      String rest = text.substring(end + 3);
      int path = 0;
      while (path < rest.length() && "/?#".indexOf(rest.charAt(path)) < 0) {
        path++;
      }
      String target = rest.substring(path);
      String authority = rest.substring(rest.lastIndexOf('@', path) + 1, path);
      return new Url(
          Optional.of(scheme), Optional.of(authority), sound(target.startsWith("/") ? target : "/" + target));
    }

    private static String sound(String target) {
      if (target.chars().anyMatch(c -> c <= ' ' || c == 127)) {
        throw Question.refusal("url", "blanks and control characters must be escaped");
      }
      return target;
    }
  }
}
