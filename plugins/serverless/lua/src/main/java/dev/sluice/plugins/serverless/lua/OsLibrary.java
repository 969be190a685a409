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

  private static final Map<Integer, String> FORMATS = Map.ofEntries(
      Map.entry((int) 'a', "EEE"), Map.entry((int) 'A', "EEEE"), Map.entry((int) 'b', "MMM"),
      Map.entry((int) 'B', "MMMM"), Map.entry((int) 'c', "EEE MMM d HH:mm:ss yyyy"), Map.entry((int) 'd', "dd"),
      Map.entry((int) 'D', "MM/dd/yy"), Map.entry((int) 'F', "yyyy-MM-dd"), Map.entry((int) 'H', "HH"),
      Map.entry((int) 'I', "hh"), Map.entry((int) 'j', "DDD"), Map.entry((int) 'm', "MM"), Map.entry((int) 'M', "mm"),
      Map.entry((int) 'p', "a"), Map.entry((int) 'S', "ss"), Map.entry((int) 'T', "HH:mm:ss"),
      Map.entry((int) 'x', "MM/dd/yy"), Map.entry((int) 'X', "HH:mm:ss"), Map.entry((int) 'y', "yy"),
      Map.entry((int) 'Y', "yyyy"), Map.entry((int) 'z', "xx"), Map.entry((int) 'Z', "zzz"));

  private OsLibrary() {}

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
      String known = FORMATS.get((int) letter);
      args.run().guard().charge(20);
      if (known != null) {
        out.append(DateTimeFormatter.ofPattern(known, Locale.ROOT).format(when));
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
