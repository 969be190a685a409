package dev.sluice.kernel.listener;

import dev.sluice.kernel.pipeline.SeenNames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Vert.x's decoder, but what Netty lets pass and other servers may read differently is refused before Netty sees it: folded
 * header lines, request lines with other separators than two spaces or another version, blanks around the size of a chunk.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  /** The length of a request line with its carriage return. */
  private static final int SHORTEST = "G / HTTP/1.1\r".length();

  private static final String MAJOR = " HTTP/1.";

  private final SeenNames names;
  private State state = State.REQUEST_LINE;
  private long chunkLeft;
  private boolean lastChunk;

  /** What comes next, as far as it matters here. */
  private enum State {
    REQUEST_LINE,
    HEADERS,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILERS,
    REFUSED
  }

  StrictRequestDecoder(HttpServerOptions options, SeenNames names) {
    super(options);
    this.names = names;
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    state = State.HEADERS;
    return super.createMessage(initialLine);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
    return names.of(bytes, start, length);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
    int from = in.readerIndex();
    int messages = out.size();
    long size = 0;
    switch (state) {
      case REFUSED -> {
        in.skipBytes(in.readableBytes());
        return;
      }
      case REQUEST_LINE, HEADERS, TRAILERS -> {
        if (strangeHead(in)) {
          refuse(in, out);
          return;
        }
      }
      case CHUNK_SIZE -> {
        size = chunkSize(in);
        if (size < 0) {
          refuse(in, out);
          return;
        }
      }
      default -> {}
    }
    super.decode(context, in, out);
    follow(in.readerIndex() - from, size, out, messages);
  }

  /** Keeps up with Netty, whose own state cannot be seen. */
  private void follow(int consumed, long size, List<Object> out, int messages) {
    if (out.size() > messages) {
      Object last = out.get(out.size() - 1);
      if (last instanceof LastHttpContent) {
        state = State.REQUEST_LINE;
        return;
      } else if (last instanceof HttpMessage head) {
        state = HttpUtil.isTransferEncodingChunked(head) ? State.CHUNK_SIZE : State.BODY;
        return;
      }
    }
    if (state == State.CHUNK_SIZE && consumed > 0) {
      chunkLeft = size - consumed;
      state = lastChunk ? State.TRAILERS : State.CHUNK;
    } else if (state == State.CHUNK) {
      chunkLeft -= consumed;
    }
    if (state == State.CHUNK && chunkLeft == 0) {
      state = State.CHUNK_SIZE;
    }
  }

  /** The bytes of a chunk with its first line and its end; 0 while that line is not complete, negative if it is strange. */
  private long chunkSize(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.indexOf(start, in.writerIndex(), (byte) '\n');
    if (end < 0) {
      return 0;
    }
    long size = 0;
    int digits = 0;
    for (int i = start; i < end; i++) {
      int digit = Character.digit(in.getByte(i), 16);
      if (digit < 0) {
        byte other = in.getByte(i);
        if (digits == 0 || other != ';' && other != '\r' || other == '\r' && i + 1 != end) {
          return -1;
        }
        break;
      }
      size = size * 16 + digit;
      if (++digits > 8) {
        return -1;
      }
    }
    lastChunk = size == 0;
    return end + 1 - start + (lastChunk ? 0 : size + 2);
  }

  private boolean strangeHead(ByteBuf in) {
    int end = in.writerIndex();
    int start = in.readerIndex();
    boolean requestLine = state == State.REQUEST_LINE;
    while (start < end) {
      byte first = in.getByte(start);
      if (first == ' ' || first == '\t') {
        return true;
      }
      int line = in.indexOf(start, end, (byte) '\n');
      if (line < 0) {
        return false;
      }
      boolean empty = line == start || line == start + 1 && first == '\r';
      if (empty && !requestLine) {
        return false;
      }
      if (!empty && requestLine) {
        if (line - start < SHORTEST || strangeRequestLine(in, start, line)) {
          return true;
        }
        requestLine = false;
      }
      start = line + 1;
    }
    return false;
  }

  private static boolean strangeRequestLine(ByteBuf in, int start, int line) {
    int spaces = 0;
    int end = line - 1;
    for (int i = start; i < end; i++) {
      byte b = in.getByte(i);
      if (b == ' ') {
        spaces++;
      } else if (b >= 0 && b < ' ' || b == 127) {
        return true;
      }
    }
    return spaces != 2 || !version(in, end);
  }

  /** HTTP/1.0 or HTTP/1.1, and no other that Vert.x would answer in its own way. */
  private static boolean version(ByteBuf in, int end) {
    byte minor = in.getByte(end - 1);
    boolean known = minor == '0' || minor == '1';
    for (int i = 0; i < MAJOR.length() && known; i++) {
      known = in.getByte(end - 1 - MAJOR.length() + i) == MAJOR.charAt(i);
    }
    return known;
  }

  private void refuse(ByteBuf in, List<Object> out) {
    boolean head = state == State.REQUEST_LINE || state == State.HEADERS;
    state = State.REFUSED;
    in.skipBytes(in.readableBytes());
    DecoderResult failure = DecoderResult.failure(new StrangeLineException());
    if (head) {
      HttpMessage message = createInvalidMessage();
      message.setDecoderResult(failure);
      out.add(message);
    } else {
      LastHttpContent content = new DefaultLastHttpContent();
      content.setDecoderResult(failure);
      out.add(content);
    }
  }

  /** A line that is read in two ways. */
  private static final class StrangeLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StrangeLineException() {
      super("a line that is read in two ways", null, false, false);
    }
  }
}
