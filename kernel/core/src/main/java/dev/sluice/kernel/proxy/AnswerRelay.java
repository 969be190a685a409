package dev.sluice.kernel.proxy;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Phase;
import dev.sluice.kernel.pipeline.AnswerHead;
import dev.sluice.kernel.pipeline.ByteBufs;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.FilterDeadline;
import dev.sluice.kernel.pipeline.HeaderNames;
import dev.sluice.kernel.pipeline.Occupation;
import dev.sluice.kernel.pipeline.Responses;
import dev.sluice.kernel.snapshot.FilterInstance;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes an answer on to the client: its head with the first part of its body, then part by part, never too much. */
final class AnswerRelay {

  private static final Logger log = LoggerFactory.getLogger(AnswerRelay.class);

  private final Exchange exchange;
  private final ProxyCall call;
  private final boolean filtersBody;
  private final boolean dispatches;
  private HttpHeaders upstreamLines;
  private MultiMap trailers;
  private int status;
  private boolean headPending;
  private boolean headSent;
  private boolean held;
  private boolean buffers;
  private Buffer whole;

  AnswerRelay(Exchange exchange, ProxyCall call) {
    this.exchange = exchange;
    this.call = call;
    this.filtersBody = exchange.bodyFilters();
    this.dispatches = exchange.answerFilters();
  }

  void head(HttpResponse head) {
    if (dispatches) {
      exchange.loop().dispatch(() -> takeHead(head));
    } else {
      takeHead(head);
    }
  }

  private void takeHead(HttpResponse head) {
    status = head.status().code();
    upstreamLines = head.headers();
    HttpVersion version = head.protocolVersion().majorVersion() == 2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1;
    exchange.answerState().received(version, status, upstreamLines);
    buffers = collects(exchange.responseFilters());
    if (buffers) {
      whole = Buffer.buffer();
    } else {
      openHead();
    }
  }

  /** Makes the head of an answer after which the client is spoken to in another protocol. */
  void switching(HttpResponse head) {
    if (dispatches) {
      exchange.loop().dispatch(() -> takeSwitch(head));
    } else {
      takeSwitch(head);
    }
  }

  private void takeSwitch(HttpResponse head) {
    status = head.status().code();
    upstreamLines = head.headers();
    exchange.answerState().received(HttpVersion.HTTP_1_1, status, upstreamLines);
    openHead();
    headPending = false;
    headSent = true;
    exchange.answerState().table().set(HeaderNames.CONNECTION, "upgrade").set(HeaderNames.UPGRADE, "websocket");
  }

  private boolean collects(FilterInstance[] filters) {
    for (FilterInstance instance : filters) {
      if (collects(instance)) {
        return true;
      }
    }
    return false;
  }

  /** A filter that cannot say whether it wants an answer is given it. */
  private boolean collects(FilterInstance instance) {
    try {
      return ((Filter.Response) instance.filter()).collects(exchange);
    } catch (RuntimeException | LinkageError e) {
      log.error("request {}: plugin {} failed in phase RESPONSE", exchange.id(), instance, e);
      return true;
    }
  }

  private void openHead() {
    AnswerHead lines = new AnswerHead();
    List<String> named = HopByHop.named(upstreamLines.iteratorCharSequence());
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = upstreamLines.iteratorCharSequence(); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      if (!HopByHop.inAnswer(line.getKey()) && (named.isEmpty() || !HopByHop.contains(named, line.getKey()))) {
        lines.add(line.getKey(), line.getValue());
      }
    }
    if (filtersBody || buffers) {
      lines.remove(HeaderNames.CONTENT_LENGTH);
    }
    Responses.proxiedHead(exchange, status, lines, !filtersBody && !buffers);
    headPending = true;
  }

  void trailers(MultiMap lines) {
    if (dispatches) {
      exchange.loop().dispatch(() -> takeTrailers(lines));
    } else {
      takeTrailers(lines);
    }
  }

  private void takeTrailers(MultiMap lines) {
    trailers = lines;
    exchange.answerState().trailers(lines);
  }

  void content(ByteBuf content, boolean last) {
    if (dispatches) {
      exchange.loop().dispatch(() -> takeContent(content, last));
    } else {
      takeContent(content, last);
    }
  }

  private void takeContent(ByteBuf content, boolean last) {
    if (Responses.ended(exchange)) {
      content.release();
    } else if (buffers) {
      whole.appendBuffer(ByteBufs.buffer(content));
      content.release();
      if (last) {
        responseFilters(exchange.responseFilters(), 0);
      }
    } else {
      relay(content, last);
    }
  }

  private void relay(ByteBuf content, boolean last) {
    if (filtersBody) {
      Buffer copy = Buffer.buffer().appendBuffer(ByteBufs.buffer(content));
      content.release();
      Buffer filtered = Responses.bodyFilters(exchange, copy, last);
      if (last) {
        end(filtered);
      } else if (filtered.length() > 0) {
        beforePart();
        Responses.part(exchange, ByteBufs.bytes(filtered), call::taken);
        afterPart();
      }
    } else if (last) {
      beforeEnd();
      Responses.end(exchange, content);
    } else if (content.isReadable()) {
      beforePart();
      Responses.part(exchange, content, call::taken);
      afterPart();
    } else {
      content.release();
    }
  }

  private void end(Buffer last) {
    beforeEnd();
    Responses.end(exchange, last);
  }

  /** Passes on what came after the body, if the client takes it and it was not announced that nothing would come. */
  private void beforeEnd() {
    HttpServerResponse response = exchange.serverResponse();
    if (trailers != null && takesTrailers()) {
      if (headPending) {
        frame(response);
      }
      if (http2() || response.isChunked()) {
        Trailers.pass(trailers, response.trailers());
      }
    }
    headPending = false;
  }

  private boolean takesTrailers() {
    return http2() || exchange.serverRequest().headers().contains(HeaderNames.TE, "trailers", true);
  }

  private boolean http2() {
    return exchange.serverRequest().version() == HttpVersion.HTTP_2;
  }

  private void beforePart() {
    if (headPending) {
      headPending = false;
      frame(exchange.serverResponse());
    }
    headSent = true;
  }

  private void afterPart() {
    HttpServerResponse response = exchange.serverResponse();
    if (response.writeQueueFull() && !held) {
      held = true;
      call.holdBack();
      response.drainHandler(
          drained -> {
            held = false;
            call.goOn();
          });
    }
  }

  /** Has Vert.x write the head, and says how the body is framed that comes in parts. */
  private void frame(HttpServerResponse response) {
    if (!exchange.answerState().table().contains(HeaderNames.CONTENT_LENGTH) && !http2()) {
      response.setChunked(true);
    }
  }

  void readComplete() {
    if (headPending && !buffers) {
      headPending = false;
      HttpServerResponse response = exchange.serverResponse();
      frame(response);
      if (exchange.serverRequest().version() != HttpVersion.HTTP_1_0) {
        headSent = true;
        response.writeHead();
      }
    }
  }

  /** The upstream broke off: what the client has got must not look complete. */
  void broken() {
    if (headSent || headPending) {
      Responses.abort(exchange);
    } else if (!Responses.ended(exchange)) {
      Responses.proxyError(exchange, 502);
    }
  }

  private void responseFilters(FilterInstance[] filters, int from) {
    exchange.toResponsePhase();
    for (int i = from; i < filters.length; i++) {
      if (!collects(filters[i])) {
        continue;
      }
      int next = i + 1;
      Future<Buffer> outcome;
      Occupation occupation = exchange.loop().occupation();
      FilterInstance before = occupation.begin(filters[i]);
      try {
        outcome = ((Filter.Response) filters[i].filter()).response(exchange, whole);
      } catch (RuntimeException | LinkageError e) {
        outcome = Future.failedFuture(e);
      } finally {
        occupation.end(before);
      }
      if (outcome.succeeded()) {
        whole = outcome.result();
      } else {
        FilterInstance filter = filters[i];
        FilterDeadline deadline = FilterDeadline.watch(exchange, filter);
        outcome.onComplete(
            done ->
                exchange
                    .loop()
                    .run(
                        () -> {
                          exchange.loop().deadlines().forget(deadline);
                          if (done.failed()) {
                            Responses.filterFailed(exchange, filter, Phase.RESPONSE, done.cause());
                          } else if (!Responses.ended(exchange)) {
                            whole = done.result();
                            responseFilters(filters, next);
                          }
                        }));
        return;
      }
    }
    status = exchange.answerState().status();
    openHead();
    end(filtersBody ? Responses.bodyFilters(exchange, whole, true) : whole);
  }
}
