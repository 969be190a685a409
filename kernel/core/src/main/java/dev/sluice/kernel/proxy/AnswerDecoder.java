package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.SeenNames;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;

/** Decodes the answers of one connection, one request at a time. */
final class AnswerDecoder extends HttpResponseDecoder {

  private static final int MAX_LINES = 1000;

  private final SeenNames names;
  private boolean bodyless;
  private int lines;

  AnswerDecoder(SeenNames names) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(8192)
            .setMaxHeaderSize(32 * 1024)
            .setMaxChunkSize(64 * 1024)
            .setHeadersFactory(LeanHeaders.FACTORY)
            .setTrailersFactory(LeanHeaders.FACTORY));
    this.names = names;
  }

  /** Says whether the next answer is that to a HEAD, which has no body whatever its head says. */
  void expect(boolean answerToHead) {
    bodyless = answerToHead;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return bodyless || super.isContentAlwaysEmpty(message);
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    lines = 0;
    if (!line[0].equals("HTTP/1.1") && !line[0].equals("HTTP/1.0")) {
      throw new IllegalArgumentException("the version " + line[0]);
    }
    if (line[1].length() != 3 || line[1].charAt(0) < '1') {
      throw new IllegalArgumentException("the status " + line[1]);
    }
    return super.createMessage(line);
  }

  /** Netty takes a name to end at a blank, where others do not. */
  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
    if (++lines > MAX_LINES) {
      throw new TooLongHttpHeaderException("more than " + MAX_LINES + " header lines");
    }
    boolean sound = length > 0 && bytes[start + length] == ':';
    for (int i = start; i < start + length; i++) {
      sound &= bytes[i] > ' ' && bytes[i] < 127;
    }
    if (!sound) {
      throw new IllegalArgumentException("a header line without a name");
    }
    return names.of(bytes, start, length);
  }
}
