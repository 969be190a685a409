package dev.sluice.plugins.serverless.lua;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/**
 * Watches the instructions of scripts, of one event loop. Each costs one unit; what takes time by the length of its
 * operands costs more, and so do library functions. When the units of a call are spent it ends with an
 * {@link Abort.Limit}, whatever the script does about errors.
 */
final class Guard extends DebugLib {

  /** Units that one call of a script has. */
  static final int UNITS = 100_000;

  /** Bytes of strings and tables that one call of a script may make. */
  static final long MEMORY = 16L << 20;

  /** Functions that may be under way at once. */
  static final int DEPTH = 200;

  /** A last resort, should a unit cost far more time than it should. */
  private static final long NANOS = 250_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int CLOCK_EVERY = 2048;
  private static final int BYTES_A_UNIT = 64;
  private static final int SLOT = 32;
  private static final int CONSTANT = 0xFF;

  private LuaClosure[] closures = new LuaClosure[16];
  private LuaValue[][] stacks = new LuaValue[16][];
  private Varargs[] varargs = new Varargs[16];
  private int[] counters = new int[16];
  private int[] code = {};
  private int depth = -1;
  private int libraries;
  private int left;
  private int nextLook;
  private long deadline;
  private long memory;
  private String failedAt = "";

  /** Begins a call. */
  void begin() {
    depth = -1;
    libraries = 0;
    left = UNITS;
    nextLook = UNITS - CLOCK_EVERY;
    deadline = 0;
    memory = MEMORY;
  }

  /** Forgets what the last call has left behind. */
  void end() {
    Arrays.fill(closures, null);
    Arrays.fill(stacks, null);
    Arrays.fill(varargs, null);
    depth = -1;
  }

  /** Units spent since the call began. */
  int spent() {
    return UNITS - left;
  }

  /** Takes units. */
  void charge(long units) {
    if (units > left) {
      throw new Abort.Limit(where(1) + "instruction limit exceeded");
    }
    left -= (int) units;
    if (left < nextLook) {
      look();
    }
  }

  /** A function of the library begins: they may call scripts that call them, without a function of a script between. */
  void enter(int units) {
    charge(units);
    if (libraries >= DEPTH) {
      throw new ScriptError(LuaValue.valueOf(where(1) + "stack overflow"));
    }
    libraries++;
  }

  /** It ends. */
  void leave() {
    libraries--;
  }

  /** Takes units for a pass over so many bytes. */
  void pass(long bytes) {
    charge(bytes / BYTES_A_UNIT);
  }

  /** Takes memory, and the units that it takes to fill it. */
  void allocate(long bytes) {
    if (bytes > memory) {
      throw new Abort.Limit(where(1) + "memory limit exceeded");
    }
    memory -= bytes;
    charge(bytes / BYTES_A_UNIT);
  }

  private void look() {
    nextLook = left - CLOCK_EVERY;
    long now = processorTime();
    if (deadline == 0) {
      deadline = now + NANOS;
    } else if (now - deadline > 0) {
      throw new Abort.Limit(where(1) + "time limit exceeded");
    }
  }

  /** Of this thread: that others had the processor is no fault of the script. */
  private static long processorTime() {
    long nanos = THREADS.getCurrentThreadCpuTime();
    return nanos < 0 ? System.nanoTime() : nanos;
  }

  @Override
  public void onCall(LuaClosure closure, Varargs more, LuaValue[] stack) {
    if (depth + 1 >= DEPTH) {
      throw new ScriptError(LuaValue.valueOf(where(1) + "stack overflow"));
    }
    depth++;
    if (depth == closures.length) {
      closures = Arrays.copyOf(closures, 2 * depth);
      stacks = Arrays.copyOf(stacks, 2 * depth);
      varargs = Arrays.copyOf(varargs, 2 * depth);
      counters = Arrays.copyOf(counters, 2 * depth);
    }
    closures[depth] = closure;
    stacks[depth] = stack;
    varargs[depth] = more;
    counters[depth] = 0;
    code = closure.p.code;
    charge(1 + stack.length / 8);
  }

  @Override
  public void onReturn() {
    depth--;
    code = depth >= 0 ? closures[depth].p.code : new int[0];
  }

  @Override
  public void onInstruction(int pc, Varargs open, int top) {
    if (--left < nextLook) {
      if (left < 0) {
        throw new Abort.Limit(where(1) + "instruction limit exceeded");
      }
      look();
    }
    counters[depth] = pc;
    int instruction = code[pc];
    switch (instruction & 0x3f) {
      case Lua.OP_CONCAT -> concat(instruction);
      case Lua.OP_EQ, Lua.OP_LT, Lua.OP_LE -> compare(instruction);
      case Lua.OP_GETTABLE, Lua.OP_GETTABUP -> text(register(Lua.GETARG_C(instruction)));
      case Lua.OP_SETTABLE, Lua.OP_SETTABUP -> {
        text(register(Lua.GETARG_B(instruction)));
        memory(SLOT);
      }
      case Lua.OP_ADD, Lua.OP_SUB, Lua.OP_MUL, Lua.OP_DIV, Lua.OP_MOD, Lua.OP_POW -> {
        text(register(Lua.GETARG_B(instruction)));
        text(register(Lua.GETARG_C(instruction)));
      }
      case Lua.OP_UNM -> text(register(Lua.GETARG_B(instruction)));
      case Lua.OP_FORPREP -> {
        int a = Lua.GETARG_A(instruction);
        text(register(a));
        text(register(a + 1));
        text(register(a + 2));
      }
      case Lua.OP_NEWTABLE -> allocate(64 + (long) SLOT * (Lua.GETARG_B(instruction) + Lua.GETARG_C(instruction)));
      case Lua.OP_CLOSURE -> allocate(64);
      case Lua.OP_VARARG -> charge(varargs[depth].narg() / 8);
      case Lua.OP_CALL, Lua.OP_TAILCALL, Lua.OP_RETURN -> {
        if (Lua.GETARG_B(instruction) == 0) {
          charge(open.narg() / 8);
        }
      }
      case Lua.OP_SETLIST -> {
        int values = Lua.GETARG_B(instruction) == 0 ? open.narg() : Lua.GETARG_B(instruction);
        allocate((long) SLOT * values);
      }
      default -> { }
    }
  }

  /** Numbers become texts here as Lua writes them, since the interpreter has an opinion of its own. */
  private void concat(int instruction) {
    LuaValue[] stack = stacks[depth];
    long bytes = 0;
    for (int i = Lua.GETARG_B(instruction); i <= Lua.GETARG_C(instruction); i++) {
      if (stack[i] instanceof LuaNumber number) {
        stack[i] = Numbers.text(number);
      }
      bytes += stack[i] instanceof LuaString text ? text.m_length : 0;
    }
    allocate(bytes);
  }

  private void compare(int instruction) {
    if (register(Lua.GETARG_B(instruction)) instanceof LuaString one
        && register(Lua.GETARG_C(instruction)) instanceof LuaString other) {
      pass(Math.min(one.m_length, other.m_length));
    }
  }

  private void text(LuaValue operand) {
    if (operand instanceof LuaString text) {
      pass(text.m_length);
    }
  }

  private void memory(int bytes) {
    memory -= bytes;
    if (memory < 0) {
      throw new Abort.Limit(where(1) + "memory limit exceeded");
    }
  }

  private LuaValue register(int index) {
    return index > CONSTANT ? closures[depth].p.k[index & CONSTANT] : stacks[depth][index];
  }

  /**
   * Where the script is.
   *
   * @param level 1 for the function that runs, 2 for the one that has called it
   * @return ends with a colon and a blank; empty when nobody is there
   */
  String where(int level) {
    int frame = depth - level + 1;
    if (level <= 0 || frame < 0) {
      return "";
    }
    Prototype function = closures[frame].p;
    int pc = counters[frame];
    boolean known = function.lineinfo != null && pc < function.lineinfo.length;
    return function.source.tojstring() + ":" + (known ? function.lineinfo[pc] : 0) + ": ";
  }

  /** The interpreter asks for this as soon as it has an error of its own, and before it leaves the function. */
  @Override
  public String traceback(int level) {
    failedAt = where(1);
    return "";
  }

  /** The value that an error has for a script. */
  LuaValue value(LuaError error) {
    if (error instanceof ScriptError) {
      return error.getMessageObject();
    }
    String text = String.valueOf(error.getMessage()).strip();
    String interpreters = failedAt.isEmpty() ? "" : failedAt.substring(0, failedAt.length() - 2) + " ";
    return Text.utf8(text.startsWith(interpreters) ? failedAt + text.substring(interpreters.length()) : text);
  }

  /** The call is no function of a script. */
  @Override
  public LuaValue call(LuaValue name, LuaValue environment) {
    return new LuaTable();
  }
}
