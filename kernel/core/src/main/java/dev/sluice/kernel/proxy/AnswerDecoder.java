package dev.sluice.kernel.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Decodes the answers of one connection, one request at a time. */
final class AnswerDecoder extends HttpResponseDecoder {

  private boolean bodyless;

  AnswerDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(8192)
            .setMaxHeaderSize(32 * 1024)
            .setMaxChunkSize(64 * 1024)
            .setHeadersFactory(LeanHeaders.FACTORY)
            .setTrailersFactory(LeanHeaders.FACTORY));
  }

  /** Says whether the next answer is that to a HEAD, which has no body whatever its head says. */
  void expect(boolean answerToHead) {
    bodyless = answerToHead;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return bodyless || super.isContentAlwaysEmpty(message);
  }
}
