package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.ClientRequest;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.slf4j.event.Level;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;

/** The table {@code ngx}, as far as scripts use it that are found in the wild. */
final class NgxLibrary {

  private static final String[] METHODS = {
    "GET", "HEAD", "POST", "PUT", "DELETE", "MKCOL", "COPY", "MOVE", "OPTIONS", "PROPFIND", "PROPPATCH", "LOCK",
    "UNLOCK", "PATCH", "TRACE"
  };

  private static final Map<String, Integer> STATUSES = Map.ofEntries(
      Map.entry("CONTINUE", 100), Map.entry("SWITCHING_PROTOCOLS", 101), Map.entry("OK", 200),
      Map.entry("CREATED", 201), Map.entry("ACCEPTED", 202), Map.entry("NO_CONTENT", 204),
      Map.entry("PARTIAL_CONTENT", 206), Map.entry("SPECIAL_RESPONSE", 300), Map.entry("MOVED_PERMANENTLY", 301),
      Map.entry("MOVED_TEMPORARILY", 302), Map.entry("SEE_OTHER", 303), Map.entry("NOT_MODIFIED", 304),
      Map.entry("TEMPORARY_REDIRECT", 307), Map.entry("PERMANENT_REDIRECT", 308), Map.entry("BAD_REQUEST", 400),
      Map.entry("UNAUTHORIZED", 401), Map.entry("PAYMENT_REQUIRED", 402), Map.entry("FORBIDDEN", 403),
      Map.entry("NOT_FOUND", 404), Map.entry("NOT_ALLOWED", 405), Map.entry("NOT_ACCEPTABLE", 406),
      Map.entry("REQUEST_TIMEOUT", 408), Map.entry("CONFLICT", 409), Map.entry("GONE", 410),
      Map.entry("UPGRADE_REQUIRED", 426), Map.entry("TOO_MANY_REQUESTS", 429), Map.entry("CLOSE", 444),
      Map.entry("ILLEGAL", 451), Map.entry("INTERNAL_SERVER_ERROR", 500), Map.entry("METHOD_NOT_IMPLEMENTED", 501),
      Map.entry("NOT_IMPLEMENTED", 501), Map.entry("BAD_GATEWAY", 502), Map.entry("SERVICE_UNAVAILABLE", 503),
      Map.entry("GATEWAY_TIMEOUT", 504), Map.entry("VERSION_NOT_SUPPORTED", 505),
      Map.entry("INSUFFICIENT_STORAGE", 507));

  private static final Map<String, Integer> CODES = Map.ofEntries(
      Map.entry("OK", 0), Map.entry("ERROR", -1), Map.entry("AGAIN", -2), Map.entry("DONE", -4),
      Map.entry("DECLINED", -5), Map.entry("STDERR", 0), Map.entry("EMERG", 1), Map.entry("ALERT", 2),
      Map.entry("CRIT", 3), Map.entry("ERR", 4), Map.entry("WARN", 5), Map.entry("NOTICE", 6), Map.entry("INFO", 7),
      Map.entry("DEBUG", 8));

  static final LuaTable TABLE = ngx();

  private NgxLibrary() {}

  private static LuaTable ngx() {
    Library ngx = new Library("ngx");
    Encodings.into(ngx);
    NgxTime.into(ngx);
    STATUSES.forEach((name, status) -> ngx.value("HTTP_" + name, LuaValue.valueOf(status)));
    CODES.forEach((name, code) -> ngx.value(name, LuaValue.valueOf(code)));
    for (int i = 0; i < METHODS.length; i++) {
      ngx.value("HTTP_" + METHODS[i], LuaValue.valueOf(1 << i + 1));
    }
    ngx.value("null", Convert.NULL)
        .value("re", NgxRegex.TABLE)
        .value("req", req())
        .value("resp", new Library("ngx.resp")
            .fn("get_headers", args -> HeaderTables.all(ResponsePdk.response(args).headers(), args))
            .seal())
        .value("var", new Library("ngx.var").dynamic(key -> NgxVariables.variable(key.tojstring())).seal())
        .value("header", new Library("ngx.header").dynamic(NgxLibrary::header, NgxLibrary::setHeader).seal())
        .value("arg", new Library("ngx.arg").dynamic(NgxLibrary::argument, NgxLibrary::setArgument).seal())
        .value("config", new Library("ngx.config")
            .value("subsystem", LuaValue.valueOf("http"))
            .value("debug", LuaValue.FALSE)
            .seal())
        .fn("say", args -> say(args, true))
        .fn("print", args -> say(args, false))
        .fn("flush", args -> TRUE)
        .fn("eof", args -> TRUE)
        .fn("send_headers", args -> TRUE)
        .fn("exit", args -> {
          throw Answers.exitNgx(args);
        })
        .fn("redirect", args -> {
          throw Answers.redirect(args);
        })
        .fn("log", NgxLibrary::log)
        .fn("get_phase", args -> LuaValue.valueOf(Phases.name(args.run().phase())))
        .missing("sleep", "exec", "on_abort", "get_raw_phase");
    for (String absent : new String[] {"location", "shared", "socket", "thread", "timer", "worker", "semaphore"}) {
      ngx.value(absent, Library.absent("ngx." + absent));
    }
    return ngx.dynamic(NgxLibrary::field, NgxLibrary::setField).seal();
  }

  private static LuaValue field(LuaValue key) {
    Run run = Run.current();
    return switch (key.tojstring()) {
      case "ctx" -> run.state().ngx;
      case "status" -> LuaValue.valueOf(ResponsePdk.status(run));
      case "headers_sent" -> LuaValue.FALSE;
      default -> NIL;
    };
  }

  private static void setField(LuaValue key, LuaValue value) {
    Run run = Run.current();
    if (key.tojstring().equals("status") && value.isnumber()) {
      ResponsePdk.status(run, value.toint());
      return;
    }
    if (key.tojstring().equals("ctx") && value instanceof LuaTable table) {
      run.state().ngx = table;
      return;
    }
    throw new ScriptError(Text.utf8(run.guard().where(1)
        + "Cannot modify ngx." + key.tojstring() + ". Protected by the sandbox."));
  }

  private static LuaValue header(LuaValue key) {
    LuaTable values = new LuaTable();
    for (String value : Run.current().context().response().headers().getAll(headerName(key))) {
      HeaderTables.add(values, LuaValue.valueOf("v"), Text.wire(value));
    }
    return values.rawget("v");
  }

  private static void setHeader(LuaValue key, LuaValue value) {
    Args args = new Args("ngx.header", Run.current(), NONE);
    try {
      HeaderTables.replace(args.run().context().response().headers(), args, headerName(key), value);
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      throw args.error(String.valueOf(wrong.getMessage()));
    }
  }

  private static String headerName(LuaValue key) {
    return key.tojstring().replace('_', '-');
  }

  private static LuaValue argument(LuaValue key) {
    Run run = Run.current();
    if (run.chunk().isEmpty() || !(key instanceof LuaNumber)) {
      return NIL;
    }
    return key.toint() == 1 ? Text.of(run.chunk().get()) : key.toint() == 2 ? LuaValue.valueOf(run.last()) : NIL;
  }

  private static void setArgument(LuaValue key, LuaValue value) {
    Run run = Run.current();
    if (run.chunk().isPresent() && key.toint() == 1) {
      run.chunk(value.isnil() ? Buffer.buffer() : Text.buffer(value.checkstring()));
    } else if (key.toint() != 2) {
      throw new ScriptError(LuaValue.valueOf("ngx.arg can be set in the phase body_filter alone"));
    }
  }

  private static Varargs say(Args args, boolean line) {
    if (!args.run().mayAnswer()) {
      throw args.error("API disabled in the context of " + Phases.name(args.run().phase()) + "_by_lua*");
    }
    for (int i = 1; i <= args.count(); i++) {
      spoken(args, args.at(i));
    }
    args.run().say(Buffer.buffer(line ? "\n" : ""));
    return TRUE;
  }

  private static void spoken(Args args, LuaValue value) {
    if (value instanceof LuaTable list) {
      for (int i = 1; i <= list.rawlen(); i++) {
        args.run().guard().charge(1);
        LuaValue part = list.rawget(i);
        args.run().say(Text.buffer(BaseLibrary.tostring(args, part)));
      }
      return;
    }
    LuaString text = value.raweq(Convert.NULL) ? LuaValue.valueOf("null") : BaseLibrary.tostring(args, value);
    args.run().guard().allocate(text.m_length);
    args.run().say(Text.buffer(text));
  }

  private static Varargs log(Args args) {
    int level = args.integer(1);
    Level ours = level <= 4 ? Level.ERROR : level == 5 ? Level.WARN : level <= 7 ? Level.INFO : Level.DEBUG;
    return Logs.write(args, ours, 2, "");
  }

  private static LuaTable req() {
    return new Library("ngx.req")
        .fn("get_method", args -> Text.wire(request(args).method()))
        .fn("set_method", NgxLibrary::setMethod)
        .fn("get_headers", args -> HeaderTables.all(request(args).headers(), args))
        .fn("set_header", NgxLibrary::setRequestHeader)
        .fn("clear_header", args -> HeaderTables.clear(ServicePdk.upstream(args).headers(), args))
        .fn("get_uri_args", args ->
            QueryTables.parse(args, ServicePdk.upstream(args).query(), args.optInteger(1, 100)))
        .fn("set_uri_args", args -> ServicePdk.query(args, args.at(1) instanceof LuaTable table
            ? QueryTables.encode(args, table) : args.wire(1)))
        .fn("set_uri", args -> {
          ServicePdk.upstream(args).path(args.utf8(1));
          return NONE;
        })
        .fn("read_body", args -> NONE)
        .fn("discard_body", args -> NONE)
        .fn("get_body_data", NgxLibrary::bodyData)
        .fn("get_body_file", args -> NIL)
        .fn("get_post_args", args -> QueryTables.parse(args,
            Text.wire(Bodies.raw(args).arg1().optstring(LuaValue.EMPTYSTRING)), args.optInteger(1, 100)))
        .fn("set_body_data", args -> ServicePdk.body(args, args.string(1)))
        .fn("http_version", args -> LuaValue.valueOf(RequestPdk.version(request(args).version())))
        .fn("start_time", args -> LuaValue.valueOf(args.run().context().startedAtMillis() / 1000.0))
        .fn("is_internal", args -> LuaValue.FALSE)
        .missing("append_body", "finish_body", "init_body", "raw_header", "set_body_file", "socket")
        .seal();
  }

  private static ClientRequest request(Args args) {
    return args.run().context().request();
  }

  private static Varargs setMethod(Args args) {
    int number = args.integer(1);
    int index = Integer.numberOfTrailingZeros(Math.max(1, number)) - 1;
    if (index < 0 || index >= METHODS.length || number != 1 << index + 1) {
      throw args.error("unsupported HTTP method: " + number);
    }
    return ServicePdk.method(args, METHODS[index]);
  }

  private static Varargs setRequestHeader(Args args) {
    HeaderTables.replace(ServicePdk.upstream(args).headers(), args, args.wire(1), args.at(2));
    return NONE;
  }

  private static Varargs bodyData(Args args) {
    LuaValue body = Bodies.raw(args).arg1();
    return Optional.of(body).filter(text -> text instanceof LuaString some && some.m_length > 0).orElse(NIL);
  }
}
