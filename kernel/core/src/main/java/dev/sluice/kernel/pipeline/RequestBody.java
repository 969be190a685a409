package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.BodyTooLargeException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * The body of a request. The request is paused from the start, since a body that arrives while nobody listens is lost;
 * it is read when a filter wants the whole of it or when it goes upstream.
 */
public final class RequestBody {

  private final HttpServerRequest request;
  private final long announced;
  private Buffer collected = Buffer.buffer();
  private boolean ended;
  private Throwable failure;
  private long length;
  private Handler<Buffer> onChunk;
  private Runnable onEnd;
  private Handler<Throwable> onFailure;

  private RequestBody(HttpServerRequest request, long announced) {
    this.request = request;
    this.announced = announced;
    request.pause();
    request.handler(this::chunk);
    request.endHandler(end -> end());
    request.exceptionHandler(this::fail);
  }

  /** The body, or null when the request announces none. */
  static RequestBody of(HttpServerRequest request) {
    String announced = request.headers().get(HeaderNames.CONTENT_LENGTH);
    if (announced != null) {
      return announced.equals("0") ? null : new RequestBody(request, Long.parseLong(announced));
    }
    boolean chunked = request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    boolean http2 = request.version() == HttpVersion.HTTP_2 && !request.isEnded();
    return chunked || http2 ? new RequestBody(request, -1) : null;
  }

  /** The length that was announced, or -1. */
  public long announced() {
    return announced;
  }

  /** Whether all of it has been read. */
  public boolean ended() {
    return ended;
  }

  /** What has been read and not been passed on. */
  public Buffer collected() {
    return collected;
  }

  /** Bytes read so far. */
  public long length() {
    return length;
  }

  private void chunk(Buffer chunk) {
    length += chunk.length();
    if (onChunk != null) {
      onChunk.handle(chunk);
    } else {
      collected.appendBuffer(chunk);
    }
  }

  private void end() {
    ended = true;
    if (onEnd != null) {
      onEnd.run();
    }
  }

  private void fail(Throwable cause) {
    failure = cause;
    if (onFailure != null) {
      onFailure.handle(cause);
    }
  }

  /**
   * Collects up to a number of bytes.
   *
   * @return succeeds at the end of the body or when there are more bytes than that
   */
  public Future<Void> collect(long limit) {
    if (failure != null) {
      return Future.failedFuture(failure);
    }
    if (ended || collected.length() > limit) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    onChunk =
        chunk -> {
          collected.appendBuffer(chunk);
          if (collected.length() > limit) {
            request.pause();
            stop();
            done.tryComplete();
          }
        };
    onEnd =
        () -> {
          stop();
          done.tryComplete();
        };
    onFailure =
        cause -> {
          stop();
          done.tryFail(cause);
        };
    request.resume();
    return done.future();
  }

  private void stop() {
    onChunk = null;
    onEnd = null;
    onFailure = null;
  }

  Future<Buffer> whole(int limit) {
    if (announced > limit) {
      return Future.failedFuture(new BodyTooLargeException(limit));
    }
    return collect(limit)
        .compose(
            done ->
                ended && collected.length() <= limit
                    ? Future.succeededFuture(collected.copy())
                    : Future.failedFuture(new BodyTooLargeException(limit)));
  }

  /** Passes on the rest, beginning with what has been collected. */
  public void stream(Handler<Buffer> chunks, Runnable end, Handler<Throwable> failed) {
    onChunk = chunks;
    onEnd = end;
    onFailure = failed;
    if (failure != null) {
      failed.handle(failure);
      return;
    }
    if (collected.length() > 0) {
      Buffer first = collected;
      collected = Buffer.buffer();
      chunks.handle(first);
    }
    if (ended) {
      end.run();
    } else {
      request.resume();
    }
  }

  /** Stops reading for a while. */
  public void pause() {
    if (!ended) {
      request.pause();
    }
  }

  /** Goes on reading. */
  public void resume() {
    if (!ended) {
      request.resume();
    }
  }

  /** Reads the rest and throws it away, so that the connection can carry the next request. */
  void discard() {
    if (!ended) {
      collected = Buffer.buffer();
      onChunk = chunk -> {};
      onEnd = null;
      onFailure = null;
      request.resume();
    }
  }
}
