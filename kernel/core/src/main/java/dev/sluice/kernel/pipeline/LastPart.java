package dev.sluice.kernel.pipeline;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;

/**
 * The last part of an answer, if it is large, on its way over HTTP/2. The request has ended by then, and the connection may
 * be well while this stream is not taken: nobody else watches over it.
 */
final class LastPart extends Deadlines.Timed implements Handler<AsyncResult<Void>> {

  private static final int LARGE = 16 * 1024;

  private final Loop loop;
  private final ClientConnection connection;
  private final int stream;
  private final Handler<AsyncResult<Void>> sent;

  private LastPart(Exchange exchange, Handler<AsyncResult<Void>> sent) {
    this.loop = exchange.loop();
    this.connection = exchange.connection();
    this.stream = exchange.serverResponse().streamId();
    this.sent = sent;
  }

  /** Whoever is to be told that a part has been sent: watched over, where that is needed. */
  static Handler<AsyncResult<Void>> watched(Exchange exchange, Buffer part, Handler<AsyncResult<Void>> sent) {
    if (part.length() < LARGE || exchange.serverRequest().version() != HttpVersion.HTTP_2) {
      return sent;
    }
    Loop loop = exchange.loop();
    LastPart watched = new LastPart(exchange, sent);
    watched.deadline(System.nanoTime(), loop.settings().clientTimeouts().sendMillis());
    loop.deadlines().watch(watched);
    return watched;
  }

  @Override
  public void handle(AsyncResult<Void> done) {
    loop.deadlines().forget(this);
    if (sent != null) {
      sent.handle(done);
    }
  }

  @Override
  protected void expired() {
    connection.outlet().reset(stream);
  }
}
