package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.luaj.vm2.LuaError;

/** The call of a script that is under way on an event loop. There is one object for each loop, used again and again. */
final class Run {

  private static final Map<Thread, Run> RUNS = new ConcurrentHashMap<>();

  private final Guard guard = new Guard();
  private final RegexCache regexes = new RegexCache();
  private RequestContext context;
  private FunctionFilter filter;

  /** What the script wants to be answered. */
  private Optional<Answer> answer = Optional.empty();

  /** What {@code ngx.say} has said. */
  private Optional<Buffer> said = Optional.empty();

  /** The status that the script has set before there was an answer. */
  private int status;

  /** The part of the body that passes, in that phase. */
  private Optional<Buffer> chunk = Optional.empty();

  private boolean last;

  private Run() {}

  /** That of the thread it is called on. */
  static Run current() {
    Run run = RUNS.get(Thread.currentThread());
    return run == null ? RUNS.computeIfAbsent(Thread.currentThread(), none -> new Run()) : run;
  }

  /** What a phase does with scripts. */
  @FunctionalInterface
  interface Work {
    /** Calls them. */
    void call();
  }

  /**
   * Runs scripts of a filter for a request.
   *
   * @throws ScriptFailure when one of them failed
   */
  void run(FunctionFilter owner, RequestContext request, Work work) {
    begin(owner, request);
    try {
      work.call();
    } catch (Abort.Exit over) {
      // The script has what it wants.
      guard.charge(0);
    } catch (Abort.Limit limit) {
      throw new ScriptFailure(limit.getMessage());
    } catch (LuaError error) {
      throw new ScriptFailure(guard.value(error).tojstring());
    } catch (StackOverflowError deep) {
      throw new ScriptFailure("stack overflow");
    } finally {
      end();
    }
  }

  private void begin(FunctionFilter owner, RequestContext request) {
    filter = owner;
    context = request;
    answer = Optional.empty();
    said = Optional.empty();
    status = 0;
    guard.begin();
  }

  private void end() {
    try {
      RequestState.find(context).ifPresent(state -> state.shared().close(context));
    } catch (Abort | LuaError tooMuch) {
      throw new ScriptFailure("kong.ctx.shared: " + tooMuch.getMessage());
    } finally {
      guard.end();
      context = null;
      filter = null;
    }
  }

  Guard guard() {
    return guard;
  }

  RegexCache regexes() {
    return regexes;
  }

  RequestContext context() {
    return context;
  }

  RequestState state() {
    return RequestState.of(context);
  }

  FunctionFilter filter() {
    return filter;
  }

  Phase phase() {
    return context.phase();
  }

  /** Milliseconds since the epoch. */
  double now() {
    return filter.lent().clock().millis();
  }

  /** Ends the script with an answer. */
  Abort.Exit exit(Answer given) {
    answer = Optional.of(given);
    return new Abort.Exit();
  }

  Optional<Answer> answer() {
    return answer;
  }

  void say(Buffer more) {
    said = Optional.of(said.orElseGet(Buffer::buffer).appendBuffer(more));
  }

  Optional<Buffer> said() {
    return said;
  }

  int status() {
    return status;
  }

  void status(int code) {
    status = code;
  }

  Optional<Buffer> chunk() {
    return chunk;
  }

  boolean last() {
    return last;
  }

  void chunk(Buffer part, boolean lastOne) {
    chunk = Optional.of(part);
    last = lastOne;
  }

  void chunk(Buffer part) {
    chunk = Optional.of(part);
  }

  /** What the body has become, given away. */
  Buffer takeChunk() {
    Buffer part = chunk.orElseGet(Buffer::buffer);
    chunk = Optional.empty();
    return part;
  }

  /** Whether the script may still answer in the place of the upstream. */
  boolean mayAnswer() {
    return List.of(Phase.REWRITE, Phase.ACCESS).contains(phase());
  }
}
