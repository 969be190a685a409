package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The scripts of one configuration, by phase. */
final class FunctionFilter {

  private static final int SHORTEST_LIMIT = 1 << 20;
  private static final int LONGEST_LIMIT = 8 << 20;

  private final String name;
  private final String id;
  private final FunctionConfig config;
  private final PluginContext lent;
  private final UntrustedLua mode;
  private final Set<String> requires;
  private final Trusted trusted;
  private final int longestBody;
  private final boolean rewriteReadsBody;
  private final boolean accessReadsBody;

  private volatile JsonObject configuration;

  /** Each event loop has scripts of its own. */
  private final Map<Thread, Map<String, Script[]>> scripts = new ConcurrentHashMap<>();

  FunctionFilter(String name, String id, FunctionConfig config, PluginContext lent, UntrustedLua mode) {
    this.name = name;
    this.id = id;
    this.config = config;
    this.lent = lent;
    this.mode = mode;
    this.requires = new HashSet<>(List.of(setting("untrusted_lua_sandbox_requires").strip().split("\\s*,\\s*", -1)));
    this.trusted = new Trusted(setting("trusted_ips"));
    this.longestBody = size(setting("client_body_buffer_size"));
    this.rewriteReadsBody = config.mention(List.of("rewrite"), Bodies.READERS);
    this.accessReadsBody = config.mention(List.of("access", "header_filter", "body_filter", "log"), Bodies.READERS);
  }

  private String setting(String key) {
    return lent.node().setting(key).orElse("");
  }

  private static int size(String text) {
    String number = text.replaceAll("\\D", "");
    long unit = switch (text.toLowerCase(Locale.ROOT).replaceAll("[\\d\\s]", "")) {
      case "k" -> 1L << 10;
      case "m" -> 1L << 20;
      case "g" -> 1L << 30;
      default -> 1;
    };
    long bytes = number.isEmpty() || number.length() > 9 ? 0 : Long.parseLong(number) * unit;
    return (int) Math.max(SHORTEST_LIMIT, Math.min(LONGEST_LIMIT, bytes));
  }

  String name() {
    return name;
  }

  String id() {
    return id;
  }

  PluginContext lent() {
    return lent;
  }

  /** The settings of the node, which cost something to be shown. */
  JsonObject configuration() {
    JsonObject shown = configuration;
    if (shown == null) {
      shown = lent.node().configuration();
      configuration = shown;
    }
    return shown;
  }

  UntrustedLua mode() {
    return mode;
  }

  Set<String> requires() {
    return requires;
  }

  Trusted trusted() {
    return trusted;
  }

  /** Whether a script wants to see the body of the answer, or may put another in its place. */
  boolean filtersBody() {
    return !config.of("body_filter").isEmpty() || config.mention(List.of("header_filter"), "exit", "error");
  }

  Future<Void> rewrite(RequestContext context) {
    if (config.of("rewrite").isEmpty()) {
      return Filters.CONTINUE;
    }
    return rewriteReadsBody ? afterBody(context, "rewrite") : answering(context, "rewrite");
  }

  Future<Void> access(RequestContext context) {
    if (config.of("access").isEmpty() && !accessReadsBody) {
      return Filters.CONTINUE;
    }
    return accessReadsBody ? afterBody(context, "access") : answering(context, "access");
  }

  private Future<Void> afterBody(RequestContext context, String field) {
    if (!context.request().hasBody()) {
      return answering(context, field);
    }
    return context.request().body(longestBody).transform(read -> {
      RequestState state = RequestState.of(context);
      if (read.succeeded()) {
        state.body = Optional.of(read.result());
      } else if (read.cause() instanceof BodyTooLargeException) {
        state.bodyTooLong = true;
      } else {
        return Future.failedFuture(read.cause());
      }
      return answering(context, field);
    });
  }

  private Future<Void> answering(RequestContext context, String field) {
    Run run = Run.current();
    run.run(this, context, () -> {
      for (Script script : scripts(field)) {
        script.call();
      }
    });
    if (run.answer().isPresent()) {
      context.answer(run.answer().get());
    } else if (run.said().isPresent()) {
      context.answer(Answers.said(run, run.said().get(), 200));
    }
    return Filters.CONTINUE;
  }

  void headerFilter(RequestContext context) {
    if (!config.of("header_filter").isEmpty()) {
      run(context, "header_filter");
    }
  }

  void log(RequestContext context) {
    run(context, "log");
  }

  private void run(RequestContext context, String field) {
    Run.current().run(this, context, () -> {
      for (Script script : scripts(field)) {
        script.call();
      }
    });
  }

  Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
    Optional<RequestState> state = RequestState.find(context);
    Optional<Buffer> replacement = state.flatMap(known -> known.replacement);
    Buffer part = chunk;
    if (replacement.isPresent()) {
      part = state.get().replaced ? Buffer.buffer() : replacement.get();
      state.get().replaced = true;
    }
    if (config.of("body_filter").isEmpty()) {
      return part;
    }
    Buffer given = part;
    try {
      Run run = Run.current();
      run.run(this, context, () -> {
        run.chunk(given, last);
        for (Script script : scripts("body_filter")) {
          script.call();
        }
      });
      return run.takeChunk();
    } catch (ScriptFailure failure) {
      // What was held back for the script goes out after all, followed by what it failed over.
      Buffer held = RequestState.of(context).held;
      RequestState.of(context).held = Buffer.buffer();
      Logs.failed(this, failure);
      return held.length() == 0 ? given : held.appendBuffer(given);
    }
  }

  /** The scripts of a field, as this event loop has them. */
  Script[] scripts(String field) {
    Map<String, Script[]> mine = scripts.get(Thread.currentThread());
    if (mine == null) {
      mine = new HashMap<>();
      scripts.put(Thread.currentThread(), mine);
    }
    Script[] found = mine.get(field);
    if (found == null) {
      found = config.of(field).stream()
          .map(chunk -> new Script(chunk.instantiate(Environment.of(mode), Run.current().guard())))
          .toArray(Script[]::new);
      mine.put(field, found);
    }
    return found;
  }
}
