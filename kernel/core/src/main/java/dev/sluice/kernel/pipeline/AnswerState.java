package dev.sluice.kernel.pipeline;

import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.ClientResponse;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.Timeline;
import dev.sluice.api.request.UpstreamResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.EnumSet;
import java.util.Set;

/** What comes back: from upstream, and to the client. */
public final class AnswerState implements ClientResponse {

  private static final Set<Phase> EARLY = EnumSet.of(Phase.REWRITE, Phase.ACCESS, Phase.BALANCER, Phase.RESPONSE);
  private static final Set<Phase> HEAD = EnumSet.of(Phase.HEADER_FILTER);
  private static final Set<Phase> STATUS = EnumSet.of(Phase.RESPONSE, Phase.HEADER_FILTER);

  private static final int CHUNK_FRAME = 4;
  private static final int LAST_CHUNK = 5;
  private static final int STATUS_LINE = "HTTP/1.1 200 \r\n".length();

  private final Exchange exchange;
  private MutableHeaders view;
  private EarlyHeaders early;
  private MultiMap head;
  private AnswerHead plain;
  private HttpHeaders upstreamLines;
  private MultiMap upstreamHeaders;
  private MultiMap upstreamTrailers;
  private HttpVersion upstreamVersion = HttpVersion.HTTP_1_1;
  private int upstreamStatus;
  private int status;
  private long bytesSent;
  private long framing;
  private boolean own;
  private long sentUpstreamNanos;
  private long answeredNanos;

  AnswerState(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Keeps what upstream has answered. */
  public void received(HttpVersion version, int code, HttpHeaders lines) {
    upstreamVersion = version;
    upstreamStatus = code;
    upstreamLines = lines;
    upstreamHeaders = null;
    status = code;
    answeredNanos = System.nanoTime();
  }

  /** Keeps the lines that came after the body of what upstream has answered. */
  public void trailers(MultiMap lines) {
    upstreamTrailers = lines;
  }

  HttpVersion upstreamVersion() {
    return upstreamVersion;
  }

  /** Notes that the answer is one of the gateway's own. */
  void own() {
    own = true;
    if (triedUpstream() && answeredNanos == 0) {
      answeredNanos = System.nanoTime();
    }
  }

  Timeline timeline(long ended) {
    return new Timeline(since(sentUpstreamNanos), since(answeredNanos), ended);
  }

  private long since(long nanos) {
    return nanos == 0 ? -1 : nanos - exchange.startNanos();
  }

  /** Notes when an attempt was sent upstream. */
  public void sentUpstream(long nanos) {
    sentUpstreamNanos = nanos;
  }

  /** Whether an attempt was sent upstream. */
  boolean triedUpstream() {
    return sentUpstreamNanos != 0;
  }

  long proxyLatencyMillis() {
    return (sentUpstreamNanos - exchange.startNanos()) / 1_000_000;
  }

  long upstreamLatencyMillis() {
    return ((answeredNanos == 0 ? System.nanoTime() : answeredNanos) - sentUpstreamNanos) / 1_000_000;
  }

  /** How long the last attempt waited for an answer, of a request that ended at a moment; -1 when nothing was sent. */
  long upstreamNanos(long ended) {
    return sentUpstreamNanos == 0 ? -1 : (answeredNanos == 0 ? ended : answeredNanos) - sentUpstreamNanos;
  }

  /** The head of the answer, from now on open to the header filters. */
  void head(int code, MultiMap lines) {
    status = code;
    head = lines;
    plain = null;
    view = null;
    if (early != null) {
      early.applyTo(HeaderSink.of(lines));
    }
  }

  /** The head of the answer, at which no filter looks before it is written. */
  void head(int code, AnswerHead lines) {
    status = code;
    plain = lines;
    view = null;
    if (early != null) {
      early.applyTo(lines);
    }
  }

  /** The lines of the head as a table: those that Vert.x writes, unless they have been written. */
  public MultiMap table() {
    MultiMap table = exchange.serverResponse().headers();
    if (plain != null) {
      AnswerHead lines = plain;
      plain = null;
      head = table;
      lines.into(table);
    }
    return table;
  }

  /** The head is about to be written with all of the body. */
  void goes(AnswerWriter writer) {
    if (plain != null) {
      MultiMap framing = exchange.serverResponse().headers();
      CharSequence length = plain.get(HeaderNames.CONTENT_LENGTH);
      if (length != null) {
        // Vert.x would write the name in lower case.
        framing.set(HeaderNames.CONTENT_LENGTH, length);
      }
      writer.next(plain, framing);
    }
  }

  /** Counts bytes of the body. */
  public void sent(long bytes) {
    bytesSent += bytes;
    framing += bytes == 0 ? 0 : CHUNK_FRAME + (Long.SIZE - Long.numberOfLeadingZeros(bytes) + 3) / 4;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public ClientResponse status(int code) {
    exchange.require("response().status()", STATUS);
    if (code < 100 || code > 999) {
      throw new IllegalArgumentException(code + " is no status");
    }
    status = code;
    return this;
  }

  @Override
  public MutableHeaders headers() {
    if (view == null && head == null && plain == null) {
      early = new EarlyHeaders(exchange, "a change of response().headers()", EARLY);
      view = early;
    } else if (view == null) {
      view = new GuardedHeaders(table(), exchange, "a change of response().headers()", HEAD);
    }
    return view;
  }

  @Override
  public long bytesSent() {
    return bytesSent;
  }

  @Override
  public long size() {
    HttpServerResponse response = exchange.serverResponse();
    if (!response.headWritten()) {
      return 0;
    }
    int lines = HeaderLines.size(response.headers()) + (plain == null ? 0 : plain.size(response.headers()));
    return STATUS_LINE + response.getStatusMessage().length() + lines + bodySize();
  }

  /** Bytes of the body, with what frames its parts. */
  long bodySize() {
    return exchange.serverResponse().isChunked() ? bytesSent + framing + LAST_CHUNK : bytesSent;
  }

  @Override
  public boolean fromUpstream() {
    return upstreamStatus != 0 && !own;
  }

  /** When the answer of the upstream, or that in its place, was known; 0 before. */
  long answeredNanos() {
    return answeredNanos;
  }

  int upstreamStatus() {
    return upstreamStatus;
  }

  private MultiMap upstreamHeaders() {
    if (upstreamHeaders == null) {
      upstreamHeaders = upstreamLines == null ? HeaderLines.unchecked() : HeaderLines.map(upstreamLines);
    }
    return upstreamHeaders;
  }

  UpstreamResponse upstreamView() {
    return new UpstreamResponse() {
      @Override
      public boolean received() {
        return upstreamStatus != 0;
      }

      @Override
      public int status() {
        return upstreamStatus;
      }

      @Override
      public Headers headers() {
        return new HeadersView(upstreamHeaders());
      }

      @Override
      public Headers trailers() {
        return new HeadersView(upstreamTrailers == null ? HeaderLines.unchecked() : upstreamTrailers);
      }
    };
  }
}
