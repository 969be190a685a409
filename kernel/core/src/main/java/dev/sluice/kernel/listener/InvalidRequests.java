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
    if (cause instanceof TooLongHttpLineException) {
      Responses.malformed(loop, listener, request, 414, 414);
    } else if (cause instanceof TooLongHttpHeaderException) {
      // nginx, and with it Kong, has a status of its own for this and shows it as 400.
      Responses.malformed(loop, listener, request, 400, 494);
    } else {
      Responses.malformed(loop, listener, request, 400, 400);
    }
  }
}
