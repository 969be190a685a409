package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.ClientResponse;
import io.vertx.core.buffer.Buffer;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;

/** {@code kong.response}. */
final class ResponsePdk {

  static final LuaTable TABLE = new Library("kong.response")
      .fn("get_status", args -> LuaValue.valueOf(status(args.run())))
      .fn("get_header", args -> HeaderTables.first(response(args).headers(), args))
      .fn("get_headers", args -> HeaderTables.all(response(args).headers(), args))
      .fn("get_source", ResponsePdk::source)
      .fn("set_status", args -> {
        status(args.run(), args.integer(1));
        return NONE;
      })
      .fn("set_header", args -> HeaderTables.set(response(args).headers(), args))
      .fn("add_header", args -> HeaderTables.add(response(args).headers(), args))
      .fn("clear_header", args -> HeaderTables.clear(response(args).headers(), args))
      .fn("set_headers", args -> HeaderTables.setAll(response(args).headers(), args))
      .fn("exit", args -> {
        throw Answers.exit(args);
      })
      .fn("error", args -> {
        throw Answers.error(args);
      })
      .fn("get_raw_body", ResponsePdk::rawBody)
      .fn("set_raw_body", ResponsePdk::replaceBody)
      .seal();

  private static final int LONGEST = 8 << 20;

  private ResponsePdk() {}

  static ClientResponse response(Args args) {
    return args.run().context().response();
  }

  /** The status, or the one that an answer of the script is to have. */
  static int status(Run run) {
    return run.mayAnswer() ? run.status() : run.context().response().status();
  }

  static void status(Run run, int status) {
    if (run.mayAnswer()) {
      run.status(status);
    } else {
      run.context().response().status(status);
    }
  }

  private static Varargs source(Args args) {
    boolean exited = args.run().context().answered();
    return LuaValue.valueOf(response(args).fromUpstream() ? "service" : exited ? "exit" : "error");
  }

  /** Nothing passes until the last part is there; then it is all of them. */
  private static Varargs rawBody(Args args) {
    Run run = inBodyFilter(args);
    RequestState state = run.state();
    Buffer part = run.chunk().orElseGet(Buffer::buffer);
    if ((long) state.held.length() + part.length() > LONGEST) {
      throw args.error("response body is longer than " + LONGEST + " bytes");
    }
    state.held = state.held.length() == 0 ? part.copy() : state.held.appendBuffer(part);
    run.chunk(Buffer.buffer());
    if (!run.last()) {
      return NIL;
    }
    run.chunk(state.held);
    state.held = Buffer.buffer();
    run.guard().allocate(run.chunk().orElseThrow().length());
    return Text.of(run.chunk().orElseThrow());
  }

  private static Varargs replaceBody(Args args) {
    Run run = inBodyFilter(args);
    run.guard().allocate(args.string(1).m_length);
    run.chunk(run.last() ? Text.buffer(args.string(1)) : Buffer.buffer());
    return NONE;
  }

  private static Run inBodyFilter(Args args) {
    if (args.run().phase() != Phase.BODY_FILTER) {
      throw args.error("function cannot be called in " + Phases.name(args.run().phase())
          + " phase (only in: body_filter)");
    }
    return args.run();
  }
}
