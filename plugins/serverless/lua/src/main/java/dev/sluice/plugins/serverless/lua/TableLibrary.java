package dev.sluice.plugins.serverless.lua;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.luaj.vm2.Buffer;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

/** The library {@code table}, with LuaJIT's functions. */
final class TableLibrary {

  static final LuaTable TABLE = new Library("table")
      .fn("clear", TableLibrary::clear)
      .fn("clone", args -> copy(args, args.table(1), new LuaTable()))
      .fn("concat", TableLibrary::concat)
      .fn("foreach", TableLibrary::foreach)
      .fn("foreachi", TableLibrary::foreachi)
      .fn("getn", args -> LuaValue.valueOf(args.table(1).rawlen()))
      .fn("insert", TableLibrary::insert)
      .fn("isarray", args -> LuaValue.valueOf(count(args) == args.table(1).rawlen()))
      .fn("isempty", args -> LuaValue.valueOf(args.table(1).next(NIL).arg1().isnil()))
      .fn("maxn", TableLibrary::maxn)
      .fn("move", TableLibrary::move)
      .fn("new", args -> new LuaTable())
      .fn("nkeys", args -> LuaValue.valueOf(count(args)))
      .fn("pack", TableLibrary::pack)
      .fn("remove", TableLibrary::remove)
      .fn("sort", TableLibrary::sort)
      .fn("unpack", BaseLibrary::unpack)
      .seal();

  private static final int SLOT = 32;

  private TableLibrary() {}

  static Varargs clear(Args args) {
    LuaTable table = args.table(1);
    for (LuaValue key : keys(args, table)) {
      table.rawset(key, NIL);
    }
    return NONE;
  }

  /** Copies all fields from one table to another. */
  static LuaTable copy(Args args, LuaTable from, LuaTable to) {
    for (LuaValue key : keys(args, from)) {
      to.rawset(key, from.rawget(key));
    }
    return to;
  }

  private static List<LuaValue> keys(Args args, LuaTable table) {
    List<LuaValue> keys = new ArrayList<>();
    for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      args.run().guard().charge(1);
      args.run().guard().allocate(SLOT);
      keys.add(entry.arg1());
    }
    return keys;
  }

  private static int count(Args args) {
    int count = 0;
    LuaTable table = args.table(1);
    for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      args.run().guard().charge(1);
      count++;
    }
    return count;
  }

  private static Varargs concat(Args args) {
    LuaTable table = args.table(1);
    LuaString between = args.optString(2).orElse(LuaValue.EMPTYSTRING);
    int from = args.optInteger(3, 1);
    int to = args.optInteger(4, table.rawlen());
    Buffer out = new Buffer();
    for (long i = from; i <= to; i++) {
      args.run().guard().charge(1);
      LuaValue value = table.get((int) i);
      if (!value.isstring()) {
        throw args.error("invalid value (" + value.typename() + ") at index " + i + " in table for 'concat'");
      }
      LuaString text = value instanceof LuaNumber number ? Numbers.text(number) : value.checkstring();
      args.run().guard().allocate(2L * text.m_length + (i < to ? between.m_length : 0));
      out.append(text);
      if (i < to) {
        out.append(between);
      }
    }
    return out.tostring();
  }

  private static Varargs foreach(Args args) {
    LuaTable table = args.table(1);
    LuaFunction function = args.function(2);
    for (LuaValue key : keys(args, table)) {
      LuaValue result = function.call(key, table.rawget(key));
      if (!result.isnil()) {
        return result;
      }
    }
    return NONE;
  }

  private static Varargs foreachi(Args args) {
    LuaTable table = args.table(1);
    LuaFunction function = args.function(2);
    for (int i = 1; i <= table.rawlen(); i++) {
      args.run().guard().charge(1);
      LuaValue result = function.call(LuaValue.valueOf(i), table.rawget(i));
      if (!result.isnil()) {
        return result;
      }
    }
    return NONE;
  }

  private static Varargs insert(Args args) {
    LuaTable table = args.table(1);
    int length = table.rawlen();
    args.run().guard().allocate(SLOT);
    if (args.count() == 2) {
      table.rawset(length + 1, args.at(2));
      return NONE;
    }
    if (args.count() != 3) {
      throw args.error("wrong number of arguments to 'insert'");
    }
    int at = args.integer(2);
    args.run().guard().charge(Math.max(0, length - (long) at) / 2);
    for (int i = length; i >= at; i--) {
      table.rawset(i + 1, table.rawget(i));
    }
    table.rawset(at, args.at(3));
    return NONE;
  }

  private static Varargs remove(Args args) {
    LuaTable table = args.table(1);
    int length = table.rawlen();
    int at = args.optInteger(2, length);
    if (at < 1 || at > length) {
      return args.has(2) ? table.rawget(at) : NIL;
    }
    args.run().guard().charge((length - at) / 2);
    LuaValue removed = table.rawget(at);
    for (int i = at; i < length; i++) {
      table.rawset(i, table.rawget(i + 1));
    }
    table.rawset(length, NIL);
    return removed;
  }

  private static Varargs maxn(Args args) {
    double most = 0;
    for (LuaValue key : keys(args, args.table(1))) {
      most = key instanceof LuaNumber number ? Math.max(most, number.todouble()) : most;
    }
    return LuaValue.valueOf(most);
  }

  private static Varargs move(Args args) {
    LuaTable from = args.table(1);
    int first = args.integer(2);
    int last = args.integer(3);
    int target = args.integer(4);
    LuaTable to = args.has(5) ? args.table(5) : from;
    long count = (long) last - first + 1;
    if (count > 0) {
      args.run().guard().charge(count);
      args.run().guard().allocate(SLOT * count);
      boolean forwards = target <= first || !to.raweq(from);
      for (int i = 0; i < count; i++) {
        int offset = forwards ? i : (int) count - 1 - i;
        to.set(target + offset, from.get(first + offset));
      }
    }
    return to;
  }

  private static Varargs pack(Args args) {
    args.run().guard().allocate((long) SLOT * args.count());
    LuaTable table = new LuaTable(args.count(), 1);
    for (int i = 1; i <= args.count(); i++) {
      table.rawset(i, args.at(i));
    }
    table.rawset("n", LuaValue.valueOf(args.count()));
    return table;
  }

  private static Varargs sort(Args args) {
    LuaTable table = args.table(1);
    int length = table.rawlen();
    args.run().guard().charge((long) length * (33 - Integer.numberOfLeadingZeros(length)) / 2);
    args.run().guard().allocate(16L * length);
    List<LuaValue> values = new ArrayList<>(length);
    for (int i = 1; i <= length; i++) {
      values.add(table.rawget(i));
    }
    LuaFunction own = args.has(2) ? args.function(2) : null;
    Comparator<LuaValue> order = (a, b) -> less(args, own, a, b) ? -1 : less(args, own, b, a) ? 1 : 0;
    try {
      values.sort(order);
    } catch (IllegalArgumentException inconsistent) {
      throw args.error("invalid order function for sorting");
    }
    for (int i = 1; i <= length; i++) {
      table.rawset(i, values.get(i - 1));
    }
    return NONE;
  }

  private static boolean less(Args args, LuaFunction own, LuaValue a, LuaValue b) {
    if (own != null) {
      return own.call(a, b).toboolean();
    }
    if (a instanceof LuaString one && b instanceof LuaString other) {
      args.run().guard().pass(Math.min(one.m_length, other.m_length));
    }
    return a.lt_b(b);
  }
}
