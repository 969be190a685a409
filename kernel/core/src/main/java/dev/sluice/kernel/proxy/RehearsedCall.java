package dev.sluice.kernel.proxy;

import dev.sluice.api.entity.Upstream;
import dev.sluice.api.explain.Explanation.Head;
import dev.sluice.api.explain.Explanation.Outgoing;
import dev.sluice.api.explain.Explanation.Way;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.proxy.Http1Head.Framing;
import dev.sluice.kernel.snapshot.Destination;
import dev.sluice.kernel.upstream.KernelTarget;
import dev.sluice.kernel.upstream.Origins;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a {@link ProxyCall} would do with a request, up to the point where it chooses an address. On its event loop. */
public final class RehearsedCall implements PickContext {

  private static final int BOUND = 64 * 1024;

  private final Exchange exchange;
  private final UpstreamRuntime upstream;

  private RehearsedCall(Exchange exchange, UpstreamRuntime upstream) {
    this.exchange = exchange;
    this.upstream = upstream;
  }

  /**
   * Finds out who would be asked, as {@link Proxy} does.
   *
   * @return empty when the service cannot be asked over HTTP; the result may arrive on any thread
   */
  public static Future<Optional<UpstreamRuntime>> upstream(Exchange exchange, Origins origins) {
    Destination destination = exchange.destination();
    Optional<UpstreamRuntime> upstream = destination.upstream(exchange.snapshot());
    if (Proxy.streams(exchange) || upstream.isPresent() || destination.machine().isEmpty()) {
      return Future.succeededFuture(upstream.filter(found -> !Proxy.streams(exchange)));
    }
    return origins.find(destination.machine().get(), exchange.snapshot().registry().resolver()).map(Optional::of);
  }

  /** What would be sent, to whom. */
  public static Outgoing outgoing(Exchange exchange, UpstreamRuntime upstream) {
    exchange.outbound().upgrades(WebSocketHandshake.asked(exchange));
    return new RehearsedCall(exchange, upstream).outgoing();
  }

  private Outgoing outgoing() {
    Upstream entity = upstream.upstream();
    Optional<Map<TargetState, Double>> chances = upstream.chances(exchange.loop().number(), this);
    List<Way> ways = new ArrayList<>();
    for (TargetState each : upstream.addresses()) {
      OptionalDouble chance =
          chances.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(chances.get().getOrDefault(each, 0.0));
      ways.add(new Way(each, chance, head((KernelTarget) each)));
    }
    boolean plain = entity.settings().isEmpty();
    return new Outgoing(
        entity.name(),
        plain ? Optional.empty() : Optional.of(entity.id()),
        entity.algorithm(),
        tlsName(),
        List.copyOf(ways));
  }

  private Optional<String> tlsName() {
    return exchange.destination().tls().isEmpty() || upstream.addresses().isEmpty()
        ? Optional.empty()
        : Optional.of(RequestHead.tlsName(exchange, (KernelTarget) upstream.addresses().get(0)));
  }

  /** The very bytes that would be sent, taken apart. The body is as long as its head says. */
  private Head head(KernelTarget target) {
    long length = exchange.body() == null ? 0 : exchange.body().announced();
    boolean none = exchange.body() == null && !RequestSender.announces(exchange.outbound().method());
    if (RequestHead.http2(exchange)) {
      return http2(Http2Head.of(exchange, target, none ? -1 : length));
    }
    ByteBuf bytes = Unpooled.buffer(512, BOUND);
    Framing framing = none ? Framing.NONE : length < 0 ? Framing.CHUNKED : Framing.LENGTH;
    new Http1Head().write(bytes, exchange, target, framing, length);
    String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      int colon = lines[i].indexOf(": ");
      headers.add(Map.entry(lines[i].substring(0, colon), lines[i].substring(colon + 2)));
    }
    return new Head(lines[0], List.copyOf(headers));
  }

  private static Head http2(Http2Headers head) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("host", head.authority().toString()));
    for (Map.Entry<CharSequence, CharSequence> line : head) {
      if (line.getKey().charAt(0) != ':') {
        headers.add(Map.entry(line.getKey().toString(), line.getValue().toString()));
      }
    }
    return new Head(head.method() + " " + head.path() + " HTTP/2", List.copyOf(headers));
  }

  @Override
  public RequestContext request() {
    return exchange;
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean failedAt(TargetState target) {
    return false;
  }
}
