package dev.sluice.kernel.proxy;

import dev.sluice.api.deployment.RequestOutcome.End;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.Origin;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.kernel.pipeline.Deadlines;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.Observed;
import dev.sluice.kernel.pipeline.RequestBody;
import dev.sluice.kernel.pipeline.Responses;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.KernelTarget;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way upstream: picks a target, connects, sends, and tries the next target when that is safe, which
 * it is while nothing was answered and the request can be sent again.
 */
final class ProxyCall extends Deadlines.Timed implements AnswerSink, RequestSender.Progress, Tunnel.Ends, PickContext {

  private static final Logger log = LoggerFactory.getLogger(ProxyCall.class);

  private final Exchange exchange;
  private final Service service;
  private final UpstreamRuntime upstream;
  private final LoopPools pools;
  private final TlsBook tls;
  private final RequestSender sender;
  private final AnswerRelay relay;
  private final Observed observed;
  private List<TargetState> failed = List.of();
  private KernelTarget target;
  private UpstreamLink connection;
  private Tunnel tunnel;
  private int attempt;
  private int retriesLeft;
  private int token;
  private int lastStatus;
  private boolean answering;
  private boolean freshOnly;
  private boolean held;
  private long attemptNanos;

  ProxyCall(Exchange exchange, UpstreamRuntime upstream, LoopPools pools, TlsBook tls) {
    this.exchange = exchange;
    this.service = exchange.plan().service().orElseThrow();
    this.upstream = upstream;
    this.pools = pools;
    this.tls = tls;
    this.observed = RequestHead.http2(exchange) ? null : exchange.observed();
    this.sender = new RequestSender(exchange, observed);
    this.relay = new AnswerRelay(exchange, this);
    this.retriesLeft = service.retries();
  }

  void start() {
    exchange.asks(upstream);
    exchange.serverResponse().exceptionHandler(gone -> clientGone());
    if (exchange.serverRequest().version() != HttpVersion.HTTP_2) {
      exchange.connection().onGone(this::clientGone);
    }
    exchange.outbound().upgrades(WebSocketHandshake.asked(exchange));
    var prepared = sender.prepare();
    if (prepared.succeeded()) {
      prepared();
    } else {
      prepared.onComplete(
          done -> {
            if (done.cause() instanceof RequestBody.SlowClientException) {
              clientSlow();
            } else if (done.failed()) {
              clientGone();
            } else if (!Responses.ended(exchange)) {
              prepared();
            }
          });
    }
  }

  private void prepared() {
    if (sender.tooLarge()) {
      exchange.ends(End.ABANDONED);
      exchange.closeAfter();
      Responses.proxyError(exchange, 413);
    } else {
      exchange.loop().deadlines().watch(this);
      tryTarget();
    }
  }

  private void tryTarget() {
    attempt++;
    long from = exchange.logs() ? System.nanoTime() : 0;
    Optional<TargetState> picked = pick();
    if (picked.isEmpty()) {
      nobody();
      return;
    }
    target = (KernelTarget) picked.get();
    target.begin();
    exchange.sentTo(target);
    if (exchange.logs()) {
      exchange.attempt(from, target.host(), target.address(), target.port());
    }
    reach();
  }

  private Optional<TargetState> pick() {
    try {
      return upstream.pick(exchange.loop().number(), this);
    } catch (RuntimeException | LinkageError e) {
      log.error("request {}: the load balancer of upstream {} failed", exchange.id(), upstream.upstream().name(), e);
      return Optional.empty();
    }
  }

  private void nobody() {
    exchange.loop().deadlines().forget(this);
    if (attempt > 1) {
      Responses.proxyError(exchange, lastStatus);
    } else {
      Responses.own(exchange, Nobody.answer(upstream));
    }
  }

  private void reach() {
    attemptNanos = System.nanoTime();
    exchange.answerState().sentUpstream(attemptNanos);
    if (attempt == 1 && !freshOnly) {
      upstream.began(exchange.loop().number(), attemptNanos);
    }
    LinkPool pool = pool();
    UpstreamLink idle = freshOnly ? null : pool.poll();
    if (idle != null) {
      send(idle);
      return;
    }
    deadline(attemptNanos, service.connectTimeout());
    int mine = ++token;
    // A failure is told from below Vert.x, where it would take another event loop for the next connection.
    exchange.loop().dispatch(() -> connect(pool, mine));
  }

  private void connect(LinkPool pool, int mine) {
    pool.connect(service.connectTimeout())
        .onComplete(
            done -> {
              if (mine != token) {
                if (done.succeeded()) {
                  done.result().giveBack();
                }
              } else if (done.succeeded()) {
                send(done.result());
              } else {
                attemptFailed(Outcome.Kind.ERROR, done.cause());
              }
            });
  }

  private LinkPool pool() {
    Origin origin = exchange.outbound().origin();
    if (origin != null) {
      return origin.secure()
          ? pools.secure(target, tls.origin(origin.verify()), origin.host(), false)
          : pools.plain(target, false);
    }
    boolean http2 = RequestHead.http2(exchange);
    UpstreamTls terms = exchange.destination().tls().orElse(null);
    return terms == null
        ? pools.plain(target, http2)
        : pools.secure(target, terms, RequestHead.tlsName(exchange, target), http2);
  }

  private void send(UpstreamLink to) {
    connection = to;
    to.begin(observed == null ? this : new ObservedAnswer(this, observed), exchange.outbound().method().equals("HEAD"));
    deadline(System.nanoTime(), service.writeTimeout());
    sender.send(to, target, this);
  }

  @Override
  public boolean uses(UpstreamLink link) {
    return connection == link;
  }

  @Override
  public void sent() {
    deadline(System.nanoTime(), service.readTimeout());
    if (observed != null && !exchange.outbound().upgrades()) {
      observed.sent(sender.whole(), body -> new Copier(exchange, observed, body, pools));
    }
  }

  @Override
  public void moved() {
    progress();
  }

  @Override
  public void tooLarge() {
    leave();
    exchange.ends(End.ABANDONED);
    exchange.closeAfter();
    Responses.proxyError(exchange, 413);
  }

  @Override
  public void head(HttpResponse head) {
    if (head.status().code() == 101 && granted(head)) {
      switchOver((UpstreamConnection) connection, head);
      return;
    }
    if (head.status().code() == 101) {
      UpstreamLink switching = connection;
      attemptFailed(Outcome.Kind.ERROR, new IllegalStateException("the upstream switched protocols unasked"));
      switching.abandon();
      return;
    }
    answered(head);
    relay.head(head);
  }

  private void answered(HttpResponse head) {
    answering = true;
    progress();
    upstream.outcome(
        exchange.loop().number(),
        target,
        new Outcome(Outcome.Kind.ANSWER, head.status().code(), false, millisSinceAttempt()));
  }

  private boolean granted(HttpResponse head) {
    return exchange.outbound().upgrades()
        && connection instanceof UpstreamConnection
        && WebSocketHandshake.granted(exchange, head.headers());
  }

  /** Goes over to passing bytes as they are; the request ends when one of the sides closes. */
  private void switchOver(UpstreamConnection to, HttpResponse head) {
    answered(head);
    tunnel = new Tunnel(exchange, to, this);
    to.tunnel(tunnel);
    exchange.connection().becomesTunnel();
    to.pauseReading();
    relay.switching(head);
    deadline(System.nanoTime(), Math.max(service.readTimeout(), service.writeTimeout()));
    exchange
        .serverRequest()
        .toNetSocket()
        .onComplete(
            done -> {
              if (done.succeeded()) {
                tunnel.open(done.result());
              } else {
                tunnel.close();
              }
            });
  }

  @Override
  public void passed() {
    progress();
  }

  @Override
  public void closed() {
    connection = null;
    leave();
    Responses.finish(exchange);
  }

  @Override
  public void trailers(MultiMap lines) {
    relay.trailers(lines);
  }

  @Override
  public void content(ByteBuf content, boolean last) {
    progress();
    if (last) {
      connection = null;
      leave();
    }
    relay.content(content, last);
  }

  @Override
  public void readComplete() {
    relay.readComplete();
  }

  @Override
  public void writable(boolean writable) {
    sender.writable(writable);
  }

  /**
   * Stops reading from upstream while the client does not take what is there. Over HTTP/1.1 the connection is watched; that of
   * HTTP/2 may be well while this stream is not taken.
   */
  void holdBack() {
    if (connection != null) {
      connection.pauseReading();
      held = exchange.serverRequest().version() == HttpVersion.HTTP_2;
      if (held) {
        deadline(System.nanoTime(), exchange.loop().settings().clientTimeouts().sendMillis());
      } else {
        suspend();
      }
    }
  }

  /** The client has taken something. */
  void taken() {
    if (held) {
      progress();
    }
  }

  /** Goes on reading. */
  void goOn() {
    held = false;
    if (connection != null) {
      connection.resumeReading();
      deadline(System.nanoTime(), service.readTimeout());
    }
  }

  @Override
  public void failed(Throwable cause) {
    attemptFailed(Outcome.Kind.ERROR, cause);
  }

  @Override
  protected void expired() {
    if (tunnel != null) {
      tunnel.close();
      return;
    }
    if (held) {
      log.info("request {}: the client does not take its answer", exchange.id());
      leave();
      Responses.abort(exchange);
      return;
    }
    UpstreamLink late = connection;
    attemptFailed(Outcome.Kind.TIMEOUT, null);
    if (late != null) {
      late.abandon();
    }
  }

  private void attemptFailed(Outcome.Kind kind, Throwable cause) {
    token++;
    if (answering) {
      log.warn("request {}: the answer of {} broke off: {}", exchange.id(), target, reason(kind, cause));
      leave();
      exchange.ends(End.BROKEN);
      relay.broken();
      return;
    }
    boolean sent = connection != null;
    boolean again = sender.replayable() && (!sent || idempotent());
    if (kind == Outcome.Kind.ERROR && sent && connection.reused() && again && !freshOnly) {
      // A kept connection may have been closed just as it was used: that says nothing of the target.
      connection = null;
      freshOnly = true;
      reach();
      return;
    }
    boolean wanted = again && retriesLeft > 0;
    int status = kind == Outcome.Kind.TIMEOUT ? 504 : 502;
    lastStatus = status;
    log.warn(
        "request {}: attempt {} at {} of service {} failed: {}",
        exchange.id(),
        attempt,
        target,
        service.name().orElse(service.id()),
        reason(kind, cause));
    exchange.attemptFailed(status);
    KernelTarget at = target;
    connection = null;
    target = null;
    at.end();
    upstream.outcome(exchange.loop().number(), at, new Outcome(kind, status, wanted, millisSinceAttempt()));
    failed = failed.isEmpty() ? new ArrayList<>() : failed;
    failed.add(at);
    if (wanted && upstream.mayRetry(exchange.loop().number(), sent, this)) {
      retriesLeft--;
      freshOnly = false;
      exchange.loop().deadlines().watch(this);
      tryTarget();
    } else {
      exchange.loop().deadlines().forget(this);
      Responses.proxyError(exchange, status);
    }
  }

  private static String reason(Outcome.Kind kind, Throwable cause) {
    return kind == Outcome.Kind.TIMEOUT ? "no answer in time" : String.valueOf(cause.getMessage());
  }

  private boolean idempotent() {
    String method = exchange.outbound().method();
    return !method.equals("POST") && !method.equals("PATCH") && !method.equals("LOCK");
  }

  private long millisSinceAttempt() {
    return (System.nanoTime() - attemptNanos) / 1_000_000;
  }

  /** The client is gone: nobody needs the answer. */
  @Override
  public void clientGone() {
    if (tunnel != null) {
      tunnel.close();
    } else if (!Responses.ended(exchange)) {
      leave();
      if (!exchange.serverResponse().ended()) {
        exchange.ends(!answering && sender.complete() ? End.GIVEN_UP : End.ABANDONED);
      }
      Responses.finish(exchange);
    }
  }

  @Override
  public void clientSlow() {
    if (!Responses.ended(exchange)) {
      leave();
      exchange.ends(End.ABANDONED);
      Responses.requestTimeout(exchange);
    }
  }

  /** Lets go of the target and of the connection, if it is still in use. */
  private void leave() {
    token++;
    exchange.loop().deadlines().forget(this);
    if (connection != null) {
      UpstreamLink mine = connection;
      connection = null;
      mine.abandon();
    }
    if (target != null) {
      target.end();
      target = null;
    }
  }

  @Override
  public RequestContext request() {
    return exchange;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public boolean failedAt(TargetState candidate) {
    return failed.contains(candidate);
  }
}
