package dev.sluice.safety;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A plugin whose filter does what no plugin should, as its configuration says under {@code does}. */
final class Faulty implements GatewayPlugin {

  static final int BIG = 8 << 20;
  static final int LIMIT = 64 << 10;

  /** Longer than the limit that the test sets, shorter than tests last. */
  private static final long BLOCK_NANOS = 1_500_000_000;

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(
        new Factory("faulty") {
          @Override
          public Filter create(JsonObject config) {
            return new Access(config.getString("does", ""));
          }
        },
        new Factory("faulty-later") {
          @Override
          public Filter create(JsonObject config) {
            return new Later(config.getString("does", ""));
          }
        },
        new Factory("thread-teller") {
          @Override
          public Filter create(JsonObject config) {
            return new Threads();
          }
        },
        new Factory("faulty-whole") {
          @Override
          public Filter create(JsonObject config) {
            return new Whole();
          }
        });
  }

  private abstract static class Factory implements FilterFactory<JsonObject> {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(JsonObject::copy);
    }
  }

  private record Access(String does) implements Filter.Access {
    @Override
    public Future<Void> access(RequestContext context) {
      return switch (does) {
        case "throw" -> throw new IllegalStateException("faulty");
        case "fail" -> Future.failedFuture("faulty");
        case "null" -> null;
        case "overflow" -> Future.succeededFuture(null).map(nothing -> deep(0)).mapEmpty();
        case "deep" -> {
          deep(0);
          yield Filters.CONTINUE;
        }
        case "block" -> {
          block();
          yield Filters.CONTINUE;
        }
        case "big" -> {
          context.answer(Answer.bytes(200, "text/plain", Buffer.buffer(new byte[BIG])));
          yield Filters.CONTINUE;
        }
        case "read" -> context.request().body(LIMIT).<Void>mapEmpty().recover(
            cause -> {
              context.answer(Answer.error(cause instanceof BodyTooLargeException ? 413 : 500, "not read"));
              return Filters.CONTINUE;
            });
        case "never" -> Promise.<Void>promise().future();
        case "answer" -> {
          context.answer(Answer.error(502, "the plugin's own"));
          yield Filters.CONTINUE;
        }
        case "twice" -> {
          context.answer(Answer.error(418, "the first"));
          context.answer(Answer.error(419, "the second"));
          yield Filters.CONTINUE;
        }
        case "elsewhere" -> {
          Promise<Void> done = Promise.promise();
          CompletableFuture.runAsync(() -> {
            done.tryComplete();
            done.tryComplete();
            done.tryFail("late");
          });
          yield done.future();
        }
        default -> Filters.CONTINUE;
      };
    }

    /** Holds up its event loop, as those do who wait for something there. */
    private static void block() {
      long end = System.nanoTime() + BLOCK_NANOS;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }

    private static int deep(int level) {
      return level < 0 ? 0 : deep(level + 1) + 1;
    }
  }

  private record Later(String does) implements Filter.Header, Filter.Body, Filter.Log {
    @Override
    public void headerFilter(RequestContext context) {
      fail("header");
    }

    @Override
    public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
      fail("body");
      return chunk;
    }

    @Override
    public void log(RequestContext context) {
      fail("log");
    }

    private void fail(String phase) {
      if (does.equals(phase)) {
        throw new IllegalStateException("faulty in " + phase);
      }
    }
  }

  /** Tells whether the answer comes on the event loop of the request. */
  private record Threads() implements Filter.Access, Filter.Header {
    private static final ContextKey<Thread> BEGUN = ContextKey.of("thread", Thread.class);

    @Override
    public Future<Void> access(RequestContext context) {
      context.put(BEGUN, Thread.currentThread());
      return Filters.CONTINUE;
    }

    @Override
    public void headerFilter(RequestContext context) {
      boolean same = context.get(BEGUN).filter(thread -> thread == Thread.currentThread()).isPresent();
      context.response().headers().set("X-Thread", same ? "same" : "another");
    }
  }

  private record Whole() implements Filter.Response {
    @Override
    public Future<Buffer> response(RequestContext context, Buffer body) {
      throw new IllegalStateException("faulty in response");
    }
  }
}
