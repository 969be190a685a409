package dev.sluice.plugins.serverless.lua;

import java.util.Optional;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The arguments of a function of the library, with Lua's messages for wrong ones.
 *
 * @param function its name, as scripts know it
 * @param run the call of the script
 * @param values counted from 1
 */
record Args(String function, Run run, Varargs values) {

  int count() {
    return values.narg();
  }

  LuaValue at(int index) {
    return values.arg(index);
  }

  boolean has(int index) {
    return !at(index).isnil();
  }

  LuaString string(int index) {
    if (at(index) instanceof LuaString text) {
      return text;
    }
    if (at(index) instanceof LuaNumber number) {
      return Numbers.text(number);
    }
    throw wrong(index, "string");
  }

  Optional<LuaString> optString(int index) {
    return has(index) ? Optional.of(string(index)) : Optional.empty();
  }

  /** One character for a byte. */
  String wire(int index) {
    return Text.wire(string(index));
  }

  String utf8(int index) {
    return Text.utf8(string(index));
  }

  double number(int index) {
    if (at(index) instanceof LuaNumber number) {
      return number.todouble();
    }
    LuaValue read = at(index) instanceof LuaString text ? text.tonumber() : LuaValue.NIL;
    if (read.isnil()) {
      throw wrong(index, "number");
    }
    return read.todouble();
  }

  /** A whole number, cut to the range of an {@code int}. */
  int integer(int index) {
    return (int) number(index);
  }

  int optInteger(int index, int otherwise) {
    return has(index) ? integer(index) : otherwise;
  }

  LuaTable table(int index) {
    if (at(index) instanceof LuaTable table) {
      return table;
    }
    throw wrong(index, "table");
  }

  LuaFunction function(int index) {
    if (at(index) instanceof LuaFunction found) {
      return found;
    }
    throw wrong(index, "function");
  }

  LuaValue any(int index) {
    if (index > count()) {
      throw bad(index, "value expected");
    }
    return at(index);
  }

  ScriptError wrong(int index, String expected) {
    return bad(index, expected + " expected, got " + (index > count() ? "no value" : at(index).typename()));
  }

  ScriptError bad(int index, String message) {
    String last = function.substring(function.lastIndexOf('.') + 1);
    return error("bad argument #" + index + " to '" + last + "' (" + message + ")");
  }

  /** An error at the line that has called the function. */
  ScriptError error(String message) {
    return new ScriptError(Text.utf8(run.guard().where(1) + message));
  }
}
