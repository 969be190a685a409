package dev.sluice.kernel.listener;

import dev.sluice.kernel.pipeline.ListenerInfo;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.Responses;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** Answers what could not be parsed. */
final class InvalidRequests {

  private InvalidRequests() {}

  static void answer(Loop loop, ListenerInfo listener, HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    // nginx, and with it Kong, has a status of its own for long headers and shows it as 400.
    Responses.malformed(loop, listener, request, status(cause), cause instanceof TooLongHttpHeaderException ? 494 : status(cause));
  }

  /** The status that is answered. */
  static int status(Throwable cause) {
    return cause instanceof TooLongHttpLineException ? 414 : 400;
  }
}
