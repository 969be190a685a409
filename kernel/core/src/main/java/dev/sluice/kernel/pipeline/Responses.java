package dev.sluice.kernel.pipeline;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.kernel.snapshot.FilterInstance;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers: their head through the header filters, their body through the body filters, and the end of it all. */
public final class Responses {

  private static final Logger log = LoggerFactory.getLogger(Responses.class);

  private Responses() {}

  /** Whether the answer is complete or the client is gone. */
  public static boolean ended(Exchange exchange) {
    return exchange.phase() == Phase.LOG;
  }

  /** Sends what a filter has answered. */
  static void answer(Exchange exchange) {
    own(exchange, exchange.given());
  }

  /** An error of the gateway's own: JSON unless the client asks for another form. */
  public static void gatewayError(Exchange exchange, int status, String message) {
    own(exchange, Answer.error(status, message));
  }

  /** An error below the filters, such as an upstream that broke: plain text unless the client asks for another form. */
  public static void proxyError(Exchange exchange, int status) {
    ErrorBodies.Rendered error =
        exchange
            .loop()
            .errors()
            .ofProxy(exchange.serverRequest().headers(), ErrorBodies.text(status), exchange.id());
    own(exchange, Answer.bytes(status, error.contentType(), error.content()), Filter.Exit.Cause.FAILED);
  }

  /** The client has not sent its body in time: says so, if that is still possible, and closes the connection. */
  public static void requestTimeout(Exchange exchange) {
    if (exchange.serverResponse().headWritten()) {
      abort(exchange);
    } else {
      exchange.closeAfter();
      proxyError(exchange, 408);
    }
  }

  /** Refuses a request that is not sound: no filter sees it, and the connection is closed. */
  static void refuse(Exchange exchange, int status) {
    ErrorBodies.Rendered error =
        exchange
            .loop()
            .errors()
            .ofProxy(exchange.serverRequest().headers(), ErrorBodies.text(status), exchange.id());
    HttpServerResponse response = exchange.serverResponse();
    response.setStatusCode(status);
    MultiMap lines = response.headers();
    lines.set(HeaderNames.CONTENT_TYPE, error.contentType());
    addOwn(exchange, lines);
    exchange.enter(Phase.LOG);
    if (exchange.serverRequest().version() == HttpVersion.HTTP_2) {
      // The other streams of the connection are none of its matter.
      response.end(error.content());
    } else {
      lines.set(HeaderNames.CONNECTION, "close");
      exchange.connection().closing();
      response.end(error.content(), sent -> close(exchange.loop(), exchange.serverRequest(), sent));
    }
    exchange.ended();
    over(exchange);
  }

  /** Says that there is too much to do: no filter sees the request, and the connection stays, since a new one costs more. */
  static void turnAway(Exchange exchange) {
    ErrorBodies.Rendered error =
        exchange
            .loop()
            .errors()
            .ofProxy(exchange.serverRequest().headers(), ErrorBodies.text(503), exchange.id());
    HttpServerResponse response = exchange.serverResponse();
    response.setStatusCode(503);
    MultiMap lines = response.headers();
    lines.set(HeaderNames.CONTENT_TYPE, error.contentType());
    lines.set("Retry-After", "1");
    addOwn(exchange, lines);
    exchange.enter(Phase.LOG);
    response.end(error.content());
    exchange.ended();
    over(exchange);
  }

  /**
   * Answers a request that could not be parsed, and closes the connection.
   *
   * @param listener it came through
   * @param status to send
   * @param text the status whose text is sent
   */
  public static void malformed(Loop loop, ListenerInfo listener, HttpServerRequest request, int status, int text) {
    ClientConnection connection = loop.connection(request.connection());
    if (connection == null || connection.isClosing()) {
      return;
    }
    connection.closing();
    String id = loop.ids().next();
    ErrorBodies.Rendered error = loop.errors().ofProxy(HeaderLines.unchecked(), ErrorBodies.text(text), id);
    MultiMap lines = request.response().setStatusCode(status).headers();
    lines.set(HeaderNames.CONTENT_TYPE, error.contentType());
    lines.set("Date", loop.date());
    if (loop.settings().show().server()) {
      lines.set(HeaderNames.SERVER, loop.settings().tokens().server());
    }
    if (loop.settings().show().requestId()) {
      lines.set(HeaderNames.X_KONG_REQUEST_ID, id);
    }
    lines.set(HeaderNames.CONNECTION, "close");
    request.response().end(error.content(), sent -> close(loop, request, sent));
    loop.requestLog().malformed(new LoggedMalformed(request, connection, listener, id, status, error.content().length()));
  }

  /** Closes a connection behind its last answer; never from within a write that fails, which is still under way then. */
  private static void close(Loop loop, HttpServerRequest request, AsyncResult<Void> sent) {
    if (sent.succeeded()) {
      request.connection().close();
    } else {
      loop.context().runOnContext(later -> request.connection().close());
    }
  }

  /** Sends an answer of the gateway's own. */
  public static void own(Exchange exchange, Answer answer) {
    own(exchange, answer, Filter.Exit.Cause.ANSWERED);
  }

  private static void own(Exchange exchange, Answer answer, Filter.Exit.Cause cause) {
    if (ended(exchange)) {
      return;
    }
    exchange.answerState().own();
    HttpServerResponse response = exchange.serverResponse();
    MultiMap lines = response.headers();
    boolean grpc = GrpcErrors.concern(exchange);
    Answer shown = grpc ? answer : OwnAnswers.shown(exchange, answer, cause);
    Buffer body = Buffer.buffer();
    if (grpc) {
      GrpcErrors.head(shown, lines);
    } else {
      Answer.Body.Bytes bytes = OwnAnswers.bytes(exchange, shown);
      // To who accepts gRPC alone, and does not speak it, a message is told to be of no type.
      if (shown.body() instanceof Answer.Body.Message || !bytes.contentType().isEmpty()) {
        lines.set(HeaderNames.CONTENT_TYPE, bytes.contentType());
      }
      body = bytes.content();
    }
    addOwn(exchange, lines);
    addGiven(shown.headers(), lines);
    headerFilters(exchange, shown.status(), lines);
    Buffer filtered = exchange.chain().body().length == 0 ? body : bodyFilters(exchange, body, true);
    response.setStatusCode(exchange.answerState().status());
    boolean head = exchange.inbound().method().equals("HEAD");
    if (!lines.contains(HeaderNames.CONTENT_LENGTH) && mayHaveBody(exchange.answerState().status())) {
      lines.set(HeaderNames.CONTENT_LENGTH, String.valueOf(filtered.length()));
    }
    end(exchange, head ? Buffer.buffer() : filtered);
  }

  /** The first line of a name replaces what stands, those after it stand beside it. */
  private static void addGiven(List<Map.Entry<String, String>> given, MultiMap lines) {
    for (int i = 0; i < given.size(); i++) {
      String name = given.get(i).getKey();
      boolean another = HeaderNames.CONNECTION.contentEqualsIgnoreCase(name);
      for (int before = 0; before < i && !another; before++) {
        another = given.get(before).getKey().equalsIgnoreCase(name);
      }
      if (another) {
        lines.add(name, given.get(i).getValue());
      } else {
        lines.set(name, given.get(i).getValue());
      }
    }
  }

  private static boolean mayHaveBody(int status) {
    return status >= 200 && status != 204 && status != 304;
  }

  private static void addOwn(Exchange exchange, MultiMap table) {
    HeaderSink lines = HeaderSink.of(table);
    NodeSettings settings = exchange.loop().settings();
    NodeSettings.Show show = settings.show();
    lines.set("Date", exchange.loop().date());
    if (show.server()) {
      lines.set(HeaderNames.SERVER, settings.tokens().server());
    }
    AnswerState state = exchange.answerState();
    if (state.triedUpstream()) {
      addLatencies(exchange, lines);
    } else if (show.responseLatency()) {
      lines.set(HeaderNames.X_KONG_RESPONSE_LATENCY, String.valueOf(exchange.elapsedMillis()));
    }
    addCommon(exchange, lines);
  }

  private static void addLatencies(Exchange exchange, HeaderSink lines) {
    NodeSettings.Show show = exchange.loop().settings().show();
    AnswerState state = exchange.answerState();
    if (show.upstreamLatency()) {
      lines.set(HeaderNames.X_KONG_UPSTREAM_LATENCY, Numbers.text(state.upstreamLatencyMillis()));
    }
    if (show.proxyLatency()) {
      lines.set(HeaderNames.X_KONG_PROXY_LATENCY, Numbers.text(state.proxyLatencyMillis()));
    }
  }

  private static void addCommon(Exchange exchange, HeaderSink lines) {
    if (exchange.loop().settings().show().requestId()) {
      lines.set(HeaderNames.X_KONG_REQUEST_ID, exchange.id());
    }
    if (exchange.serverRequest().version() != HttpVersion.HTTP_2) {
      lines.set(HeaderNames.CONNECTION, closes(exchange) ? "close" : HeaderNames.KEEP_ALIVE);
    }
    if (exchange.loop().settings().debugHeader() && exchange.plan() != null) {
      DebugHeaders.add(exchange, lines);
    }
  }

  /** Whether the connection ends with this answer. Vert.x sees it by itself when {@code close} stands alone, in HTTP/1.1. */
  private static boolean closes(Exchange exchange) {
    if (exchange.loop().draining() || exchange.closes()) {
      return true;
    }
    String connection = exchange.serverRequest().headers().get(HeaderNames.CONNECTION);
    if (exchange.serverRequest().version() == HttpVersion.HTTP_1_0) {
      return connection == null || !says(connection, "keep-alive");
    }
    return connection != null && connection.indexOf(',') >= 0 && says(connection, "close");
  }

  private static boolean says(String connection, String wanted) {
    return Arrays.stream(connection.split(",", -1)).anyMatch(token -> token.trim().equalsIgnoreCase(wanted));
  }

  /**
   * Completes the head of a proxied answer, whose lines are those of the upstream, and runs the header filters.
   *
   * @param untouched whether the body goes on as it comes
   */
  public static void proxiedHead(Exchange exchange, int status, AnswerHead lines, boolean untouched) {
    NodeSettings.Show show = exchange.loop().settings().show();
    addLatencies(exchange, lines);
    if (show.upstreamStatus()) {
      lines.set(HeaderNames.X_KONG_UPSTREAM_STATUS, String.valueOf(status));
    }
    if (show.via()) {
      CharSequence via = lines.get(HeaderNames.VIA);
      AsciiString own = exchange.loop().settings().tokens().via(exchange.answerState().upstreamVersion());
      lines.set(HeaderNames.VIA, via == null ? own : via + ", " + own);
    }
    if (show.server() && lines.get(HeaderNames.SERVER) == null) {
      lines.add(HeaderNames.SERVER, exchange.loop().settings().tokens().server());
    }
    addCommon(exchange, lines);
    if (untouched && exchange.chain().header().length == 0 && usual(exchange, status)) {
      exchange.enter(Phase.HEADER_FILTER);
      exchange.answerState().head(status, lines);
      exchange.enter(Phase.BODY_FILTER);
    } else {
      MultiMap table = exchange.serverResponse().headers();
      lines.into(table);
      headerFilters(exchange, status, table);
    }
    exchange.serverResponse().setStatusCode(exchange.answerState().status());
  }

  /** Whether the answer is one whose head {@link AnswerWriter} writes. */
  private static boolean usual(Exchange exchange, int status) {
    return exchange.serverRequest().version() == HttpVersion.HTTP_1_1
        && mayHaveBody(status)
        && status != 205
        && !exchange.inbound().method().equals("HEAD");
  }

  private static void headerFilters(Exchange exchange, int status, MultiMap lines) {
    exchange.enter(Phase.HEADER_FILTER);
    exchange.answerState().head(status, lines);
    Occupation occupation = exchange.loop().occupation();
    for (FilterInstance instance : exchange.chain().header()) {
      FilterInstance before = occupation.begin(instance);
      try {
        ((Filter.Header) instance.filter()).headerFilter(exchange);
      } catch (RuntimeException | LinkageError e) {
        log.error("request {}: plugin {} failed in phase HEADER_FILTER", exchange.id(), instance, e);
      } finally {
        occupation.end(before);
      }
    }
    exchange.enter(Phase.BODY_FILTER);
  }

  /** A filter failed before the head of the answer was sent: the request ends with 500. */
  public static void filterFailed(Exchange exchange, FilterInstance filter, Phase phase, Throwable cause) {
    log.error("request {}: plugin {} failed in phase {}", exchange.id(), filter, phase, cause);
    gatewayError(exchange, 500, ErrorBodies.text(500));
  }

  /** No route takes the request. */
  static void unrouted(Exchange exchange) {
    own(exchange, Answer.error(404, Flow.NO_ROUTE), Filter.Exit.Cause.UNROUTED);
  }

  /** Passes a part of the body through the body filters. */
  public static Buffer bodyFilters(Exchange exchange, Buffer chunk, boolean last) {
    Buffer filtered = chunk;
    Occupation occupation = exchange.loop().occupation();
    for (FilterInstance instance : exchange.chain().body()) {
      FilterInstance before = occupation.begin(instance);
      try {
        filtered = ((Filter.Body) instance.filter()).bodyFilter(exchange, filtered, last);
      } catch (RuntimeException | LinkageError e) {
        log.error("request {}: plugin {} failed in phase BODY_FILTER", exchange.id(), instance, e);
      } finally {
        occupation.end(before);
      }
    }
    return filtered;
  }

  /** Sends the end of an answer. */
  public static void end(Exchange exchange, Buffer last) {
    end(exchange, last, null);
  }

  /** Sends the end of an answer out of a buffer that is counted, and that is released here or once it is written. */
  public static void end(Exchange exchange, ByteBuf last) {
    if (!last.isReadable()) {
      last.release();
      end(exchange, Buffer.buffer(), null);
    } else if (exchange.serverRequest().version() == HttpVersion.HTTP_2) {
      end(exchange, ByteBufs.buffer(last), sent -> last.release());
    } else if (exchange.serverResponse().ended() || exchange.serverResponse().closed()) {
      exchange.answerState().sent(last.readableBytes());
      last.release();
      finish(exchange);
    } else {
      end(exchange, ByteBufs.handedOver(last), null);
    }
  }

  /** Sends a part of an answer out of a buffer that is counted, and that is released once it is written. */
  public static void part(Exchange exchange, ByteBuf part, Runnable taken) {
    HttpServerResponse response = exchange.serverResponse();
    exchange.answerState().sent(part.readableBytes());
    if (exchange.serverRequest().version() == HttpVersion.HTTP_2) {
      response.write(
          ByteBufs.buffer(part),
          sent -> {
            part.release();
            taken.run();
          });
    } else {
      response.write(ByteBufs.handedOver(part), null);
    }
  }

  private static void end(Exchange exchange, Buffer last, Handler<AsyncResult<Void>> sent) {
    HttpServerResponse response = exchange.serverResponse();
    exchange.answerState().sent(last.length());
    exchange.answerState().goes(exchange.connection().outlet().writer());
    boolean close = exchange.serverRequest().version() != HttpVersion.HTTP_2 && closes(exchange);
    if (response.ended() || response.closed()) {
      if (sent != null) {
        sent.handle(Future.succeededFuture());
      }
    } else if (close) {
      exchange.connection().closing();
      response.end(
          last,
          done -> {
            if (sent != null) {
              sent.handle(done);
            }
            close(exchange.loop(), exchange.serverRequest(), done);
          });
    } else if (last.length() == 0 && exchange.serverRequest().version() == HttpVersion.HTTP_2) {
      // With a buffer, even an empty one, the head would not be the end: clients of gRPC look at that.
      response.end(sent);
    } else {
      response.end(last, LastPart.watched(exchange, last, sent));
    }
    finish(exchange);
  }

  /** Breaks an answer off: the client must not take it for complete. */
  public static void abort(Exchange exchange) {
    if (!ended(exchange)) {
      exchange.serverResponse().reset();
      if (exchange.serverRequest().version() != HttpVersion.HTTP_2) {
        exchange.serverRequest().connection().close();
      }
      finish(exchange);
    }
  }

  /** Ends a request: runs the log filters and lets go of the snapshot. */
  public static void finish(Exchange exchange) {
    if (ended(exchange)) {
      return;
    }
    exchange.ended();
    exchange.enter(Phase.LOG);
    Occupation occupation = exchange.loop().occupation();
    for (FilterInstance instance : exchange.chain().log()) {
      FilterInstance before = occupation.begin(instance);
      try {
        ((Filter.Log) instance.filter()).log(exchange);
      } catch (RuntimeException | LinkageError e) {
        log.error("request {}: plugin {} failed in phase LOG", exchange.id(), instance, e);
      } finally {
        occupation.end(before);
      }
    }
    if (exchange.body() != null) {
      exchange.body().discard();
    }
    over(exchange);
  }

  /** Notes a request and lets go of what it holds, whatever becomes of the note. */
  private static void over(Exchange exchange) {
    try {
      exchange.loop().requestWatch().ended(exchange);
      exchange.loop().requestLog().ended(exchange);
    } finally {
      exchange.loop().requestEnded(exchange.connection());
      exchange.loop().pins().unpin(exchange.pin());
    }
  }
}
