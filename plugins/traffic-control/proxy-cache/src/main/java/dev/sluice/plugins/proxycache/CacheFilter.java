package dev.sluice.plugins.proxycache;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Answers out of memory where it can, and keeps what comes from upstream. */
final class CacheFilter implements Filter.Access, Filter.Header, Filter.Body {

  private static final ContextKey<Visit> VISIT = ContextKey.of("proxy-cache visit", Visit.class);
  private static final int MAX_BODY = 8 * 1024 * 1024;
  private static final String TIMED_OUT = "The upstream server is timing out";

  private final CacheConfig config;
  private final Memory memory;
  private final Keeping keeping;

  /** A request that found nothing, and whose answer may be kept; or one that was answered out of memory. */
  private static final class Visit {
    private final String key;
    private final boolean hit;
    private Stored head;
    private Buffer body;

    Visit(String key, boolean hit) {
      this.key = key;
      this.hit = hit;
    }
  }

  CacheFilter(CacheConfig config, Memory memory) {
    this.config = config;
    this.memory = memory;
    this.keeping = new Keeping(config);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Directives directives = config.cacheControl() ? Directives.of(context.request().headers()) : new Directives(Map.of());
    boolean refusesCache = config.cacheControl()
        && (directives.has("no-store", "no-cache") || context.request().headers().contains("Authorization"));
    if (!config.methods().contains(context.request().method()) || refusesCache) {
      status(context.response().headers(), "Bypass");
      return Filters.CONTINUE;
    }
    String key = CacheKey.of(context, config);
    if (config.showKey()) {
      context.response().headers().set("X-Cache-Key", key);
    }
    Optional<Stored> known = memory.find(key, context.request().headers());
    if (known.isPresent() && serves(known.get(), directives)) {
      context.put(VISIT, new Visit(key, true));
      answer(context, known.get());
    } else if (known.isEmpty() && directives.has("only-if-cached")) {
      context.answer(timedOut(context));
    } else {
      context.put(VISIT, new Visit(key, false));
      status(context.response().headers(), known.isPresent() ? "Refresh" : "Miss");
    }
    return Filters.CONTINUE;
  }

  /** Plain unless the client asks for another form, as for an upstream that does not answer. */
  private static Answer timedOut(RequestContext context) {
    return context.request().headers().contains("Accept")
        ? Answer.error(504, TIMED_OUT)
        : Answer.bytes(
            504,
            "text/plain; charset=utf-8",
            Buffer.buffer(TIMED_OUT + "\nrequest_id: " + context.id() + "\n"));
  }

  private boolean serves(Stored answer, Directives directives) {
    long age = memory.now() - answer.timestamp();
    if (!config.cacheControl()) {
      return age <= config.ttl();
    }
    OptionalLong maxAge = directives.number("max-age");
    OptionalLong minFresh = directives.number("min-fresh");
    boolean stale = age >= answer.ttl();
    boolean acceptsStale = directives.has("max-stale")
        && age - answer.ttl() <= directives.number("max-stale").orElse(Long.MAX_VALUE);
    return (maxAge.isEmpty() || age <= maxAge.getAsLong())
        && (minFresh.isEmpty() || answer.ttl() - age >= minFresh.getAsLong())
        && (!stale || acceptsStale);
  }

  private void answer(RequestContext context, Stored answer) {
    MutableHeaders headers = context.response().headers();
    TreeSet<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> line : answer.headers()) {
      if (seen.add(line.getKey())) {
        headers.set(line.getKey(), line.getValue());
      } else {
        headers.add(line.getKey(), line.getValue());
      }
    }
    if (config.showAge()) {
      headers.set("Age", String.valueOf(Math.max(0, memory.now() - answer.timestamp())));
    }
    status(headers, "Hit");
    context.answer(Answer.bytes(answer.status(), "", answer.body()));
  }

  private void status(MutableHeaders headers, String status) {
    if (config.showStatus()) {
      headers.set("X-Cache-Status", status);
    }
  }

  @Override
  public void headerFilter(RequestContext context) {
    Visit visit = context.get(VISIT).orElse(null);
    MutableHeaders headers = context.response().headers();
    if (visit == null) {
      return;
    } else if (visit.hit) {
      latencies(context, headers);
      return;
    }
    long now = memory.now();
    OptionalLong ttl = keeping.freshness(context.response(), now);
    if (ttl.isEmpty()) {
      status(headers, "Bypass");
      return;
    }
    boolean head = context.request().method().equals("HEAD");
    visit.body = Buffer.buffer();
    visit.head = new Stored(
        context.response().status(),
        Keeping.lines(headers, head),
        visit.body,
        Keeping.vary(headers, context.request().headers()),
        now,
        ttl.getAsLong(),
        config.storageTtl().orElse(ttl.getAsLong()));
  }

  /** An answer out of memory counts as one of the upstream's, that took no time. */
  private static void latencies(RequestContext context, MutableHeaders headers) {
    if (headers.contains("X-Kong-Response-Latency")) {
      headers.remove("X-Kong-Response-Latency");
      headers.set("X-Kong-Upstream-Latency", "0");
      headers.set("X-Kong-Proxy-Latency", String.valueOf(context.elapsedMillis()));
    }
  }

  @Override
  public Buffer bodyFilter(RequestContext context, Buffer chunk, boolean last) {
    Visit visit = context.get(VISIT).orElse(null);
    if (visit == null || visit.head == null) {
      return chunk;
    }
    visit.body.appendBuffer(chunk);
    if (visit.body.length() > MAX_BODY) {
      visit.head = null;
    } else if (last) {
      memory.store(visit.key, visit.head);
      visit.head = null;
    }
    return chunk;
  }
}
