package dev.sluice.plugins.serverless.lua;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

import static org.luaj.vm2.LuaValue.NIL;

/** What there is of the library {@code os}: time. */
final class OsLibrary {

  static final LuaTable TABLE = new Library("os")
      .fn("clock", args -> LuaValue.valueOf(System.nanoTime() / 1e9))
      .fn("date", OsLibrary::date)
      .fn("difftime", args -> LuaValue.valueOf(args.number(1) - (args.has(2) ? args.number(2) : 0)))
      .fn("time", OsLibrary::time)
      .seal();

  private static final Map<Character, DateTimeFormatter> FORMATS = Map.ofEntries(
      format('a', "EEE"), format('A', "EEEE"), format('b', "MMM"),
      format('B', "MMMM"), format('c', "EEE MMM d HH:mm:ss yyyy"), format('d', "dd"),
      format('D', "MM/dd/yy"), format('F', "yyyy-MM-dd"), format('H', "HH"),
      format('I', "hh"), format('j', "DDD"), format('m', "MM"), format('M', "mm"),
      format('p', "a"), format('S', "ss"), format('T', "HH:mm:ss"),
      format('x', "MM/dd/yy"), format('X', "HH:mm:ss"), format('y', "yy"),
      format('Y', "yyyy"), format('z', "xx"), format('Z', "zzz"));

  /** Units that one part of a date takes. */
  private static final int COST = 40;

  private OsLibrary() {}

  private static Map.Entry<Character, DateTimeFormatter> format(char letter, String pattern) {
    return Map.entry(letter, DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
  }

  private static LuaValue date(Args args) {
    String format = args.optString(1).map(Text::wire).orElse("%c");
    double seconds = args.has(2) ? args.number(2) : args.run().now() / 1000;
    boolean utc = format.startsWith("!");
    ZonedDateTime when;
    try {
      when = Instant.ofEpochSecond((long) seconds).atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault());
    } catch (DateTimeException beyond) {
      throw args.error("time result cannot be represented in this installation");
    }
    String rest = utc ? format.substring(1) : format;
    return rest.startsWith("*t") ? parts(when) : Text.utf8(format(args, rest, when));
  }

  private static LuaValue parts(ZonedDateTime when) {
    LuaTable table = new LuaTable();
    table.rawset("year", LuaValue.valueOf(when.getYear()));
    table.rawset("month", LuaValue.valueOf(when.getMonthValue()));
    table.rawset("day", LuaValue.valueOf(when.getDayOfMonth()));
    table.rawset("hour", LuaValue.valueOf(when.getHour()));
    table.rawset("min", LuaValue.valueOf(when.getMinute()));
    table.rawset("sec", LuaValue.valueOf(when.getSecond()));
    table.rawset("wday", LuaValue.valueOf(when.getDayOfWeek().getValue() % 7 + 1));
    table.rawset("yday", LuaValue.valueOf(when.getDayOfYear()));
    table.rawset("isdst", LuaValue.valueOf(when.getZone().getRules().isDaylightSavings(when.toInstant())));
    return table;
  }

  private static String format(Args args, String format, ZonedDateTime when) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char letter = format.charAt(++i);
      DateTimeFormatter known = FORMATS.get(letter);
      args.run().guard().charge(COST);
      if (known != null) {
        out.append(known.format(when));
      } else if (letter == 'w') {
        out.append(when.getDayOfWeek().getValue() % 7);
      } else if (letter == 's') {
        out.append(when.toEpochSecond());
      } else {
        out.append(letter == '%' ? "%" : "%" + letter);
      }
    }
    args.run().guard().allocate(out.length());
    return out.toString();
  }

  private static LuaValue time(Args args) {
    if (!args.has(1)) {
      return LuaValue.valueOf(Math.floor(args.run().now() / 1000));
    }
    LuaTable table = args.table(1);
    try {
      LocalDateTime start = LocalDateTime.of(field(args, table, "year", NIL), 1, 1, 0, 0);
      LocalDateTime when = start
          .plusMonths(field(args, table, "month", NIL) - 1L)
          .plusDays(field(args, table, "day", NIL) - 1L)
          .plusHours(field(args, table, "hour", LuaValue.valueOf(12)))
          .plusMinutes(field(args, table, "min", LuaValue.valueOf(0)))
          .plusSeconds(field(args, table, "sec", LuaValue.valueOf(0)));
      return LuaValue.valueOf((double) when.atZone(ZoneId.systemDefault()).toEpochSecond());
    } catch (DateTimeException beyond) {
      return NIL;
    }
  }

  private static int field(Args args, LuaTable table, String name, LuaValue otherwise) {
    LuaValue given = table.get(name);
    LuaValue value = given.isnil() ? otherwise : given;
    if (!value.isnumber()) {
      throw args.error("field '" + name + "' missing in date table");
    }
    return (int) value.todouble();
  }
}
