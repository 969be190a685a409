package dev.sluice.plugins.serverless.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** An error of a script's own, or of a function that it has called: its value is all there is to say. */
final class ScriptError extends LuaError {

  private static final long serialVersionUID = 1L;

  ScriptError(LuaValue value) {
    super(value);
  }

  /** Nobody looks at the Java stack of a script. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
