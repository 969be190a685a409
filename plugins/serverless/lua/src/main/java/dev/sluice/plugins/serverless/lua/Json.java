package dev.sluice.plugins.serverless.lua;

import io.vertx.core.json.DecodeException;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

/** The module {@code cjson}. */
final class Json {

  static final LuaTable CJSON = module("cjson");
  static final LuaTable SAFE = module("cjson.safe");

  private static final int DEEPEST = 100;
  private static final int BYTES_A_UNIT = 8;
  private static final String HEX = "0123456789abcdef";

  private Json() {}

  private static LuaTable module(String name) {
    boolean safe = name.endsWith("safe");
    return new Library(name)
        .fn("encode", args -> guarded(args, safe, Json::encode))
        .fn("decode", args -> guarded(args, safe, Json::decode))
        .fn("encode_empty_table_as_object", args -> NIL)
        .fn("encode_number_precision", args -> LuaValue.valueOf(14))
        .missing("decode_array_with_array_mt", "encode_sparse_array", "encode_max_depth", "decode_max_depth",
            "encode_keep_buffer", "encode_invalid_numbers", "decode_invalid_numbers")
        .fn("new", args -> name.endsWith("safe") ? SAFE : CJSON)
        .value("null", Convert.NULL)
        .value("array_mt", arrayMt())
        .value("empty_array", emptyArray())
        .value("empty_array_mt", arrayMt())
        .value("_NAME", LuaValue.valueOf("cjson"))
        .seal();
  }

  private static LuaValue arrayMt() {
    return Arrays.METATABLE;
  }

  private static LuaValue emptyArray() {
    return Arrays.EMPTY;
  }

  /** Apart, so that they are there before the modules are. */
  private static final class Arrays {
    static final LuaTable METATABLE = new Library("array_mt").seal();
    static final LuaTable EMPTY = new Library("empty_array").seal();
  }

  private static Varargs guarded(Args args, boolean safe, Fn.Body body) {
    if (!safe) {
      return body.run(args);
    }
    try {
      return body.run(args);
    } catch (ScriptError wrong) {
      return varargsOf(NIL, wrong.getMessageObject());
    }
  }

  private static Varargs encode(Args args) {
    StringBuilder out = new StringBuilder();
    new Encoder(args, out).value(args.any(1), 0);
    LuaString text = LuaString.valueUsing(latin(out));
    args.run().guard().allocate(text.m_length);
    return text;
  }

  private static byte[] latin(StringBuilder out) {
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Varargs decode(Args args) {
    LuaString text = args.string(1);
    return parse(args, text);
  }

  /** The value that a text is. */
  static LuaValue parse(Args args, LuaString text) {
    args.run().guard().charge(text.m_length / BYTES_A_UNIT);
    args.run().guard().allocate(2L * text.m_length);
    try {
      return Convert.lua(io.vertx.core.json.Json.decodeValue(Text.buffer(text)));
    } catch (DecodeException wrong) {
      throw args.error("Expected value but found invalid token at character 1");
    }
  }

  /** A value as JSON, in bytes. */
  static LuaString text(Args args, LuaValue value) {
    StringBuilder out = new StringBuilder();
    new Encoder(args, out).value(value, 0);
    return LuaString.valueUsing(latin(out));
  }

  /** Writes JSON, one character for a byte. */
  private record Encoder(Args args, StringBuilder out) {

    void value(LuaValue value, int level) {
      args.run().guard().charge(2);
      if (value instanceof LuaString text) {
        string(text);
      } else if (value instanceof LuaNumber number) {
        number(number);
      } else if (value instanceof LuaBoolean || value.raweq(Convert.NULL) || value.isnil()) {
        out.append(value instanceof LuaBoolean ? value.tojstring() : "null");
      } else if (value instanceof LuaTable table) {
        table(table, level);
      } else {
        throw args.error("Cannot serialise " + value.typename() + ": type not supported");
      }
    }

    private void number(LuaNumber number) {
      if (!Numbers.special(number.todouble()).isEmpty()) {
        throw args.error("Cannot serialise number: must not be NaN or Infinity");
      }
      out.append(Text.wire(Numbers.text(number)));
    }

    private void table(LuaTable table, int level) {
      if (level >= DEEPEST) {
        throw args.error("Cannot serialise, excessive depth (" + level + ")");
      }
      int length = arrayLength(table);
      if (length >= 0) {
        out.append('[');
        for (int i = 1; i <= length; i++) {
          out.append(i == 1 ? "" : ",");
          value(table.rawget(i), level + 1);
        }
        out.append(']');
        return;
      }
      out.append('{');
      boolean first = true;
      for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
        out.append(first ? "" : ",");
        first = false;
        key(entry.arg1());
        out.append(':');
        value(entry.arg(2), level + 1);
      }
      out.append('}');
    }

    private void key(LuaValue key) {
      if (key instanceof LuaString text) {
        string(text);
      } else if (key instanceof LuaNumber number) {
        out.append('"').append(Numbers.show(number.todouble())).append('"');
      } else {
        throw args.error("Cannot serialise " + key.typename() + ": table key must be a number or string");
      }
    }

    /** How long an array is; -1 for an object. */
    private int arrayLength(LuaTable table) {
      if (Arrays.EMPTY.raweq(table) || Arrays.METATABLE.raweq(table.getmetatable())) {
        return table.rawlen();
      }
      int count = 0;
      double most = 0;
      for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
        args.run().guard().charge(1);
        if (!(entry.arg1() instanceof LuaNumber number) || number.todouble() < 1
            || number.todouble() != Math.rint(number.todouble())) {
          return -1;
        }
        most = Math.max(most, number.todouble());
        count++;
      }
      if (most > 10 && most > 2.0 * count) {
        throw args.error("Cannot serialise table: excessively sparse array");
      }
      return count == 0 ? -1 : (int) most;
    }

    private void string(LuaString text) {
      args.run().guard().allocate(2L + text.m_length);
      out.append('"');
      for (int i = 0; i < text.m_length; i++) {
        int c = text.luaByte(i);
        switch (c) {
          case '"', '\\', '/' -> out.append('\\').append((char) c);
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          case '\t' -> out.append("\\t");
          case '\b' -> out.append("\\b");
          case '\f' -> out.append("\\f");
          default -> {
            if (c < ' ' || c == 127) {
              out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
              out.append((char) c);
            }
          }
        }
      }
      out.append('"');
    }
  }
}
