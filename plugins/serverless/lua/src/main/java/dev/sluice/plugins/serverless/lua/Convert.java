package dev.sluice.plugins.serverless.lua;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Values of Lua from those of JSON, and back. */
final class Convert {

  /** {@code cjson.null} and {@code ngx.null}. */
  static final LuaValue NULL = new LuaUserdata(new Object()) {
    @Override
    public String tojstring() {
      return "userdata: NULL";
    }

    @Override
    public LuaValue setmetatable(LuaValue metatable) {
      return this;
    }
  };

  private static final int DEEPEST = 64;
  private static final long LARGEST_INTEGER = 1L << 53;

  private Convert() {}

  /** A value of Lua; null is {@link #NULL}. */
  static LuaValue lua(Object json) {
    if (json == null) {
      return NULL;
    }
    if (json instanceof String text) {
      return Text.utf8(text);
    }
    if (json instanceof Boolean flag) {
      return LuaValue.valueOf(flag);
    }
    if (json instanceof Number number) {
      return LuaValue.valueOf(number.doubleValue());
    }
    if (json instanceof Buffer bytes) {
      return Text.of(bytes);
    }
    if (json instanceof JsonObject object) {
      return map(object.getMap());
    }
    if (json instanceof Map<?, ?> map) {
      return map(map);
    }
    if (json instanceof JsonArray array) {
      return list(array.getList());
    }
    return json instanceof List<?> list ? list(list) : Text.utf8(json.toString());
  }

  private static LuaTable map(Map<?, ?> map) {
    Guard guard = Run.current().guard();
    // Keys may be chosen by a client so that they collide: a table of many costs more than its share.
    guard.charge(2L * map.size() + (long) map.size() * map.size() / 500);
    guard.allocate(64 + 40L * map.size());
    LuaTable table = new LuaTable(0, map.size());
    map.forEach((key, value) -> table.rawset(key(key), lua(value)));
    return table;
  }

  private static LuaValue key(Object key) {
    return key instanceof Number number ? LuaValue.valueOf(number.doubleValue()) : Text.utf8(String.valueOf(key));
  }

  private static LuaTable list(List<?> list) {
    Run.current().guard().allocate(64 + 64L * list.size());
    LuaTable table = new LuaTable(list.size(), 0);
    int index = 0;
    for (Object each : list) {
      table.rawset(++index, lua(each));
    }
    return table;
  }

  /** A value that other jars understand: no function is among them. */
  static Object plain(LuaValue value) {
    return plain(value, DEEPEST);
  }

  private static Object plain(LuaValue value, int levels) {
    if (value instanceof LuaString text) {
      Run.current().guard().allocate(text.m_length);
      return Text.strictUtf8(text).map(Object.class::cast).orElseGet(() -> Text.buffer(text));
    }
    if (value instanceof LuaBoolean flag) {
      return flag.toboolean();
    }
    if (value instanceof LuaNumber number) {
      return number(number);
    }
    if (!(value instanceof LuaTable table)) {
      return value.raweq(NULL) ? "" : value.tojstring();
    }
    if (levels == 0) {
      throw new ScriptError(LuaValue.valueOf("excessive nesting"));
    }
    int length = table.rawlen();
    Map<Object, Object> map = new LinkedHashMap<>();
    List<Object> list = new ArrayList<>();
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      Run.current().guard().allocate(96);
      LuaValue key = entry.arg1();
      if (entry.arg(2) instanceof LuaFunction) {
        continue;
      }
      map.put(key instanceof LuaNumber number ? number(number) : key.tojstring(), plain(entry.arg(2), levels - 1));
    }
    if (length > 0 && length == map.size()) {
      for (int i = 1; i <= length; i++) {
        list.add(map.get((long) i));
      }
      return list.contains(null) ? map : list;
    }
    return map;
  }

  /** A number as JSON writes it: whole ones without a point. */
  static Number number(LuaNumber number) {
    double value = number.todouble();
    boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_INTEGER;
    return whole ? (Number) (long) value : (Number) value;
  }
}
