package dev.sluice.kernel.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The variables of nginx and Kong that a line about a request may name. */
final class RequestVariables {

  private static final Map<String, Variable<LoggedRequest>> ALL = all();

  private RequestVariables() {}

  static Optional<Variable<LoggedRequest>> find(String name) {
    Variable<LoggedRequest> known = ALL.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (name.startsWith("http_")) {
      String header = header(name, 5);
      return Optional.of((line, of) -> line.value(of.header(header)));
    }
    if (name.startsWith("sent_http_")) {
      String header = header(name, 10);
      return Optional.of((line, of) -> line.value(of.responseHeader(header)));
    }
    if (name.startsWith("upstream_http_")) {
      String header = header(name, 14);
      return Optional.of((line, of) -> line.value(of.upstreamHeader(header)));
    }
    if (name.startsWith("arg_")) {
      String argument = name.substring(4);
      return Optional.of((line, of) -> line.value(argument(of.target(), argument)));
    }
    if (name.startsWith("cookie_")) {
      String cookie = name.substring(7);
      return Optional.of((line, of) -> line.value(cookie(of.header("cookie"), cookie)));
    }
    return NodeVariables.find(name);
  }

  private static String header(String name, int from) {
    return name.substring(from).replace('_', '-');
  }

  private static Map<String, Variable<LoggedRequest>> all() {
    Map<String, Variable<LoggedRequest>> all = new HashMap<>();
    request(all);
    connection(all);
    answer(all);
    all.put("upstream_addr", UpstreamVariables::addresses);
    all.put("upstream_status", UpstreamVariables::statuses);
    all.put("upstream_response_time", UpstreamVariables::times);
    all.put("upstream_header_time", UpstreamVariables::headTime);
    all.put("upstream_uri", (line, of) -> line.value(of.upstreamTarget()));
    return Map.copyOf(all);
  }

  private static void request(Map<String, Variable<LoggedRequest>> all) {
    all.put("request", RequestVariables::requestLine);
    text(all, "request_method", LoggedRequest::method);
    text(all, "request_uri", LoggedRequest::target);
    text(all, "uri", LoggedRequest::path);
    text(all, "document_uri", LoggedRequest::path);
    text(all, "args", of -> query(of.target()));
    text(all, "query_string", of -> query(of.target()));
    text(all, "is_args", of -> query(of.target()) == null ? "" : "?");
    text(all, "host", of -> plain(of.host()));
    text(all, "server_protocol", LoggedRequest::protocol);
    text(all, "scheme", of -> of.secure() ? "https" : "http");
    text(all, "https", of -> of.secure() ? "on" : "");
    text(all, "http2", of -> !"HTTP/2.0".equals(of.protocol()) ? "" : of.secure() ? "h2" : "h2c");
    text(all, "content_length", of -> of.header("content-length"));
    text(all, "content_type", of -> of.header("content-type"));
    text(all, "remote_user", of -> user(of.header("authorization")));
    text(all, "kong_request_id", LoggedRequest::id);
    text(all, "request_id", LoggedRequest::id);
    all.put("request_length", (line, of) -> line.number(of.received()));
    all.put("request_time", (line, of) -> line.seconds(of.tookMillis()));
  }

  private static void connection(Map<String, Variable<LoggedRequest>> all) {
    text(all, "remote_addr", LoggedRequest::clientAddress);
    text(all, "realip_remote_addr", LoggedRequest::peerAddress);
    all.put("remote_port", (line, of) -> line.number(of.peerPort()));
    all.put("realip_remote_port", (line, of) -> line.number(of.peerPort()));
    text(all, "server_addr", LoggedRequest::localAddress);
    all.put("server_port", (line, of) -> line.number(of.localPort()));
    text(all, "server_name", of -> "kong");
    all.put("connection", (line, of) -> line.number(of.connectionNumber()));
    all.put("connection_requests", (line, of) -> line.number(of.requestNumber()));
    text(all, "ssl_protocol", of -> of.tls().map(tls -> tls.getProtocol()).orElse(null));
    text(all, "ssl_cipher", of -> of.tls().map(tls -> tls.getCipherSuite()).orElse(null));
    text(all, "ssl_server_name", LoggedRequest::serverName);
  }

  private static void answer(Map<String, Variable<LoggedRequest>> all) {
    // A client that has gone away before it was answered is noted as nginx does.
    all.put("status", (line, of) -> line.number(of.status() == 0 ? 499 : of.status()));
    all.put("body_bytes_sent", (line, of) -> line.number(of.bodyBytes()));
    all.put("bytes_sent", (line, of) -> line.number(of.bytes()));
    text(all, "request_completion", of -> of.status() == 0 ? "" : "OK");
  }

  private static void text(
      Map<String, Variable<LoggedRequest>> all, String name, Function<LoggedRequest, String> value) {
    all.put(name, (line, of) -> line.value(value.apply(of)));
  }

  private static void requestLine(Line line, LoggedRequest of) {
    if (of.method() == null) {
      line.missing();
    } else {
      line.part(of.method()).part(" ").part(of.target()).part(" ").part(of.protocol());
    }
  }

  private static String query(String target) {
    int question = target == null ? -1 : target.indexOf('?');
    return question < 0 ? null : target.substring(question + 1);
  }

  private static String plain(String host) {
    if (host == null) {
      return null;
    }
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  /** The first of a name, as received. */
  private static String argument(String target, String name) {
    String query = query(target);
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals == name.length() && pair.regionMatches(true, 0, name, 0, equals)) {
        return pair.substring(equals + 1);
      }
    }
    return null;
  }

  private static String cookie(String header, String name) {
    if (header == null) {
      return null;
    }
    for (String pair : header.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).trim().equalsIgnoreCase(name)) {
        return pair.substring(equals + 1).trim();
      }
    }
    return null;
  }

  private static String user(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).trim());
      String pair = new String(decoded, StandardCharsets.ISO_8859_1);
      int colon = pair.indexOf(':');
      return colon < 1 ? null : pair.substring(0, colon);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
