package dev.sluice.kernel.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.MultiMap;

/** Takes the answer to one request from a connection, on its event loop. */
interface AnswerSink {

  /** The head has arrived. */
  void head(HttpResponse head);

  /** Lines after the body have arrived; the last part of the body follows. */
  void trailers(MultiMap lines);

  /**
   * A part of the body has arrived.
   *
   * @param content belongs to the callee
   * @param last whether the answer is complete with it
   */
  void content(ByteBuf content, boolean last);

  /** What could be read has been read for now: a head that waited for its body should go. */
  void readComplete();

  /** The connection broke or carried no valid answer. */
  void failed(Throwable cause);

  /** Whether the connection takes more of the request has changed. */
  void writable(boolean writable);
}
