package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

import static org.luaj.vm2.LuaValue.NIL;

/** {@code ngx.var}. */
final class NgxVariables {

  private static final int COST = 10;

  private NgxVariables() {}

  /** What there is of {@code ngx.var}: what is read in the wild. */
  static LuaValue variable(String name) {
    RequestContext context = Run.current().context();
    ClientRequest request = context.request();
    Run.current().guard().charge(COST);
    if (name.startsWith("http_")) {
      return text(request.headers().get(name.substring(5).replace('_', '-')));
    }
    if (name.startsWith("arg_")) {
      Run.current().guard().charge(request.rawQuery().length() / 4);
      return text(Optional.ofNullable(UrlEncoded.parse(request.rawQuery()).get(name.substring(4)))
          .map(values -> values.get(0)));
    }
    if (name.startsWith("cookie_")) {
      return text(request.headers().get("cookie").flatMap(line -> cookie(line, name.substring(7))));
    }
    return switch (name) {
      case "request_method" -> Text.wire(request.method());
      case "request_uri" -> Text.wire(request.rawTarget());
      case "uri", "document_uri" -> Text.utf8(request.path());
      case "args", "query_string" -> request.rawQuery().isEmpty() ? NIL : Text.wire(request.rawQuery());
      case "is_args" -> LuaValue.valueOf(request.rawQuery().isEmpty() ? "" : "?");
      case "scheme" -> Text.wire(request.scheme());
      case "https" -> LuaValue.valueOf("https".equals(request.scheme()) ? "on" : "");
      case "host", "server_name" -> Text.wire(RequestPdk.host(request.host()));
      case "content_type" -> text(request.headers().get("content-type"));
      case "content_length" -> text(request.headers().get("content-length"));
      case "remote_addr" -> Text.wire(request.clientAddress());
      case "realip_remote_addr" -> Text.wire(request.peerAddress());
      case "remote_port", "realip_remote_port" -> LuaValue.valueOf(String.valueOf(request.peerPort()));
      case "server_addr" -> Text.wire(request.localAddress());
      case "server_port" -> LuaValue.valueOf(String.valueOf(request.localPort()));
      case "server_protocol" -> LuaValue.valueOf("HTTP/" + Numbers.show(RequestPdk.version(request.version()))
          + (request.version() == HttpVersion.HTTP_2 ? ".0" : request.version() == HttpVersion.HTTP_1_0 ? ".0" : ""));
      case "request_id", "kong_request_id" -> Text.wire(context.id());
      case "request_length" -> LuaValue.valueOf(String.valueOf(request.size()));
      case "request_time" -> LuaValue.valueOf(String.format(Locale.ROOT, "%.3f", context.elapsedMillis() / 1000.0));
      case "connection" -> LuaValue.valueOf(String.valueOf(request.connectionNumber()));
      case "connection_requests" -> LuaValue.valueOf(String.valueOf(request.requestNumber()));
      case "ssl_server_name" -> text(request.sni());
      case "ssl_protocol" -> text(request.tls().map(session -> session.getProtocol()));
      case "ssl_cipher" -> text(request.tls().map(session -> session.getCipherSuite()));
      case "status" -> LuaValue.valueOf(String.valueOf(context.response().status()));
      case "bytes_sent" -> LuaValue.valueOf(String.valueOf(context.response().size()));
      case "body_bytes_sent" -> LuaValue.valueOf(String.valueOf(context.response().bytesSent()));
      case "upstream_status" -> context.upstreamResponse().received()
          ? LuaValue.valueOf(String.valueOf(context.upstreamResponse().status())) : NIL;
      case "upstream_uri" -> Text.wire(context.upstreamRequest().target());
      case "hostname" -> Text.utf8(Run.current().filter().lent().node().hostname());
      case "pid" -> LuaValue.valueOf(String.valueOf(ProcessHandle.current().pid()));
      case "time_iso8601", "time_local", "msec" -> throw new ScriptError(LuaValue.valueOf(
          "ngx.var." + name + " is not available in this gateway; use ngx.now, ngx.localtime or os.date"));
      default -> name.startsWith("upstream_http_")
          ? text(context.upstreamResponse().headers().get(name.substring(14).replace('_', '-')))
          : name.startsWith("sent_http_")
              ? text(context.response().headers().get(name.substring(10).replace('_', '-')))
              : unknown(name);
    };
  }

  private static LuaValue unknown(String name) {
    throw new ScriptError(Text.wire(Run.current().guard().where(1) + "ngx.var." + name
        + " is not available in this gateway"));
  }

  private static LuaValue text(Optional<String> value) {
    return value.map(Text::wire).map(LuaValue.class::cast).orElse(NIL);
  }

  private static Optional<String> cookie(String line, String name) {
    Run.current().guard().charge(line.length() / 4);
    for (String pair : line.split(";", -1)) {
      String stripped = pair.strip();
      if (stripped.startsWith(name + "=")) {
        return Optional.of(stripped.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }
}
