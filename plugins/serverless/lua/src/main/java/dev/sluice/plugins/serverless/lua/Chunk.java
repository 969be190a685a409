package dev.sluice.plugins.serverless.lua;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.LuaC;

/**
 * A script, compiled. Immutable: each event loop makes functions of its own from it.
 *
 * @param code what runs
 * @param words the texts that stand in the script: names of fields that it reads are among them
 */
record Chunk(Prototype code, Set<String> words) {

  private static final int NAME_LENGTH = 43;
  private static final int LONGEST = 1 << 20;

  /**
   * Compiles a script. Only text is taken, never code that has been compiled elsewhere.
   *
   * @throws IllegalArgumentException when it is none; the message is Lua's
   */
  static Chunk compile(String script) {
    String name = name(script);
    if (script.length() > LONGEST) {
      throw new IllegalArgumentException(name + ":1: chunk has too many lines");
    }
    Source source = new Source(script);
    try {
      Prototype code = LuaC.instance.compile(source, "=?");
      Set<String> words = new HashSet<>();
      adopt(code, LuaValue.valueOf(name), words);
      return new Chunk(code, Set.copyOf(words));
    } catch (LuaError wrong) {
      throw new IllegalArgumentException(source.message(name, String.valueOf(wrong.getMessage())), wrong);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (StackOverflowError deep) {
      throw new IllegalArgumentException(name + ":1: chunk has too many syntax levels", deep);
    } catch (RuntimeException inside) {
      throw new IllegalArgumentException(name + ":1: malformed chunk", inside);
    }
  }

  private static void adopt(Prototype code, LuaString name, Set<String> words) {
    code.source = name;
    for (LuaValue constant : code.k) {
      if (constant instanceof LuaString text) {
        words.add(Text.wire(text));
      }
    }
    for (Prototype inner : code.p) {
      adopt(inner, name, words);
    }
  }

  private static String name(String script) {
    int line = 0;
    while (line < script.length() && script.charAt(line) != '\n' && script.charAt(line) != '\r') {
      line++;
    }
    int length = Math.min(line, NAME_LENGTH);
    return "[string \"" + script.substring(0, length) + (length < script.length() ? "..." : "") + "\"]";
  }

  /** Whether the script names one of these. */
  boolean mentions(String... names) {
    for (String name : names) {
      if (words.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** A function with globals of its own, in front of those that all scripts share. */
  LuaFunction instantiate(LuaTable shared, Guard guard) {
    Globals globals = new Globals();
    globals.debuglib = guard;
    globals.rawset("_G", globals);
    LuaTable behind = new LuaTable(0, 1);
    behind.rawset("__index", shared);
    globals.setmetatable(behind);
    return new LuaClosure(code, globals);
  }
}
