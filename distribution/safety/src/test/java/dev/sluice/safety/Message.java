package dev.sluice.safety;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request taken apart by the letter of RFC 9112: whatever two readers might understand in two ways is malformed.
 *
 * @param start the request line
 * @param lines the header lines, as they are
 * @param body without its framing
 */
record Message(String start, List<String> lines, String body) {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** The bytes are no request. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Reads one request.
   *
   * @throws MalformedException when it is none
   * @throws EOFException when it is not complete
   */
  static Message read(InputStream in) throws IOException {
    String start = StrictOrigin.line(in);
    if (!start.matches("[A-Z_-]+ /[!-~&&[^?]]*(\\?[!-~\u0080-\u00ff]*)? HTTP/1\\.1")) {
      throw new MalformedException("the request line " + start);
    }
    List<String> lines = lines(in);
    Message head = new Message(start, lines, "");
    List<String> lengths = head.values("content-length");
    List<String> codings = head.values("transfer-encoding");
    if (lengths.size() + codings.size() > 1) {
      throw new MalformedException("ambiguous framing " + lines);
    }
    if (!codings.isEmpty()) {
      if (!codings.get(0).equals("chunked")) {
        throw new MalformedException("the coding " + codings.get(0));
      }
      return new Message(start, lines, chunks(in));
    }
    if (lengths.isEmpty()) {
      return head;
    }
    if (!lengths.get(0).matches("[0-9]{1,9}")) {
      throw new MalformedException("the length " + lengths.get(0));
    }
    return new Message(start, lines, bytes(in, Integer.parseInt(lengths.get(0))));
  }

  private static List<String> lines(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = StrictOrigin.line(in); !line.isEmpty(); line = StrictOrigin.line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0 || !line.substring(0, colon).matches(TOKEN)) {
        throw new MalformedException("the line " + line);
      }
      lines.add(line);
    }
    return lines;
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      String size = StrictOrigin.line(in);
      if (!size.matches("[0-9A-Fa-f]{1,7}")) {
        throw new MalformedException("the chunk size " + size);
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        lines(in);
        return body.toString();
      }
      body.append(bytes(in, length));
      if (!StrictOrigin.line(in).isEmpty()) {
        throw new MalformedException("a chunk longer than its size");
      }
    }
  }

  private static String bytes(InputStream in, int length) throws IOException {
    byte[] read = in.readNBytes(length);
    if (read.length < length) {
      throw new EOFException();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(read);
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** The target of the request line. */
  String target() {
    return start.split(" ", -1)[1];
  }

  /** The values of all lines with a name, in lower case. */
  List<String> values(String name) {
    return lines.stream()
        .filter(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT).equals(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }
}
