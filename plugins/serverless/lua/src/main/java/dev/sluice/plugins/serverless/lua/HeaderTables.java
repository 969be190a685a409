package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

/** Headers as tables, and tables as headers. */
final class HeaderTables {

  private static final int USUAL = 100;
  private static final int MOST = 1000;

  /** Names are looked up without regard to case, and with underscores for dashes. */
  private static final LuaTable LENIENT = new Library("headers")
      .fn("__index", args -> args.at(2) instanceof LuaString name
          ? args.table(1).rawget(Text.wire(normal(Text.wire(name))))
          : NIL)
      .seal();

  private HeaderTables() {}

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The first value of a header. */
  static LuaValue first(Headers headers, Args args) {
    return headers.get(args.wire(1)).map(Text::wire).map(LuaValue.class::cast).orElse(NIL);
  }

  /** All headers, up to as many as the first argument says. */
  static Varargs all(Headers headers, Args args) {
    int most = args.optInteger(1, USUAL);
    if (most < 1 || most > MOST) {
      throw args.error(most < 1 ? "max_headers must be >= 1" : "max_headers must be <= " + MOST);
    }
    LuaTable table = new LuaTable();
    int[] count = {0};
    headers.forEach((name, value) -> {
      if (count[0]++ < most) {
        args.run().guard().charge(4);
        args.run().guard().allocate(64L + name.length() + value.length());
        add(table, Text.wire(name.toLowerCase(Locale.ROOT)), Text.wire(value));
      }
    });
    table.setmetatable(LENIENT);
    return count[0] > most ? LuaValue.varargsOf(table, LuaValue.valueOf("truncated")) : table;
  }

  /** Adds a value to what a name has: the second makes a list. */
  static void add(LuaTable table, LuaValue name, LuaValue value) {
    LuaValue present = table.rawget(name);
    if (present.isnil()) {
      table.rawset(name, value);
    } else if (present instanceof LuaTable list) {
      list.rawset(list.rawlen() + 1, value);
    } else {
      LuaTable list = new LuaTable();
      list.rawset(1, present);
      list.rawset(2, value);
      table.rawset(name, list);
    }
  }

  static Varargs set(MutableHeaders headers, Args args) {
    LuaValue value = args.at(2);
    if (value instanceof LuaTable) {
      replace(headers, args, name(args, args.at(1)), value);
    } else {
      headers.set(name(args, args.at(1)), value(args, value));
    }
    return NONE;
  }

  static Varargs add(MutableHeaders headers, Args args) {
    String name = name(args, args.at(1));
    each(args, args.at(2), value -> headers.add(name, value));
    return NONE;
  }

  static Varargs clear(MutableHeaders headers, Args args) {
    headers.remove(name(args, args.at(1)));
    return NONE;
  }

  /** Sets all headers of a table. */
  static Varargs setAll(MutableHeaders headers, Args args) {
    lines(args, args.table(1), (name, value) -> replace(headers, args, name, value));
    return NONE;
  }

  /** Puts one value or a list in the place of a header; nil removes it. */
  static void replace(MutableHeaders headers, Args args, String name, LuaValue value) {
    headers.remove(name);
    if (!value.isnil()) {
      each(args, value, each -> headers.add(name, each));
    }
  }

  /** Visits the headers of a table. */
  static void lines(Args args, LuaTable table, BiConsumer<String, LuaValue> visitor) {
    for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      args.run().guard().charge(4);
      visitor.accept(name(args, entry.arg1()), entry.arg(2));
    }
  }

  /** Visits one value, or all of a list. */
  static void each(Args args, LuaValue value, Consumer<String> visitor) {
    if (value instanceof LuaTable list) {
      for (int i = 1; i <= list.rawlen(); i++) {
        args.run().guard().charge(4);
        visitor.accept(value(args, list.rawget(i)));
      }
    } else {
      visitor.accept(value(args, value));
    }
  }

  private static String name(Args args, LuaValue name) {
    if (!(name instanceof LuaString text)) {
      throw args.error("invalid header name \"" + name.tojstring() + "\": got " + name.typename()
          + ", expected string");
    }
    return Text.wire(text);
  }

  private static String value(Args args, LuaValue value) {
    if (value instanceof LuaString text) {
      return Text.wire(text).strip();
    }
    if (value instanceof LuaNumber || value instanceof LuaBoolean) {
      return Text.wire(BaseLibrary.tostring(args, value));
    }
    throw args.error("invalid header value: got " + value.typename()
        + ", expected array of string, string, number or boolean");
  }
}
