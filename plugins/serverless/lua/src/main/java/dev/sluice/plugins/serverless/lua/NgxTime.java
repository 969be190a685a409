package dev.sluice.plugins.serverless.lua;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

/** The time in {@code ngx}. */
final class NgxTime {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
  private static final DateTimeFormatter COOKIE =
      DateTimeFormatter.ofPattern("EEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ROOT);

  private NgxTime() {}

  static void into(Library ngx) {
    ngx.fn("now", args -> LuaValue.valueOf(args.run().now() / 1000))
        .fn("time", args -> LuaValue.valueOf(Math.floor(args.run().now() / 1000)))
        .fn("update_time", args -> NONE)
        .fn("today", args -> text(now(args).atZone(ZoneId.systemDefault()), DAY))
        .fn("localtime", args -> text(now(args).atZone(ZoneId.systemDefault()), SECOND))
        .fn("utctime", args -> text(now(args).atZone(ZoneOffset.UTC), SECOND))
        .fn("http_time", args -> text(given(args), HTTP))
        .fn("cookie_time", args -> text(given(args), COOKIE))
        .fn("parse_http_time", NgxTime::parse);
  }

  private static Instant now(Args args) {
    return Instant.ofEpochMilli((long) args.run().now());
  }

  private static ZonedDateTime given(Args args) {
    return Instant.ofEpochSecond(args.integer(1)).atZone(ZoneOffset.UTC);
  }

  private static LuaValue text(ZonedDateTime when, DateTimeFormatter format) {
    Run.current().guard().charge(20);
    return LuaValue.valueOf(format.format(when));
  }

  private static Varargs parse(Args args) {
    try {
      return LuaValue.valueOf((double) ZonedDateTime.parse(args.wire(1), HTTP.withZone(ZoneOffset.UTC)).toEpochSecond());
    } catch (DateTimeParseException none) {
      return NIL;
    }
  }
}
