package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

/** {@code kong.service} with what goes upstream and what comes back. */
final class ServicePdk {

  private static final LuaTable REQUEST = new Library("kong.service.request")
      .fn("set_method", args -> method(args, args.wire(1)))
      .fn("set_path", ServicePdk::path)
      .fn("set_raw_query", args -> query(args, args.wire(1)))
      .fn("set_query", args -> query(args, QueryTables.encode(args, args.table(1))))
      .fn("clear_query_arg", args -> query(args, UrlEncoded.without(upstream(args).query(), args.utf8(1))))
      .fn("set_header", args -> HeaderTables.set(upstream(args).headers(), args))
      .fn("add_header", args -> HeaderTables.add(upstream(args).headers(), args))
      .fn("clear_header", args -> HeaderTables.clear(upstream(args).headers(), args))
      .fn("set_headers", args -> HeaderTables.setAll(upstream(args).headers(), args))
      .fn("set_raw_body", args -> body(args, args.string(1)))
      .fn("set_body", ServicePdk::encodedBody)
      .fn("set_scheme", Targets::scheme)
      .missing("enable_buffering")
      .seal();

  private static final LuaTable RESPONSE = new Library("kong.service.response")
      .fn("get_status", args -> args.run().context().upstreamResponse().received()
          ? LuaValue.valueOf(args.run().context().upstreamResponse().status())
          : NIL)
      .fn("get_header", args -> HeaderTables.first(args.run().context().upstreamResponse().headers(), args))
      .fn("get_headers", args -> HeaderTables.all(args.run().context().upstreamResponse().headers(), args))
      .missing("get_raw_body", "get_body")
      .seal();

  static final LuaTable TABLE = new Library("kong.service")
      .value("request", REQUEST)
      .value("response", RESPONSE)
      .fn("set_target", Targets::target)
      .missing("set_upstream", "set_retries", "set_timeouts", "set_target_retry_callback",
          "set_tls_cert_key", "set_tls_verify", "set_tls_verify_depth", "set_tls_verify_store")
      .seal();

  private ServicePdk() {}

  static UpstreamRequest upstream(Args args) {
    return args.run().context().upstreamRequest();
  }

  static Varargs method(Args args, String method) {
    upstream(args).method(method.toUpperCase(Locale.ROOT));
    return NONE;
  }

  private static Varargs path(Args args) {
    String path = args.utf8(1);
    if (!path.startsWith("/")) {
      throw args.error("path must start with /");
    }
    upstream(args).path(path);
    return NONE;
  }

  /** Bytes that may not stand in a request line are escaped. */
  static Varargs query(Args args, String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 127 || c == '#') {
        out.append(QueryTables.escape(String.valueOf(c), ""));
      } else {
        out.append(c);
      }
    }
    upstream(args).query(out.toString());
    return NONE;
  }

  static Varargs body(Args args, LuaString text) {
    Buffer body = Text.buffer(text);
    args.run().guard().allocate(text.m_length);
    upstream(args).body(body);
    args.run().state().body = Optional.of(body);
    args.run().state().bodyTooLong = false;
    return NONE;
  }

  private static Varargs encodedBody(Args args) {
    String type = args.optString(2).map(Text::wire)
        .or(() -> upstream(args).headers().get("content-type"))
        .orElse("");
    if (type.isEmpty()) {
      return varargsOf(NIL, LuaValue.valueOf("content type was neither explicitly given as an argument or received as a header"));
    }
    Varargs encoded = Bodies.encode(args, args.table(1), type);
    body(args, encoded.arg1().checkstring());
    upstream(args).headers().set("content-type", Text.wire(encoded.arg(2).checkstring()));
    return TRUE;
  }
}
