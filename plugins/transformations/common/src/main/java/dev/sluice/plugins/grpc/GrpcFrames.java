package dev.sluice.plugins.grpc;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The framing of gRPC: before each message a byte of flags and four of length. */
public final class GrpcFrames {

  /** The flag of a frame that carries trailers, as gRPC-Web has them. */
  public static final int TRAILERS = 0x80;

  /** The flag of a message that is compressed. */
  public static final int COMPRESSED = 0x01;

  private static final int HEAD = 5;

  private GrpcFrames() {}

  /**
   * One frame.
   *
   * @param flags see the constants
   * @param payload the message
   */
  public record Frame(int flags, Buffer payload) {}

  /** Puts a message into a frame. */
  public static Buffer frame(int flags, Buffer payload) {
    return Buffer.buffer(HEAD + payload.length())
        .appendByte((byte) flags)
        .appendInt(payload.length())
        .appendBuffer(payload);
  }

  /** Takes frames apart that arrive in pieces; for one stream, on its event loop. */
  public static final class Reader {
    private final int longest;
    private Buffer rest = Buffer.buffer();

    /** Makes a reader that fails at messages of more than so many bytes. */
    public Reader(int longest) {
      this.longest = longest;
    }

    /** Adds what has arrived. */
    public void add(Buffer piece) {
      rest = rest.length() == 0 ? piece : Buffer.buffer(rest.length() + piece.length()).appendBuffer(rest).appendBuffer(piece);
    }

    /**
     * The next frame that is there as a whole.
     *
     * @throws IllegalArgumentException when it is longer than allowed
     */
    public Optional<Frame> next() {
      if (rest.length() < HEAD) {
        return Optional.empty();
      }
      long length = rest.getUnsignedInt(1);
      if (length > longest) {
        throw new IllegalArgumentException("a message of " + length + " bytes, more than the " + longest + " allowed");
      }
      int end = HEAD + (int) length;
      if (rest.length() < end) {
        return Optional.empty();
      }
      Frame frame = new Frame(rest.getUnsignedByte(0), rest.getBuffer(HEAD, end));
      rest = rest.getBuffer(end, rest.length());
      return Optional.of(frame);
    }

    /** Whether nothing is left over. */
    public boolean empty() {
      return rest.length() == 0;
    }
  }
}
