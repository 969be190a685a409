package dev.sluice.plugins.serverless.lua;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A table of functions that scripts can read and not change, since they all share it. */
final class Library extends LuaTable {

  private final String path;
  private Function<LuaValue, LuaValue> reader = key -> NIL;
  private BiConsumer<LuaValue, LuaValue> writer;
  private LuaValue callable = NIL;
  private boolean sealed;

  Library(String path) {
    this.path = path;
    this.writer = (key, value) -> {
      throw new ScriptError(Text.utf8(Run.current().guard().where(1)
          + "Cannot modify " + (path.isEmpty() ? "" : path + ".") + key.tojstring() + ". Protected by the sandbox."));
    };
  }

  Library fn(String name, Fn.Body body) {
    return value(name, new Fn(path.isEmpty() ? name : path + "." + name, body));
  }

  Library value(String name, LuaValue value) {
    super.rawset(valueOf(name), value);
    return this;
  }

  /** Names that Kong knows and this gateway has nothing for: to call one says so. */
  Library missing(String... names) {
    for (String name : names) {
      fn(name, args -> {
        throw args.error(args.function() + " is not available in this gateway");
      });
    }
    return this;
  }

  /** What names are that the table does not hold, and what it is to set one. */
  Library dynamic(Function<LuaValue, LuaValue> read, BiConsumer<LuaValue, LuaValue> write) {
    reader = read;
    writer = write;
    return this;
  }

  /** As the other, for what can only be read. */
  Library dynamic(Function<LuaValue, LuaValue> read) {
    reader = read;
    return this;
  }

  /** What it is to call the table itself; the function gets the table as its first argument. */
  Library callable(Fn.Body body) {
    callable = new Fn(path, body);
    return this;
  }

  /** A part of the library of which nothing is here: to look into it says so. */
  static Library absent(String path) {
    return new Library(path).dynamic(key -> {
      throw new ScriptError(Text.utf8(Run.current().guard().where(1)
          + path + "." + key.tojstring() + " is not available in this gateway"));
    }).seal();
  }

  Library seal() {
    sealed = true;
    return this;
  }

  @Override
  public LuaValue get(int key) {
    return get(valueOf(key));
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue found = super.rawget(key);
    return found.isnil() ? reader.apply(key) : found;
  }

  @Override
  public void set(int key, LuaValue value) {
    writer.accept(valueOf(key), value);
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    writer.accept(key, value);
  }

  @Override
  public void rawset(int key, LuaValue value) {
    rawset(valueOf(key), value);
  }

  @Override
  public void rawset(LuaValue key, LuaValue value) {
    if (sealed) {
      writer.accept(key, value);
    } else {
      super.rawset(key, value);
    }
  }

  @Override
  public LuaValue setmetatable(LuaValue metatable) {
    throw new ScriptError(valueOf("cannot change a protected metatable"));
  }

  @Override
  public LuaValue metatag(LuaValue tag) {
    return tag.raweq(CALL) ? callable : NIL;
  }
}
