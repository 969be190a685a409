package dev.sluice.kernel.pipeline;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.request.EndedRequest;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** What observers see of a request that has ended. One for each event loop, shown one request after the other. */
final class EndedExchange implements EndedRequest {

  private Exchange exchange;

  /** Shows a request; null lets go of it. */
  void show(Exchange of) {
    exchange = of;
  }

  @Override
  public String id() {
    return exchange.id();
  }

  @Override
  public long startedAtMillis() {
    return exchange.startedAtMillis();
  }

  @Override
  public long tookNanos() {
    return exchange.tookNanos();
  }

  @Override
  public long upstreamNanos() {
    return exchange.answerState().upstreamNanos(exchange.startNanos() + exchange.tookNanos());
  }

  @Override
  public String method() {
    return exchange.serverRequest().method().name();
  }

  @Override
  public String path() {
    String target = exchange.serverRequest().uri();
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public String host() {
    if (exchange.inbound() != null) {
      return exchange.inbound().host();
    }
    String host = exchange.serverRequest().headers().get(HeaderNames.HOST);
    return host == null ? "" : host;
  }

  @Override
  public String clientAddress() {
    ForwardedClient client = exchange.client();
    return (client == null ? ForwardedClient.of(exchange) : client).address();
  }

  @Override
  public String workspace() {
    return exchange.workspace();
  }

  @Override
  public Optional<RouteDefinition> route() {
    RouteMatch match = exchange.matched();
    return match == null ? Optional.empty() : Optional.of(match.definition());
  }

  @Override
  public Optional<Upstream> upstream() {
    UpstreamRuntime asked = exchange.asked();
    return asked == null ? Optional.empty() : Optional.of(asked.upstream());
  }

  @Override
  public Optional<TargetState> target() {
    return Optional.ofNullable(exchange.target());
  }

  @Override
  public Optional<Consumer> consumer() {
    return exchange.consumer();
  }

  @Override
  public int status() {
    HttpServerResponse response = exchange.serverResponse();
    return response.headWritten() ? response.getStatusCode() : 0;
  }

  @Override
  public boolean fromUpstream() {
    return exchange.answerState().fromUpstream();
  }

  @Override
  public long received() {
    return exchange.body() == null ? 0 : exchange.body().length();
  }

  @Override
  public long sent() {
    return exchange.inbound() == null ? exchange.serverResponse().bytesWritten() : exchange.answerState().bytesSent();
  }
}
