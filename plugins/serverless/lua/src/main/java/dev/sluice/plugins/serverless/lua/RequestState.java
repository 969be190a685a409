package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Origin;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.buffer.Buffer;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.luaj.vm2.LuaTable;

/** What scripts of this jar keep of a request from one phase to the next. Of the event loop of the request. */
final class RequestState {

  private static final ContextKey<RequestState> KEY = ContextKey.of("lua", RequestState.class);

  /** {@code ngx.ctx}. */
  LuaTable ngx = new LuaTable();

  /** The body of the request: empty while nobody has asked for it. */
  Optional<Buffer> body = Optional.empty();

  /** Whether the body of the request was longer than what is read. */
  boolean bodyTooLong;

  /** What has passed of the answer's body and is held back until all of it is there. */
  Buffer held = Buffer.buffer();

  /** A body that stands in place of the answer's own. */
  Optional<Buffer> replacement = Optional.empty();

  /** Where the request goes, when a script has said so. */
  Optional<Origin> origin = Optional.empty();

  /** Whether the replacement has been sent. */
  boolean replaced;

  private final IdentityHashMap<Object, LuaTable> plugins = new IdentityHashMap<>(2);
  private final SharedTable shared = new SharedTable();

  /** The state of a request, made when it is first asked for. */
  static RequestState of(RequestContext context) {
    return context.get(KEY).orElseGet(() -> {
      RequestState made = new RequestState();
      context.put(KEY, made);
      return made;
    });
  }

  /** The state of a request that has one already. */
  static Optional<RequestState> find(RequestContext context) {
    return context.get(KEY);
  }

  /** {@code kong.ctx.plugin} of one configuration. */
  LuaTable plugin(Object owner) {
    return plugins.computeIfAbsent(owner, none -> new LuaTable());
  }

  /** {@code kong.ctx.shared}. */
  SharedTable shared() {
    return shared;
  }
}
