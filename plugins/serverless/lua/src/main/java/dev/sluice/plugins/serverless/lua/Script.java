package dev.sluice.plugins.serverless.lua;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A chunk on one event loop. When its first call gives back a function, that is what is called from then on, with
 * whatever it has closed over.
 */
final class Script {

  private LuaFunction function;
  private boolean settled;

  Script(LuaFunction function) {
    this.function = function;
  }

  void call() {
    if (settled) {
      function.invoke(LuaValue.NONE).eval();
      return;
    }
    LuaValue result = function.invoke(LuaValue.NONE).eval().arg1();
    settled = true;
    if (result instanceof LuaFunction inner) {
      function = inner;
      inner.invoke(LuaValue.NONE).eval();
    }
  }

  /**
   * Calls the function that the chunk gives back.
   *
   * @throws ScriptError when it gives back none
   */
  Varargs apply(Varargs arguments) {
    if (!settled) {
      LuaValue result = function.invoke(LuaValue.NONE).eval().arg1();
      if (!(result instanceof LuaFunction inner)) {
        throw new ScriptError(LuaValue.valueOf("the script gives back no function, but a " + result.typename()));
      }
      function = inner;
      settled = true;
    }
    return function.invoke(arguments).eval();
  }
}
