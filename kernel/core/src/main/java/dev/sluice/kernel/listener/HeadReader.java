package dev.sluice.kernel.listener;

import dev.sluice.kernel.pipeline.SeenNames;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.MultiMap;
import java.util.Optional;

/** Reads the head of a request of HTTP/1 by the decoder of the listeners, from bytes that came by no connection. */
public final class HeadReader {

  private static final int BACKLOG = 1;

  private HeadReader() {}

  /**
   * A head.
   *
   * @param method as it stands in the request line
   * @param target as it stands in the request line
   * @param headers the lines
   * @param refusal the status with which it would be answered at once; empty when it can be read
   */
  public record Head(String method, String target, MultiMap headers, Optional<Integer> refusal) {}

  /** Reads the bytes of a head, with the empty line after it. */
  public static Head read(byte[] bytes) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new StrictRequestDecoder(ProxyAddress.options(BACKLOG, false, false), new SeenNames()));
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
      Object first = channel.readInbound();
      if (!(first instanceof HttpRequest request)) {
        return refused(400);
      }
      return request.decoderResult().isFailure() || !(request.headers() instanceof MultiMap headers)
          ? refused(InvalidRequests.status(request.decoderResult().cause()))
          : new Head(request.method().name(), request.uri(), headers, Optional.empty());
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static Head refused(int status) {
    return new Head("", "", MultiMap.caseInsensitiveMultiMap(), Optional.of(status));
  }
}
