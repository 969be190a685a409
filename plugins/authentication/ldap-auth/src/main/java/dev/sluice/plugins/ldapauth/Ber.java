package dev.sluice.plugins.ldapauth;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The few messages of RFC 4511 that a login needs, as bytes. */
final class Ber {

  static final int BIND_RESPONSE = 0x61;
  static final int EXTENDED_RESPONSE = 0x78;

  /** No answer to a bind or to StartTLS is longer. */
  static final int LONGEST = 1024 * 1024;

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int ENUMERATED = 0x0a;
  private static final int OCTETS = 0x04;
  private static final int BIND_REQUEST = 0x60;
  private static final int EXTENDED_REQUEST = 0x77;
  private static final int FIRST = 0x80;
  private static final int VERSION = 3;
  private static final String START_TLS = "1.3.6.1.4.1.1466.20037";

  private Ber() {}

  /** Asks to be taken for someone, with a password. */
  static Buffer bind(int id, String name, byte[] password) {
    Buffer request = Buffer.buffer()
        .appendBuffer(integer(VERSION))
        .appendBuffer(element(OCTETS, Buffer.buffer(name.getBytes(StandardCharsets.UTF_8))))
        .appendBuffer(element(FIRST, Buffer.buffer(password)));
    return message(id, element(BIND_REQUEST, request));
  }

  /** Asks for TLS. */
  static Buffer startTls(int id) {
    return message(id, element(EXTENDED_REQUEST, element(FIRST, Buffer.buffer(START_TLS))));
  }

  private static Buffer message(int id, Buffer operation) {
    return element(SEQUENCE, integer(id).appendBuffer(operation));
  }

  private static Buffer integer(int value) {
    Buffer bytes = Buffer.buffer();
    int most = value > 0x7fffff ? 3 : value > 0x7fff ? 2 : value > 0x7f ? 1 : 0;
    for (int shift = most; shift >= 0; shift--) {
      bytes.appendByte((byte) (value >> 8 * shift));
    }
    return element(INTEGER, bytes);
  }

  private static Buffer element(int tag, Buffer content) {
    Buffer whole = Buffer.buffer().appendByte((byte) tag);
    int length = content.length();
    if (length < 0x80) {
      whole.appendByte((byte) length);
    } else {
      whole.appendByte((byte) 0x84).appendInt(length);
    }
    return whole.appendBuffer(content);
  }

  /**
   * What a directory answers.
   *
   * @param id of the request
   * @param operation that it answers
   * @param result its result code; 0 for success
   * @param length of the message, in bytes
   */
  record Response(int id, int operation, int result, int length) {}

  /**
   * The first message in some bytes; empty when it is not there as a whole.
   *
   * @throws IllegalArgumentException when the bytes are of another protocol
   */
  static Optional<Response> read(Buffer bytes) {
    if (bytes.length() < 2) {
      return Optional.empty();
    }
    Reader reader = new Reader(bytes);
    int end = reader.open(SEQUENCE);
    if (end > bytes.length()) {
      return Optional.empty();
    }
    int id = reader.number(INTEGER);
    int operation = reader.tag();
    reader.enter();
    return Optional.of(new Response(id, operation, reader.number(ENUMERATED), end));
  }

  /** Goes through bytes. */
  private static final class Reader {
    private final Buffer bytes;
    private int at;

    private Reader(Buffer bytes) {
      this.bytes = bytes;
    }

    private int next() {
      if (at >= bytes.length()) {
        throw new IllegalArgumentException("a message of LDAP ends too early");
      }
      return bytes.getUnsignedByte(at++);
    }

    private int tag() {
      return next();
    }

    /** Opens an element; gives back where it ends. */
    private int open(int wanted) {
      if (next() != wanted) {
        throw new IllegalArgumentException("no message of LDAP");
      }
      return enter();
    }

    /** Reads a length; gives back where the content ends, which may be behind the bytes there are. */
    private int enter() {
      int length = next();
      if (length >= 0x80) {
        int octets = length - 0x80;
        if (octets == 0 || octets > 4) {
          throw new IllegalArgumentException("no length of LDAP");
        }
        if (at + octets > bytes.length()) {
          return Integer.MAX_VALUE;
        }
        length = 0;
        for (int i = 0; i < octets; i++) {
          length = length << 8 | next();
        }
      }
      if (length < 0 || length > LONGEST) {
        throw new IllegalArgumentException("a message of LDAP is too long");
      }
      return at + length;
    }

    private int number(int wanted) {
      int end = open(wanted);
      int value = 0;
      while (at < end) {
        value = value << 8 | next();
      }
      return value;
    }
  }
}
