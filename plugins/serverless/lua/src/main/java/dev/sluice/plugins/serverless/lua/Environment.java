package dev.sluice.plugins.serverless.lua;

import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What scripts find as globals beside their own. One for all: scripts can only read it. */
final class Environment {

  private static final LuaTable SANDBOX = globals(false);
  private static final LuaTable UNRESTRICTED = globals(true);

  private static final Map<String, LuaValue> MODULES = Map.ofEntries(
      Map.entry("cjson", Json.CJSON),
      Map.entry("cjson.safe", Json.SAFE),
      Map.entry("bit", MathLibrary.BIT),
      Map.entry("math", MathLibrary.MATH),
      Map.entry("string", StringLibrary.load()),
      Map.entry("table", TableLibrary.TABLE),
      Map.entry("table.new", TableLibrary.TABLE.get("new")),
      Map.entry("table.clear", TableLibrary.TABLE.get("clear")),
      Map.entry("table.clone", TableLibrary.TABLE.get("clone")),
      Map.entry("table.nkeys", TableLibrary.TABLE.get("nkeys")),
      Map.entry("table.isarray", TableLibrary.TABLE.get("isarray")),
      Map.entry("table.isempty", TableLibrary.TABLE.get("isempty")),
      Map.entry("ngx.base64", Encodings.BASE64));

  private Environment() {}

  static LuaTable of(UntrustedLua mode) {
    return mode == UntrustedLua.ON ? UNRESTRICTED : SANDBOX;
  }

  private static LuaTable globals(boolean unrestricted) {
    Library globals = new Library("");
    BaseLibrary.into(globals);
    if (unrestricted) {
      BaseLibrary.unrestrictedInto(globals);
    }
    for (String absent : new String[] {"coroutine", "debug", "io", "package"}) {
      globals.value(absent, Library.absent(absent));
    }
    return globals
        .value("bit", MathLibrary.BIT)
        .value("kong", KongLibrary.TABLE)
        .value("math", MathLibrary.MATH)
        .value("ngx", NgxLibrary.TABLE)
        .value("os", OsLibrary.TABLE)
        .value("string", StringLibrary.load())
        .value("table", TableLibrary.TABLE)
        .fn("require", Environment::require)
        .missing("dofile", "load", "loadfile", "loadstring", "collectgarbage")
        .seal();
  }

  private static Varargs require(Args args) {
    String name = args.utf8(1);
    FunctionFilter filter = args.run().filter();
    if (filter.mode() != UntrustedLua.ON && !filter.requires().contains(name)) {
      throw args.error("require '" + name + "' not allowed within sandbox");
    }
    LuaValue module = MODULES.get(name);
    if (module == null) {
      throw args.error("module '" + name + "' is not available in this gateway");
    }
    return module.isnil() ? LuaValue.valueOf(true) : module;
  }
}
