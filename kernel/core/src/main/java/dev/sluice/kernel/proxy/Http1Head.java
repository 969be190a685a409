package dev.sluice.kernel.proxy;

import dev.sluice.api.request.Identity;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.HeaderNames;
import dev.sluice.kernel.pipeline.Outbound;
import dev.sluice.kernel.pipeline.PathForm;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import java.util.Map;

/** Writes the head of a request as the bytes of HTTP/1.1; one belongs to each connection. */
final class Http1Head implements RequestHead.Lines {

  private static final AsciiString HTTP_1_1 = AsciiString.cached(" HTTP/1.1\r\nHost: ");
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("\r\nConnection: keep-alive\r\n");
  private static final AsciiString UPGRADE =
      AsciiString.cached("\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n");
  private static final AsciiString CHUNKED = AsciiString.cached("Transfer-Encoding: chunked\r\n");
  private static final int LF = '\r' << 8 | '\n';
  private static final int COLON = ':' << 8 | ' ';

  private ByteBuf to;

  /** What the head says of the body that follows. */
  enum Framing {
    /** Nothing follows and nothing is said. */
    NONE,
    /** So many bytes follow. */
    LENGTH,
    /** Chunks follow. */
    CHUNKED
  }

  void write(ByteBuf into, Exchange exchange, KernelTarget target, Framing framing, long length) {
    to = into;
    lines(exchange, RequestHead.authority(exchange, target));
    end(framing, length);
  }

  /** Writes that of a copy, with more lines. */
  void write(
      ByteBuf into, Exchange exchange, String authority, Map<String, String> more, Framing framing, long length) {
    to = into;
    lines(exchange, authority);
    more.forEach(this::line);
    end(framing, length);
  }

  private void lines(Exchange exchange, String authority) {
    Outbound outbound = exchange.outbound();
    put(outbound.method());
    to.writeByte(' ');
    put(PathForm.escape(outbound.path()));
    String query = outbound.queryOrNull();
    if (query != null) {
      to.writeByte('?');
      put(query);
    }
    put(HTTP_1_1);
    put(authority);
    put(outbound.upgrades() ? UPGRADE : KEEP_ALIVE);
    RequestHead.lines(this, exchange);
  }

  private void end(Framing framing, long length) {
    if (framing == Framing.LENGTH) {
      line(HeaderNames.CONTENT_LENGTH, Long.toString(length));
    } else if (framing == Framing.CHUNKED) {
      put(CHUNKED);
    }
    to.writeShort(LF);
    to = null;
  }

  @Override
  public void line(CharSequence name, CharSequence value) {
    put(name);
    to.writeShort(COLON);
    put(value);
    to.writeShort(LF);
  }

  @Override
  public void identity(Identity who) {
    who.writeTo(to);
  }

  private void put(CharSequence text) {
    if (text instanceof AsciiString ascii) {
      to.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
    } else {
      ByteBufUtil.writeAscii(to, text);
    }
  }
}
