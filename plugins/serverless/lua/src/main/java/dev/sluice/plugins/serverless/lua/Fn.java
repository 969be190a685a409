package dev.sluice.plugins.serverless.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** A function of the library. It has no state: all scripts of all event loops share it. */
final class Fn extends VarArgFunction {

  private static final int COST = 4;

  private final String label;
  private final Body body;

  /** What a function does. */
  @FunctionalInterface
  interface Body {
    /** Runs on the event loop of the script. */
    Varargs run(Args args);
  }

  Fn(String label, Body body) {
    this.label = label;
    this.body = body;
  }

  @Override
  public Varargs invoke(Varargs values) {
    Run run = Run.current();
    run.guard().enter(COST);
    Args args = new Args(label, run, values);
    try {
      return body.run(args);
    } catch (LuaError error) {
      throw error;
    } catch (RuntimeException wrong) {
      throw args.error(String.valueOf(wrong.getMessage()));
    } finally {
      run.guard().leave();
    }
  }

  @Override
  public String tojstring() {
    return "function: builtin: " + label;
  }
}
