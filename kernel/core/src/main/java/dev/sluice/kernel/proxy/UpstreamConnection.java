package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.Flushes;
import dev.sluice.kernel.proxy.Http1Head.Framing;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.CharsetUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;

/**
 * One HTTP/1.1 connection to an upstream, on one event loop, carrying one request at a time. It returns to its pool only
 * when the answer was complete, the upstream keeps it open, and nothing else has come in.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements UpstreamLink {

  private static final int ONE_WRITE = 16 * 1024;
  private static final ByteBuf LAST_CHUNK =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes("0\r\n\r\n".getBytes(CharsetUtil.US_ASCII)));

  private final ConnectionPool pool;
  private final AnswerDecoder decoder;
  private final Flushes all;
  private final Http1Head head = new Http1Head();
  private ChannelHandlerContext context;
  private Flushes.Sender flushes;
  private AnswerSink sink;
  private Tunnel tunnel;
  private boolean interim;
  private boolean keepAlive;
  private boolean answered;
  private boolean chunked;
  private boolean requestSent;
  private boolean done;
  private boolean left;
  private int requests;
  private long idleSince;

  UpstreamConnection(ConnectionPool pool, AnswerDecoder decoder, Flushes all) {
    this.pool = pool;
    this.decoder = decoder;
    this.all = all;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    flushes = all.of(added);
  }

  Channel channel() {
    return context.channel();
  }

  @Override
  public boolean reused() {
    return requests > 1;
  }

  int requests() {
    return requests;
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long now) {
    idleSince = now;
  }

  /** Says that it is closed; false when that has been said before. */
  boolean leaves() {
    boolean first = !left;
    left = true;
    return first;
  }

  boolean open() {
    return context.channel().isActive();
  }

  @Override
  public void begin(AnswerSink to, boolean bodyless) {
    sink = to;
    requests++;
    decoder.expect(bodyless);
    interim = false;
    keepAlive = false;
    answered = false;
    requestSent = false;
    done = false;
  }

  @Override
  public void send(Exchange exchange, KernelTarget target, ByteBuf body, boolean announces) {
    ByteBuf bytes = context.alloc().directBuffer(512);
    int length = body == null ? 0 : body.readableBytes();
    head.write(bytes, exchange, target, framing(body, announces), length);
    whole(bytes, body, length);
  }

  /**
   * Sends a copy of a request.
   *
   * @param more lines to add to the head
   */
  void sendCopy(Exchange exchange, String authority, Map<String, String> more, ByteBuf body, boolean announces) {
    ByteBuf bytes = context.alloc().directBuffer(512);
    int length = body == null ? 0 : body.readableBytes();
    head.write(bytes, exchange, authority, more, framing(body, announces), length);
    whole(bytes, body, length);
  }

  private static Framing framing(ByteBuf body, boolean announces) {
    return body == null && !announces ? Framing.NONE : Framing.LENGTH;
  }

  private void whole(ByteBuf bytes, ByteBuf body, int length) {
    if (length > 0 && length <= ONE_WRITE) {
      bytes.writeBytes(body);
    }
    write(bytes);
    if (length > ONE_WRITE) {
      write(body);
    }
    requestSent = true;
  }

  @Override
  public void sendHead(Exchange exchange, KernelTarget target, long length) {
    chunked = length < 0;
    ByteBuf bytes = context.alloc().directBuffer(512);
    head.write(bytes, exchange, target, chunked ? Framing.CHUNKED : Framing.LENGTH, length);
    write(bytes);
  }

  @Override
  public void sendPart(ByteBuf part) {
    write(chunked ? chunk(part) : part);
  }

  private ByteBuf chunk(ByteBuf content) {
    ByteBuf chunk = context.alloc().directBuffer(content.readableBytes() + 16);
    chunk.writeCharSequence(Integer.toHexString(content.readableBytes()), CharsetUtil.US_ASCII);
    chunk.writeByte('\r').writeByte('\n');
    chunk.writeBytes(content);
    return chunk.writeByte('\r').writeByte('\n');
  }

  @Override
  public void sendEnd() {
    if (chunked) {
      write(LAST_CHUNK.duplicate());
    }
    requestSent = true;
  }

  private void write(ByteBuf bytes) {
    context.write(bytes, context.voidPromise());
    flushes.soon();
  }

  @Override
  public void hurry() {
    flushes.now();
  }

  @Override
  public boolean writable() {
    return context.channel().isWritable();
  }

  @Override
  public void pauseReading() {
    context.channel().config().setAutoRead(false);
  }

  @Override
  public void resumeReading() {
    context.channel().config().setAutoRead(true);
  }

  @Override
  public void abandon() {
    sink = null;
    context.close();
  }

  @Override
  public void giveBack() {
    pool.release(this);
  }

  /** From now on bytes pass as they are; the connection never returns to its pool. */
  void tunnel(Tunnel to) {
    tunnel = to;
    sink = null;
  }

  /** Writes bytes as they are. */
  void raw(ByteBuf bytes) {
    write(bytes);
  }

  /** Closes the connection when all that was written has gone out. */
  void closeAfterWrites() {
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (tunnel != null) {
      if (message instanceof ByteBuf bytes) {
        tunnel.fromUpstream(bytes);
      } else {
        ReferenceCountUtil.release(message);
      }
      return;
    }
    if (sink == null) {
      // An answer that nobody asked for, or more than the answer: never let it meet the next request.
      ReferenceCountUtil.release(message);
      context.close();
      return;
    }
    if (message instanceof HttpResponse answer) {
      if (answer.decoderResult().isFailure()) {
        fail(answer.decoderResult().cause());
        return;
      }
      if (!framed(answer.headers())) {
        fail(new IllegalStateException("a transfer coding other than chunked"));
        return;
      }
      interim = answer.status().codeClass() == HttpStatusClass.INFORMATIONAL && answer.status().code() != 101;
      if (!interim) {
        keepAlive = HttpUtil.isKeepAlive(answer);
        answered = true;
        sink.head(answer);
      }
    }
    if (message instanceof HttpContent content) {
      content(content);
    }
  }

  /** Where the body ends must be plain: one coding, and that one chunked. */
  private static boolean framed(HttpHeaders headers) {
    String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    return coding == null
        || coding.equalsIgnoreCase("chunked") && headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() == 1;
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (interim) {
      content.release();
      interim = !last;
    } else if (content.decoderResult().isFailure()) {
      content.release();
      fail(content.decoderResult().cause());
    } else if (sink == null) {
      content.release();
    } else {
      AnswerSink to = sink;
      if (last) {
        sink = null;
        done = true;
        HttpHeaders trailers = ((LastHttpContent) content).trailingHeaders();
        if (!trailers.isEmpty()) {
          to.trailers(LeanHeaders.map(trailers));
        }
      }
      to.content(content.content(), last);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    if (tunnel == null && done) {
      done = false;
      // Only now is it known that no surplus came with the end of the answer.
      if (keepAlive && requestSent && open()) {
        resumeReading();
        pool.release(this);
      } else {
        context.close();
      }
    } else if (sink != null) {
      sink.readComplete();
    }
    from.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (tunnel != null) {
      tunnel.upstreamWritable(writable());
    } else if (sink != null) {
      sink.writable(writable());
    }
    from.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    pool.closed(this);
    from.fireChannelInactive();
    if (tunnel != null) {
      tunnel.close();
    } else if (sink != null) {
      fail(new UpstreamClosedException(answered));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (sink != null) {
      fail(cause);
    } else {
      context.close();
    }
  }

  private void fail(Throwable cause) {
    AnswerSink to = sink;
    sink = null;
    context.close();
    to.failed(cause);
  }

  /** The upstream closed the connection before the end of its answer. */
  static final class UpstreamClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UpstreamClosedException(boolean answered) {
      super(
          answered ? "the upstream closed the connection inside its answer" : "the upstream closed the connection",
          null,
          false,
          false);
    }
  }
}
