package dev.sluice.plugins.serverless.lua;

import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.varargsOf;

/** The library {@code string}, within bounds. */
final class StringLibrary {

  static final LuaTable TABLE = new Library("string")
      .fn("byte", StringLibrary::bytes)
      .fn("char", StringLibrary::chars)
      .fn("find", args -> find(args, true))
      .fn("format", Formats::format)
      .fn("gmatch", StringLibrary::gmatch)
      .fn("gsub", StringLibrary::gsub)
      .fn("len", args -> LuaValue.valueOf(args.string(1).m_length))
      .fn("lower", args -> mapped(args, 'A', 'Z', 32))
      .fn("match", args -> find(args, false))
      .fn("rep", StringLibrary::rep)
      .fn("reverse", StringLibrary::reverse)
      .fn("sub", StringLibrary::sub)
      .fn("upper", args -> mapped(args, 'a', 'z', -32))
      .seal();

  private static final int MOST_RESULTS = 8000;
  private static final String SPECIAL = "^$*+?.([%-";

  static {
    // What ("x"):rep(3) looks in. It is one for all scripts, and none of them can change it.
    LuaString.s_metatable = new Library("string").value("__index", TABLE).value("__metatable", LuaValue.FALSE).seal();
  }

  private StringLibrary() {}

  /** Has the methods of texts known; anything that runs scripts calls it first. */
  static LuaTable load() {
    return TABLE;
  }

  private static Varargs bytes(Args args) {
    LuaString text = args.string(1);
    int from = start(args.optInteger(2, 1), text.m_length);
    int to = end(args.optInteger(3, args.has(2) ? args.integer(2) : 1), text.m_length);
    int count = to - from + 1;
    if (count <= 0) {
      return NONE;
    }
    if (count > MOST_RESULTS) {
      throw args.error("string slice too long");
    }
    args.run().guard().allocate(16L * count);
    LuaValue[] values = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = LuaValue.valueOf(text.luaByte(from - 1 + i));
    }
    return varargsOf(values);
  }

  private static Varargs chars(Args args) {
    byte[] bytes = new byte[args.count()];
    args.run().guard().allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int c = args.integer(i + 1);
      if (c < 0 || c > 255) {
        throw args.bad(i + 1, "invalid value");
      }
      bytes[i] = (byte) c;
    }
    return LuaString.valueUsing(bytes);
  }

  private static Varargs rep(Args args) {
    LuaString text = args.string(1);
    long times = (long) Math.max(0, Math.min(args.number(2), Integer.MAX_VALUE));
    LuaString between = args.optString(3).orElse(LuaValue.EMPTYSTRING);
    if (times == 0) {
      return LuaValue.EMPTYSTRING;
    }
    long length = text.m_length * times + between.m_length * (times - 1);
    args.run().guard().allocate(length);
    args.run().guard().charge(Math.min(times, length) / 8);
    if (length == 0) {
      return LuaValue.EMPTYSTRING;
    }
    byte[] bytes = new byte[(int) length];
    int at = 0;
    for (long i = 0; i < times; i++) {
      System.arraycopy(text.m_bytes, text.m_offset, bytes, at, text.m_length);
      at += text.m_length;
      if (i < times - 1) {
        System.arraycopy(between.m_bytes, between.m_offset, bytes, at, between.m_length);
        at += between.m_length;
      }
    }
    return LuaString.valueUsing(bytes);
  }

  private static Varargs reverse(Args args) {
    LuaString text = args.string(1);
    args.run().guard().allocate(text.m_length);
    byte[] bytes = new byte[text.m_length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.luaByte(text.m_length - 1 - i);
    }
    return LuaString.valueUsing(bytes);
  }

  private static Varargs sub(Args args) {
    LuaString text = args.string(1);
    int from = start(args.optInteger(2, 1), text.m_length);
    int to = end(args.optInteger(3, -1), text.m_length);
    args.run().guard().allocate(32);
    return from > to ? LuaValue.EMPTYSTRING : text.substring(from - 1, to);
  }

  private static Varargs mapped(Args args, char first, char last, int shift) {
    LuaString text = args.string(1);
    args.run().guard().allocate(text.m_length);
    byte[] bytes = Text.bytes(text);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= first && bytes[i] <= last) {
        bytes[i] = (byte) (bytes[i] + shift);
      }
    }
    return LuaString.valueUsing(bytes);
  }

  private static int start(int index, int length) {
    return index > 0 ? index : index == 0 ? 1 : Math.max(1, length + index + 1);
  }

  private static int end(int index, int length) {
    return index >= 0 ? Math.min(index, length) : length + index + 1;
  }

  private static Varargs find(Args args, boolean find) {
    LuaString text = args.string(1);
    LuaString pattern = args.string(2);
    int from = start(args.optInteger(3, 1), text.m_length) - 1;
    if (from > text.m_length) {
      return NIL;
    }
    if (find && (args.at(4).toboolean() || pattern.indexOfAny(LuaValue.valueOf(SPECIAL)) < 0)) {
      return plain(args, text, pattern, from);
    }
    boolean anchored = pattern.m_length > 0 && pattern.luaByte(0) == '^';
    PatternMatch search = new PatternMatch(args, text, pattern);
    for (int at = from; at <= text.m_length; at++) {
      int end = search.match(at, anchored ? 1 : 0);
      if (end >= 0) {
        return find
            ? varargsOf(LuaValue.valueOf(at + 1), LuaValue.valueOf(end), search.all(at, end, false))
            : search.all(at, end, true);
      }
      if (anchored) {
        break;
      }
    }
    return NIL;
  }

  private static Varargs plain(Args args, LuaString text, LuaString pattern, int from) {
    args.run().guard().charge((long) (text.m_length - from) / 4 * (1 + pattern.m_length / 8));
    int at = text.indexOf(pattern, from);
    return at < 0 ? NIL : varargsOf(LuaValue.valueOf(at + 1), LuaValue.valueOf(at + pattern.m_length));
  }

  private static Varargs gmatch(Args args) {
    LuaString text = args.string(1);
    LuaString pattern = args.string(2);
    int[] next = {0};
    return new Fn("string.gmatch_iterator", call -> {
      PatternMatch search = new PatternMatch(call, text, pattern);
      for (int at = next[0]; at <= text.m_length; at++) {
        int end = search.match(at, 0);
        if (end >= 0) {
          next[0] = end == at ? end + 1 : end;
          return search.all(at, end, true);
        }
      }
      next[0] = text.m_length + 1;
      return NIL;
    });
  }

  private static Varargs gsub(Args args) {
    LuaString text = args.string(1);
    LuaString pattern = args.string(2);
    LuaValue replacement = args.at(3);
    if (!(replacement instanceof LuaFunction) && !replacement.istable() && !replacement.isstring()) {
      throw args.wrong(3, "string/function/table");
    }
    int most = args.optInteger(4, Integer.MAX_VALUE);
    boolean anchored = pattern.m_length > 0 && pattern.luaByte(0) == '^';
    PatternMatch search = new PatternMatch(args, text, pattern);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    int count = 0;
    while (count < most) {
      int end = search.match(at, anchored ? 1 : 0);
      if (end >= 0) {
        count++;
        append(args, out, replaced(args, search, replacement, at, end));
      }
      if (end > at) {
        at = end;
      } else if (at < text.m_length) {
        out.write(text.luaByte(at++));
      } else {
        break;
      }
      if (anchored) {
        break;
      }
    }
    if (at < text.m_length) {
      append(args, out, text.substring(at, text.m_length));
    }
    return varargsOf(LuaString.valueUsing(out.toByteArray()), LuaValue.valueOf(count));
  }

  private static void append(Args args, ByteArrayOutputStream out, LuaString text) {
    args.run().guard().allocate(2L * text.m_length);
    out.write(text.m_bytes, text.m_offset, text.m_length);
  }

  private static LuaString replaced(Args args, PatternMatch search, LuaValue replacement, int from, int end) {
    LuaValue value;
    if (replacement instanceof LuaFunction function) {
      value = function.invoke(search.all(from, end, true)).arg1();
    } else if (replacement.istable()) {
      value = replacement.get(search.capture(0, from, end));
    } else {
      return filled(args, search, args.string(3), from, end);
    }
    if (!value.toboolean()) {
      return args.string(1).substring(from, end);
    }
    if (!value.isstring()) {
      throw args.error("invalid replacement value (a " + value.typename() + ")");
    }
    return BaseLibrary.tostring(args, value);
  }

  private static LuaString filled(Args args, PatternMatch search, LuaString template, int from, int end) {
    if (template.indexOf((byte) '%', 0) < 0) {
      return template;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < template.m_length; i++) {
      int c = template.luaByte(i);
      if (c != '%') {
        out.write(c);
        continue;
      }
      int next = ++i < template.m_length ? template.luaByte(i) : 0;
      if (next == '0') {
        append(args, out, args.string(1).substring(from, end));
      } else if (next >= '1' && next <= '9') {
        append(args, out, BaseLibrary.tostring(args, search.capture(next - '1', from, end)));
      } else if (next == '%') {
        out.write('%');
      } else {
        throw args.error("invalid use of '%' in replacement string");
      }
    }
    args.run().guard().allocate(out.size());
    return LuaString.valueUsing(out.toByteArray());
  }
}
