package dev.sluice.plugins.serverless.lua;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

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
}
