package dev.sluice.kernel.proxy;

import dev.sluice.api.deployment.CopiedAnswer;
import dev.sluice.api.deployment.CopyFailedException;
import dev.sluice.api.deployment.CopyFailedException.Reason;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.kernel.pipeline.ByteBufs;
import dev.sluice.kernel.pipeline.CopiedRequest;
import dev.sluice.kernel.pipeline.Deadlines;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.KeptAnswer;
import dev.sluice.kernel.snapshot.Destination;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.KernelTarget;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy of a request on its way: one target, one attempt, and an answer that nobody sees but who had it sent. Never
 * more than the answer's bound is kept of it, and it lasts no longer than the timeouts of the service.
 */
final class CopyCall extends Deadlines.Timed implements AnswerSink, PickContext {

  private static final Logger log = LoggerFactory.getLogger(CopyCall.class);

  private final Copier copier;
  private final Exchange exchange;
  private final Service service;
  private final Destination to;
  private final UpstreamRuntime upstream;
  private final Map<String, String> more;
  private final Promise<CopiedAnswer> promise = Promise.promise();
  private final Runnable release;
  private KernelTarget target;
  private UpstreamLink connection;
  private KeptAnswer answer;
  private boolean over;
  private boolean freshOnly;
  private long startNanos;
  private long sentNanos;

  CopyCall(Copier copier, Destination to, Map<String, String> more) {
    this.copier = copier;
    this.exchange = copier.exchange();
    this.service = exchange.plan().service().orElseThrow();
    this.to = to;
    this.upstream = to.upstream(exchange.snapshot()).orElseThrow();
    this.more = more;
    this.release = exchange.hold();
  }

  Future<CopiedAnswer> start() {
    Optional<TargetState> picked = pick();
    if (picked.isEmpty()) {
      fail(Reason.NO_TARGET, "no target of upstream " + upstream.upstream().name() + " can take it");
    } else {
      target = (KernelTarget) picked.get();
      target.begin();
      exchange.loop().deadlines().watch(this);
      reach();
    }
    return promise.future();
  }

  private Optional<TargetState> pick() {
    try {
      return upstream.pick(exchange.loop().number(), this);
    } catch (RuntimeException | LinkageError e) {
      log.error("a copy of request {}: the load balancer of upstream {} failed", exchange.id(), upstream.upstream().name(), e);
      return Optional.empty();
    }
  }

  private void reach() {
    startNanos = System.nanoTime();
    LinkPool pool = pool();
    UpstreamLink idle = freshOnly ? null : pool.poll();
    if (idle != null) {
      send(idle);
      return;
    }
    deadline(startNanos, service.connectTimeout());
    exchange.loop().dispatch(() -> connect(pool));
  }

  private void connect(LinkPool pool) {
    pool.connect(service.connectTimeout())
        .onComplete(
            done -> {
              if (over) {
                if (done.succeeded()) {
                  done.result().giveBack();
                }
              } else if (done.succeeded()) {
                send(done.result());
              } else {
                failed(Outcome.Kind.ERROR, Reason.UNREACHABLE, done.cause());
              }
            });
  }

  private LinkPool pool() {
    UpstreamTls terms = to.tls().orElse(null);
    return terms == null
        ? copier.pools().plain(target, false)
        : copier.pools().secure(target, terms, RequestHead.tlsName(exchange, to, target), false);
  }

  private void send(UpstreamLink link) {
    connection = link;
    String method = exchange.outbound().method();
    link.begin(this, method.equals("HEAD"));
    ByteBuf body =
        copier.body() == null ? null : Unpooled.unreleasableBuffer(ByteBufs.bytes(copier.body()));
    ((UpstreamConnection) link)
        .sendCopy(exchange, RequestHead.authority(exchange, to, target), more, body, RequestSender.announces(method));
    if (connection == link) {
      sentNanos = System.nanoTime();
      deadline(sentNanos, service.readTimeout());
    }
  }

  @Override
  public void head(HttpResponse head) {
    int status = head.status().code();
    if (status == 101) {
      connection.abandon();
      failed(Outcome.Kind.ERROR, Reason.BROKEN, new IllegalStateException("the upstream switched protocols unasked"));
      return;
    }
    String method = exchange.outbound().method();
    long latency = System.nanoTime() - sentNanos;
    answer = new KeptAnswer(method, status, LeanHeaders.map(head.headers()), copier.observed().most(), latency);
    tell(Outcome.Kind.ANSWER, status);
    enough();
  }

  @Override
  public void content(ByteBuf content, boolean last) {
    if (!over) {
      answer.content(content, last);
      if (last) {
        succeed();
      } else {
        enough();
      }
    }
    content.release();
  }

  /** Nobody needs the rest of an answer that is too long: to read on would cost the event loop of the request. */
  private void enough() {
    if (answer.outgrown()) {
      connection.abandon();
      succeed();
    }
  }

  @Override
  public void trailers(MultiMap lines) {}

  @Override
  public void readComplete() {}

  @Override
  public void writable(boolean writable) {}

  @Override
  public void failed(Throwable cause) {
    boolean stale = answer == null && connection.reused() && !freshOnly && idempotent();
    connection = null;
    if (stale) {
      // A kept connection may have been closed just as it was used: that says nothing of the target.
      freshOnly = true;
      reach();
    } else {
      failed(Outcome.Kind.ERROR, Reason.BROKEN, cause);
    }
  }

  private boolean idempotent() {
    return !RequestSender.announces(exchange.outbound().method()) || exchange.outbound().method().equals("PUT");
  }

  @Override
  protected void expired() {
    if (connection != null) {
      connection.abandon();
    }
    failed(Outcome.Kind.TIMEOUT, Reason.TIMEOUT, new IllegalStateException("no whole answer in time"));
  }

  private void failed(Outcome.Kind kind, Reason why, Throwable cause) {
    if (answer == null) {
      tell(kind, kind == Outcome.Kind.TIMEOUT ? 504 : 502);
    }
    fail(why, target + ": " + cause.getMessage());
  }

  /** Health checks and the balancer learn of it as of any attempt. */
  private void tell(Outcome.Kind kind, int status) {
    long millis = (System.nanoTime() - startNanos) / 1_000_000;
    try {
      upstream.outcome(exchange.loop().number(), target, new Outcome(kind, status, false, millis));
    } catch (RuntimeException | LinkageError e) {
      log.error("a copy of request {}: its outcome cannot be told", exchange.id(), e);
    }
  }

  private void succeed() {
    leave();
    exchange.loop().dispatch(() -> promise.complete(answer.answer()));
  }

  private void fail(Reason why, String message) {
    leave();
    exchange.loop().dispatch(() -> promise.fail(new CopyFailedException(why, message)));
  }

  private void leave() {
    over = true;
    connection = null;
    exchange.loop().deadlines().forget(this);
    if (target != null) {
      target.end();
    }
    release.run();
  }

  @Override
  public RequestContext request() {
    return new CopiedRequest(exchange);
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean failedAt(TargetState candidate) {
    return false;
  }
}
