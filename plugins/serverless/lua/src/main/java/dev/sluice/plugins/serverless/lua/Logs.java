package dev.sluice.plugins.serverless.lua;

import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import static org.luaj.vm2.LuaValue.NONE;

/** What scripts write to the node's log. */
final class Logs {

  private static final Logger log = LoggerFactory.getLogger("dev.sluice.plugins.serverless.lua");

  /** A line of the log is dear: it is written while the event loop waits. */
  private static final int COST = 200;

  private static final int LONGEST = 4096;
  private static final int DEEPEST = 8;

  private Logs() {}

  /** A script has failed where its failure stops nothing. */
  static void failed(FunctionFilter filter, ScriptFailure failure) {
    log.error("[{}] {}", filter.name(), failure.getMessage());
  }

  static Varargs print(Args args) {
    return write(args, Level.INFO, 1, "\t");
  }

  /** Writes all arguments from one on. */
  static Varargs write(Args args, Level level, int from, String between) {
    args.run().guard().charge(COST);
    if (!log.isEnabledForLevel(level)) {
      return NONE;
    }
    StringBuilder line = new StringBuilder();
    for (int i = from; i <= args.count() && line.length() < LONGEST; i++) {
      line.append(i == from ? "" : between).append(Text.utf8(BaseLibrary.tostring(args, args.at(i))));
    }
    line(args, level, line);
    return NONE;
  }

  /** Writes what values hold; the first argument is the function itself. */
  static Varargs inspect(Args args) {
    args.run().guard().charge(COST);
    StringBuilder line = new StringBuilder();
    for (int i = 2; i <= args.count(); i++) {
      show(args, args.at(i), line.append(i == 2 ? "" : ", "), 0);
    }
    line(args, Level.DEBUG, line);
    return NONE;
  }

  private static void line(Args args, Level level, StringBuilder line) {
    line.setLength(Math.min(line.length(), LONGEST));
    for (int i = 0; i < line.length(); i++) {
      // Nobody shall begin a line of the log who only has a say in one.
      char c = line.charAt(i);
      if (c < ' ' && c != '\t' || c == 127) {
        line.setCharAt(i, ' ');
      }
    }
    String where = args.run().guard().where(1);
    log.atLevel(level).log("[{}] {}{}", args.run().filter().name(), where.replace('\n', ' '), line);
  }

  private static void show(Args args, LuaValue value, StringBuilder out, int level) {
    args.run().guard().charge(1);
    if (out.length() > LONGEST) {
      return;
    }
    if (value instanceof LuaString text) {
      out.append('"').append(Text.utf8(text)).append('"');
    } else if (value instanceof LuaTable table && level < DEEPEST) {
      out.append("{ ");
      boolean first = true;
      for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
        out.append(first ? "" : ", ");
        first = false;
        if (!(entry.arg1() instanceof LuaNumber)) {
          out.append(Text.utf8(BaseLibrary.tostring(args, entry.arg1()))).append(" = ");
        }
        show(args, entry.arg(2), out, level + 1);
      }
      out.append(" }");
    } else {
      out.append(value instanceof LuaTable ? "{...}" : Text.utf8(BaseLibrary.tostring(args, value)));
    }
  }
}
