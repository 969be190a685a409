package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.UrlEncoded;
import java.util.TreeMap;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;

/** Arguments of queries and forms as tables, and tables as arguments. */
final class QueryTables {

  private static final String HEX = "0123456789ABCDEF";

  private QueryTables() {}

  /** The arguments of a text: one without an equals sign is true, one that repeats is a list. */
  static LuaTable parse(Args args, String text, int most) {
    args.run().guard().allocate(4L * text.length());
    args.run().guard().charge(text.length() / 8);
    LuaTable table = new LuaTable();
    int count = 0;
    for (int from = 0; from < text.length() && count < most;) {
      int amp = text.indexOf('&', from);
      int end = amp < 0 ? text.length() : amp;
      if (end > from) {
        int equals = text.indexOf('=', from);
        boolean valued = equals >= 0 && equals < end;
        LuaString name = Text.utf8(UrlEncoded.decode(text.substring(from, valued ? equals : end)));
        if (name.m_length > 0) {
          args.run().guard().charge(2);
          HeaderTables.add(table, name,
              valued ? Text.utf8(UrlEncoded.decode(text.substring(equals + 1, end))) : TRUE);
          count++;
        }
      }
      from = end + 1;
    }
    return table;
  }

  /** Arguments as a text, sorted by name. */
  static String encode(Args args, LuaTable table) {
    TreeMap<String, LuaValue> sorted = new TreeMap<>();
    for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      args.run().guard().charge(4);
      if (!entry.arg1().isstring()) {
        throw args.error("arg keys must be strings");
      }
      sorted.put(Text.wire(BaseLibrary.tostring(args, entry.arg1())), entry.arg(2));
    }
    StringBuilder out = new StringBuilder();
    sorted.forEach((name, value) -> {
      if (value instanceof LuaTable list) {
        for (int i = 1; i <= list.rawlen(); i++) {
          append(args, out, name, list.rawget(i));
        }
      } else {
        append(args, out, name, value);
      }
    });
    args.run().guard().allocate(out.length());
    return out.toString();
  }

  private static void append(Args args, StringBuilder out, String name, LuaValue value) {
    if (value.raweq(LuaBoolean.FALSE)) {
      return;
    }
    out.append(out.length() == 0 ? "" : "&").append(escape(name, ""));
    if (value instanceof LuaString || value instanceof LuaNumber) {
      out.append('=').append(escape(Text.wire(BaseLibrary.tostring(args, value)), ""));
    } else if (!value.raweq(LuaBoolean.TRUE)) {
      throw args.error("arg values must be strings, numbers, booleans or arrays of them, got " + value.typename());
    }
  }

  /** Escapes all bytes that are not unreserved, save some. */
  static String escape(String wire, String save) {
    StringBuilder out = new StringBuilder(wire.length() + 8);
    for (int i = 0; i < wire.length(); i++) {
      char c = wire.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
      if (plain || save.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  /** Undoes escapes, byte for byte; a plus sign is a blank. */
  static LuaString unescape(LuaString text) {
    byte[] bytes = new byte[text.m_length];
    int length = 0;
    for (int i = 0; i < text.m_length; i++) {
      int c = text.luaByte(i);
      int high = c == '%' && i + 2 < text.m_length ? Character.digit(text.luaByte(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(text.luaByte(i + 2), 16) : -1;
      if (low >= 0) {
        bytes[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    return LuaString.valueOf(bytes, 0, length);
  }
}
