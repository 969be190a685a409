package dev.sluice.safety;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A client of HTTP/2 that writes frames byte by byte, right or wrong, and shows what becomes of each stream. */
final class Http2Wire implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PRIORITY = 32;

  private final Wire wire;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, String> outcomes = new HashMap<>();
  private final Map<Integer, Integer> statuses = new HashMap<>();
  private boolean goneAway;
  private volatile boolean closed;
  private Thread drainer;

  Http2Wire(int port) {
    wire = new Wire(port);
    wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Sends a frame. */
  Http2Wire frame(int type, int flags, int stream, byte[] payload) {
    ByteBuf frame = Unpooled.buffer(9 + payload.length);
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream).writeBytes(payload);
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    wire.send(bytes);
    return this;
  }

  /** Sends the headers of a stream: names and values by turns, as they are. */
  Http2Wire headers(int stream, boolean end, String... lines) {
    return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(lines));
  }

  /** A whole request without a body. */
  Http2Wire get(int stream, String path) {
    return headers(stream, true, ":method", "GET", ":scheme", "http", ":authority", "h", ":path", path);
  }

  Http2Wire data(int stream, boolean end, String text) {
    return frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Literal lines that are not indexed and not packed. */
  static byte[] block(String... lines) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < lines.length; i++) {
      if (i % 2 == 0) {
        block.write(0);
      }
      byte[] text = lines[i].getBytes(StandardCharsets.ISO_8859_1);
      if (text.length < 127) {
        block.write(text.length);
      } else {
        block.write(127);
        int rest = text.length - 127;
        for (; rest >= 128; rest >>= 7) {
          block.write(rest & 127 | 128);
        }
        block.write(rest);
      }
      block.writeBytes(text);
    }
    return block.toByteArray();
  }

  /** Reads until a stream has ended in one way or another, and says in which: a status, reset, closed or silence. */
  String outcome(int stream) {
    while (!outcomes.containsKey(stream) && !closed) {
      try {
        read();
      } catch (java.net.SocketTimeoutException e) {
        return "silence";
      } catch (IOException | Http2Exception e) {
        closed = true;
      }
    }
    return outcomes.getOrDefault(stream, goneAway ? "gone away" : "closed");
  }

  private void read() throws IOException, Http2Exception {
    InputStream in = wire.in();
    byte[] head = in.readNBytes(9);
    if (head.length < 9) {
      throw new IOException("closed");
    }
    ByteBuf frame = Unpooled.wrappedBuffer(head);
    int length = frame.readUnsignedMedium();
    int type = frame.readUnsignedByte();
    int flags = frame.readUnsignedByte();
    int stream = frame.readInt();
    byte[] payload = in.readNBytes(length);
    switch (type) {
      case HEADERS -> {
        ByteBuf block = Unpooled.wrappedBuffer(payload).skipBytes((flags & PRIORITY) == 0 ? 0 : 5);
        Http2Headers headers = decoder.decodeHeaders(stream, block);
        if (headers.status() != null) {
          statuses.put(stream, Integer.parseInt(headers.status().toString()));
        }
        ended(stream, flags);
      }
      case DATA -> {
        ended(stream, flags);
        if (length > 0) {
          byte[] more = Unpooled.buffer(4).writeInt(length).array();
          frame(WINDOW_UPDATE, 0, 0, more);
        }
      }
      case RST_STREAM -> outcomes.putIfAbsent(stream, statuses.containsKey(stream) ? statuses.get(stream) + " reset" : "reset");
      case SETTINGS -> {
        if (flags != ACK) {
          frame(SETTINGS, ACK, 0, new byte[0]);
        }
      }
      case GOAWAY -> goneAway = true;
      default -> {}
    }
  }

  private void ended(int stream, int flags) {
    if ((flags & END_STREAM) != 0) {
      outcomes.putIfAbsent(stream, String.valueOf(statuses.get(stream)));
    }
  }

  /** Reads whatever comes and looks at none of it, so that the peer can go on writing. */
  void drain() {
    drainer =
        new Thread(
            () -> {
              try {
                wire.in().transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException ended) {
                // As good as a close.
              }
              closed = true;
            },
            "drain");
    drainer.setDaemon(true);
    drainer.start();
  }

  /** Whether the peer has ended the connection that is drained, or does so soon. */
  boolean drained() {
    return Waiting.within(200, () -> closed);
  }

  /** Whether the peer has said that it is done with the connection. */
  boolean goneAway() {
    return goneAway;
  }

  Wire wire() {
    return wire;
  }

  @Override
  public void close() {
    wire.close();
  }
}
