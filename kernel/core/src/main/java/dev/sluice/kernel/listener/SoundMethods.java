package dev.sluice.kernel.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/** Refuses streams whose method is none: Vert.x would close the connection, and all other streams with it. */
final class SoundMethods extends Http2FrameListenerDecorator {

  SoundMethods(Http2FrameListener listener) {
    super(listener);
  }

  @Override
  public void onHeadersRead(ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    check(stream, headers.method());
    super.onHeadersRead(context, stream, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    check(stream, headers.method());
    super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, end);
  }

  /** There is none in trailers. */
  private static void check(int stream, CharSequence method) throws Http2Exception {
    if (method == null) {
      return;
    }
    boolean sound = method.length() > 0;
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      sound &= c > ' ' && c < 127;
    }
    if (!sound) {
      throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "a method that is none");
    }
  }
}
