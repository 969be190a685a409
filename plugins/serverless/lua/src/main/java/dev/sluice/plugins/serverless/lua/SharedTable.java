package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.SharedValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code kong.ctx.shared} of one request in one jar. Tables of Lua cannot leave the jar, so what a script leaves behind
 * is told to the others as plain values when it ends, and what others have left is taken in when a script looks.
 */
final class SharedTable {

  private final LuaTable table = new LuaTable();
  private Set<String> told = Set.of();
  private long version;
  private boolean touched;

  /** The table, up to date with what others have left. */
  LuaTable open(RequestContext context) {
    if (!touched) {
      touched = true;
      context.get(SharedValues.KEY).filter(values -> values.version() != version).ifPresent(this::take);
    }
    return table;
  }

  /** Tells the others, after a script has ended. */
  void close(RequestContext context) {
    if (!touched) {
      return;
    }
    touched = false;
    Map<String, Object> plain = new HashMap<>();
    LuaValue key = LuaValue.NIL;
    for (Varargs entry = table.next(key); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      if (entry.arg1() instanceof LuaString name && !(entry.arg(2) instanceof LuaFunction)) {
        tell(plain, Text.utf8(name), entry.arg(2));
      }
    }
    told = Set.copyOf(plain.keySet());
    SharedValues values = SharedValues.of(context);
    if (!plain.equals(values.all())) {
      values.replace(plain);
    }
    version = values.version();
  }

  /** What is nested too deep, as a table that holds itself is, stays in this jar. */
  private static void tell(Map<String, Object> plain, String name, LuaValue value) {
    try {
      plain.put(name, Convert.plain(value));
    } catch (ScriptError nested) {
      plain.remove(name);
    }
  }

  private void take(SharedValues values) {
    Map<String, Object> all = values.all();
    LuaValue key = table.next(LuaValue.NIL).arg1();
    while (!key.isnil()) {
      LuaValue next = table.next(key).arg1();
      if (key instanceof LuaString name && told.contains(Text.utf8(name)) && !all.containsKey(Text.utf8(name))) {
        table.rawset(key, LuaValue.NIL);
      }
      key = next;
    }
    all.forEach((name, value) -> {
      LuaValue mine = table.rawget(Text.utf8(name));
      if (mine.isnil() || !Convert.plain(mine).equals(value)) {
        table.rawset(Text.utf8(name), Convert.lua(value));
      }
    });
    told = Set.copyOf(all.keySet());
    version = values.version();
  }
}
