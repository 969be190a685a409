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
public final class RequestBody extends Deadlines.Timed {

  private final Loop loop;
  private final HttpServerRequest request;
  private final long announced;
  private Buffer collected = Buffer.buffer();
  private boolean ended;
  private Throwable failure;
  private long length;
  private Handler<Buffer> onChunk;
  private Runnable onEnd;
  private Handler<Throwable> onFailure;

  private RequestBody(Loop loop, HttpServerRequest request, long announced) {
    this.loop = loop;
    this.request = request;
    this.announced = announced;
    request.pause();
    request.handler(this::chunk);
    request.endHandler(end -> end());
    request.exceptionHandler(this::fail);
  }

  /** The body, or null when the request announces none. */
  static RequestBody of(Loop loop, HttpServerRequest request) {
    String announced = request.headers().get(HeaderNames.CONTENT_LENGTH);
    boolean http2 = request.version() == HttpVersion.HTTP_2 && !request.isEnded();
    if (announced != null && (!announced.equals("0") || http2)) {
      return new RequestBody(loop, request, Long.parseLong(announced));
    }
    boolean chunked = announced == null && request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    return chunked || http2 ? new RequestBody(loop, request, -1) : null;
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
    progress();
    length += chunk.length();
    if (onChunk != null) {
      onChunk.handle(chunk);
    } else {
      collected.appendBuffer(chunk);
    }
  }

  private void end() {
    ended = true;
    loop.deadlines().forget(this);
    if (onEnd != null) {
      onEnd.run();
    }
  }

  private void fail(Throwable cause) {
    loop.deadlines().forget(this);
    if (failure == null) {
      failure = cause;
      if (onFailure != null) {
        onFailure.handle(cause);
      }
    }
  }

  /** The client sends nothing, although it is waited for. */
  @Override
  protected void expired() {
    fail(new SlowClientException());
  }

  /** From now on the client has to send something before long. */
  private void read() {
    deadline(System.nanoTime(), loop.settings().clientTimeouts().bodyMillis());
    loop.deadlines().watch(this);
    request.resume();
  }

  /** A client has sent nothing of its body for too long. */
  public static final class SlowClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowClientException() {
      super("the client sends its body too slowly", null, false, false);
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
            pause();
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
    read();
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
      read();
    }
  }

  /** Stops reading for a while. */
  public void pause() {
    if (!ended) {
      suspend();
      request.pause();
    }
  }

  /** Goes on reading. */
  public void resume() {
    if (!ended) {
      read();
    }
  }

  /** Reads the rest and throws it away, so that the connection can carry the next request. */
  void discard() {
    loop.deadlines().forget(this);
    if (!ended) {
      collected = Buffer.buffer();
      onChunk = chunk -> {};
      onEnd = null;
      onFailure = null;
      request.resume();
    }
  }
}
