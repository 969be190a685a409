package dev.sluice.kernel.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;

/**
 * Writes usual answers of HTTP/1.1 whose lines are in no table, past Netty's encoder, which stands below and sees all others.
 * Usual ones are complete, have a body, or could have, and are told by its length. One for each connection, on its event loop.
 */
public final class AnswerWriter extends SendTogether {

  private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
  private static final AsciiString OK = AsciiString.cached("HTTP/1.1 200 OK\r\n");
  private static final int END = '\r' << 8 | '\n';

  /** Room for the status line, and for what Vert.x says of the framing. */
  private static final int REST = 128;

  /** A body up to this goes into the same buffer as the head. */
  private static final int SHORT = 1024;

  private ChannelHandlerContext encoder;
  private AnswerHead next;
  private MultiMap framing;

  AnswerWriter(Flushes all) {
    super(all);
  }

  /** The lines of the answer that Vert.x is about to write, beside a table that it believes to be all of them. */
  void next(AnswerHead lines, MultiMap table) {
    next = lines;
    framing = table;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    super.handlerAdded(context);
    encoder = context.pipeline().context("httpEncoder");
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (next == null || !(message instanceof FullHttpResponse answer) || answer.headers() != framing) {
      context.write(message, promise);
      return;
    }
    try {
      write(answer, promise);
    } finally {
      answer.release();
      next = null;
      framing = null;
    }
  }

  private void write(FullHttpResponse answer, ChannelPromise promise) {
    ByteBuf content = answer.content();
    boolean joined = content.readableBytes() <= SHORT;
    HttpResponseStatus status = answer.status();
    int size = next.size(framing) + status.reasonPhrase().length() + (joined ? content.readableBytes() : 0) + REST;
    ByteBuf bytes = encoder.alloc().directBuffer(size);
    try {
      status(bytes, status);
      next.write(bytes, framing);
      HeaderLines.write(framing, bytes);
      bytes.writeShort(END);
      if (joined) {
        bytes.writeBytes(content, content.readerIndex(), content.readableBytes());
      }
    } catch (RuntimeException e) {
      bytes.release();
      throw e;
    }
    if (joined) {
      encoder.write(bytes, promise);
    } else {
      encoder.write(bytes);
      encoder.write(content.retain(), promise);
    }
  }

  @SuppressWarnings("ReferenceEquality") // one with a text of its own is another
  private static void status(ByteBuf to, HttpResponseStatus status) {
    if (status == HttpResponseStatus.OK) {
      put(to, OK);
    } else {
      put(to, VERSION);
      to.writeCharSequence(status.codeAsText(), StandardCharsets.US_ASCII);
      to.writeByte(' ');
      to.writeCharSequence(status.reasonPhrase(), StandardCharsets.US_ASCII);
      to.writeShort(END);
    }
  }

  private static void put(ByteBuf to, AsciiString text) {
    to.writeBytes(text.array(), text.arrayOffset(), text.length());
  }
}
