package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Optional;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;

/** {@code kong.request}. */
final class RequestPdk {

  static final LuaTable TABLE = new Library("kong.request")
      .fn("get_scheme", args -> Text.wire(request(args).scheme()))
      .fn("get_host", args -> Text.wire(host(request(args).host())))
      .fn("get_port", args -> LuaValue.valueOf(request(args).localPort()))
      .fn("get_forwarded_scheme", args -> Text.wire(request(args).forwardedScheme()))
      .fn("get_forwarded_host", args -> Text.wire(host(forwarded(args, "x-forwarded-host", request(args).host()))))
      .fn("get_forwarded_port", RequestPdk::forwardedPort)
      .fn("get_forwarded_path", args ->
          Text.utf8(withoutQuery(forwarded(args, "x-forwarded-path", request(args).rawPath()))))
      .fn("get_forwarded_prefix", RequestPdk::forwardedPrefix)
      .fn("get_http_version", args -> LuaValue.valueOf(version(request(args).version())))
      .fn("get_method", args -> Text.wire(request(args).method()))
      .fn("get_path", args -> Text.utf8(request(args).path()))
      .fn("get_raw_path", args -> Text.wire(request(args).rawPath()))
      .fn("get_path_with_query", args -> Text.wire(request(args).rawTarget()))
      .fn("get_raw_query", args -> Text.wire(request(args).rawQuery()))
      .fn("get_query_arg", RequestPdk::queryArg)
      .fn("get_query", args -> QueryTables.parse(args, request(args).rawQuery(), most(args)))
      .fn("get_header", args -> HeaderTables.first(request(args).headers(), args))
      .fn("get_headers", args -> HeaderTables.all(request(args).headers(), args))
      .fn("get_raw_body", Bodies::raw)
      .fn("get_body", Bodies::parsed)
      .fn("get_start_time", args -> LuaValue.valueOf((double) args.run().context().startedAtMillis()))
      .fn("get_uri_captures", RequestPdk::captures)
      .seal();

  private static final int MOST = 1000;

  private RequestPdk() {}

  static ClientRequest request(Args args) {
    return args.run().context().request();
  }

  /** A host as it is compared: without its port, in lower case. */
  static String host(String given) {
    int colon = given.endsWith("]") ? -1 : given.lastIndexOf(':');
    return (colon < 0 ? given : given.substring(0, colon)).toLowerCase(Locale.ROOT);
  }

  private static boolean trusted(Args args) {
    return args.run().filter().trusted().contains(request(args).peerAddress());
  }

  private static String forwarded(Args args, String header, String otherwise) {
    return trusted(args) ? request(args).headers().get(header).orElse(otherwise) : otherwise;
  }

  private static Varargs forwardedPort(Args args) {
    String port = forwarded(args, "x-forwarded-port", "");
    return LuaValue.valueOf(port.matches("\\d{1,5}") ? Integer.parseInt(port) : request(args).localPort());
  }

  private static Varargs forwardedPrefix(Args args) {
    String stripped = args.run().context().match().map(RouteMatch::strippedPrefix).orElse("");
    String prefix = forwarded(args, "x-forwarded-prefix", stripped);
    return prefix.isEmpty() ? NIL : Text.utf8(prefix);
  }

  private static String withoutQuery(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  static double version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> 1.0;
      case HTTP_1_1 -> 1.1;
      case HTTP_2 -> 2;
    };
  }

  private static Varargs queryArg(Args args) {
    LuaValue value = QueryTables.parse(args, request(args).rawQuery(), MOST).get(args.string(1));
    return value.istable() ? value.get(1) : value;
  }

  private static int most(Args args) {
    int most = args.optInteger(1, 100);
    if (most < 1 || most > MOST) {
      throw args.error(most < 1 ? "max_args must be >= 1" : "max_args must be <= " + MOST);
    }
    return most;
  }

  private static Varargs captures(Args args) {
    Optional<RouteMatch> match = args.run().context().match();
    LuaTable unnamed = new LuaTable();
    LuaTable named = new LuaTable();
    match.ifPresent(found -> {
      found.captures().numbered().forEach(text -> unnamed.rawset(unnamed.rawlen() + 1, Text.utf8(text)));
      found.captures().named().forEach((name, text) -> named.rawset(Text.utf8(name), Text.utf8(text)));
    });
    LuaTable table = new LuaTable();
    table.rawset("unnamed", unnamed);
    table.rawset("named", named);
    return table;
  }
}
