package dev.sluice.plugins.serverless.lua;

import java.util.HexFormat;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

/** The functions that stand alone. */
final class BaseLibrary {

  /** To raise and to catch an error is dear: the interpreter looks at its own stack. */
  private static final int CAUGHT = 200;

  private static final int MOST_RESULTS = 8000;

  private BaseLibrary() {}

  static void into(Library library) {
    Fn next = new Fn("next", args -> args.table(1).next(args.at(2)));
    Fn step = new Fn("ipairs_iterator", args -> {
      int index = args.integer(2) + 1;
      LuaValue value = args.at(1).get(index);
      return value.isnil() ? NIL : varargsOf(LuaValue.valueOf(index), value);
    });
    library
        .value("_VERSION", LuaValue.valueOf("Lua 5.1"))
        .value("next", next)
        .fn("assert", BaseLibrary::asserted)
        .fn("error", BaseLibrary::error)
        .fn("ipairs", args -> varargsOf(step, args.table(1), LuaValue.valueOf(0)))
        .fn("pairs", args -> pairs(args, next))
        .fn("pcall", args -> protect(args, args.at(1), args.values().subargs(2), NIL))
        .fn("xpcall", args -> protect(args, args.at(1), args.values().subargs(3), args.at(2)))
        .fn("print", args -> Logs.print(args))
        .fn("select", BaseLibrary::select)
        .fn("tonumber", BaseLibrary::tonumber)
        .fn("tostring", args -> tostring(args, args.any(1)))
        .fn("type", args -> LuaValue.valueOf(args.any(1).raweq(Convert.NULL) ? "userdata" : args.at(1).typename()))
        .fn("unpack", BaseLibrary::unpack);
  }

  /** What scripts have beside it that are not in a sandbox. */
  static void unrestrictedInto(Library library) {
    library
        .fn("getmetatable", args -> {
          LuaValue found = args.any(1).getmetatable();
          LuaValue shown = found == null ? NIL : found.rawget("__metatable");
          return found == null ? NIL : shown.isnil() ? found : shown;
        })
        .fn("setmetatable", BaseLibrary::setmetatable)
        .fn("rawequal", args -> LuaValue.valueOf(args.any(1).raweq(args.any(2))))
        .fn("rawget", args -> args.table(1).rawget(args.any(2)))
        .fn("rawlen", args -> LuaValue.valueOf(args.at(1).rawlen()))
        .fn("rawset", args -> {
          args.run().guard().allocate(32);
          args.table(1).rawset(args.any(2), args.any(3));
          return args.at(1);
        });
  }

  private static Varargs setmetatable(Args args) {
    LuaTable table = args.table(1);
    if (args.has(2)) {
      args.table(2);
    }
    LuaValue present = table.getmetatable();
    if (present != null && !present.rawget("__metatable").isnil()) {
      throw args.error("cannot change a protected metatable");
    }
    return table.setmetatable(args.has(2) ? args.at(2) : null);
  }

  private static Varargs asserted(Args args) {
    if (args.any(1).toboolean()) {
      return args.values();
    }
    if (args.count() > 1) {
      throw new ScriptError(args.at(2));
    }
    throw new ScriptError(LuaValue.valueOf("assertion failed!"));
  }

  private static Varargs error(Args args) {
    LuaValue value = args.at(1);
    boolean placed = value instanceof LuaString || value instanceof LuaNumber;
    String where = placed ? args.run().guard().where(args.optInteger(2, 1)) : "";
    if (where.isEmpty()) {
      throw new ScriptError(value);
    }
    LuaString text = args.string(1);
    args.run().guard().allocate((long) where.length() + text.m_length);
    throw new ScriptError(Text.utf8(where).concat(text));
  }

  private static Varargs protect(Args args, LuaValue function, Varargs given, LuaValue handler) {
    try {
      return varargsOf(TRUE, function.invoke(given).eval());
    } catch (LuaError error) {
      args.run().guard().charge(CAUGHT);
      LuaValue value = args.run().guard().value(error);
      return varargsOf(FALSE, handler.isnil() ? value : handler.call(value));
    }
  }

  private static Varargs pairs(Args args, Fn next) {
    LuaValue own = args.any(1).metatag(LuaValue.valueOf("__pairs"));
    return own.isnil() ? varargsOf(next, args.table(1), NIL) : own.invoke(args.at(1)).subargs(1);
  }

  private static Varargs select(Args args) {
    if (args.at(1) instanceof LuaString text && text.m_length == 1 && text.luaByte(0) == '#') {
      return LuaValue.valueOf(args.count() - 1);
    }
    int from = args.integer(1);
    if (from < 0) {
      from = args.count() + from;
    }
    if (from < 1) {
      throw args.bad(1, "index out of range");
    }
    args.run().guard().charge(args.count() / 8);
    return args.values().subargs(Math.min(from, args.count()) + 1);
  }

  private static Varargs tonumber(Args args) {
    LuaValue value = args.any(1);
    if (!args.has(2) || args.integer(2) == 10) {
      if (value instanceof LuaString text) {
        args.run().guard().pass(text.m_length);
        return text.tonumber();
      }
      return value instanceof LuaNumber ? value : NIL;
    }
    int base = args.integer(2);
    if (base < 2 || base > 36) {
      throw args.bad(2, "base out of range");
    }
    String digits = args.wire(1).strip();
    try {
      return digits.isEmpty() || digits.length() > 64 ? NIL : LuaValue.valueOf((double) Long.parseLong(digits, base));
    } catch (NumberFormatException none) {
      return NIL;
    }
  }

  static Varargs unpack(Args args) {
    LuaTable table = args.table(1);
    double from = args.has(2) ? args.number(2) : 1;
    double to = args.has(3) ? args.number(3) : table.rawlen();
    if (to - from >= MOST_RESULTS) {
      throw args.error("too many results to unpack");
    }
    int count = (int) (to - from + 1);
    if (count <= 0) {
      return NONE;
    }
    args.run().guard().allocate(16L * count);
    LuaValue[] values = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = table.get((int) from + i);
    }
    return varargsOf(values);
  }

  /** A value as a text, as {@code tostring} has it. */
  static LuaString tostring(Args args, LuaValue value) {
    if (value instanceof LuaString text) {
      return text;
    }
    if (value instanceof LuaNumber number) {
      return Numbers.text(number);
    }
    if (value instanceof LuaBoolean || value.isnil()) {
      return LuaValue.valueOf(value.tojstring());
    }
    LuaValue own = value.metatag(LuaValue.valueOf("__tostring"));
    if (own.isnil()) {
      return Text.utf8(value instanceof LuaTable || value.isclosure()
          ? value.typename() + ": 0x" + HexFormat.of().toHexDigits(System.identityHashCode(value)) : value.tojstring());
    }
    LuaValue text = own.call(value);
    if (!text.isstring()) {
      throw args.error("'tostring' must return a string to 'print'");
    }
    return text instanceof LuaNumber number ? Numbers.text(number) : text.checkstring();
  }
}
