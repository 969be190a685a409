package dev.sluice.conformance;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of a client, byte by byte, to tell an answer from a half of one and from none. */
final class Wire implements Closeable {

  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\r?$");

  private final Socket socket;

  /** A whole answer. */
  record Answer(String head, String body) {

    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    boolean closes() {
      return head.toLowerCase(Locale.ROOT).contains("connection: close");
    }
  }

  private Wire(Socket socket) {
    this.socket = socket;
  }

  static Wire open(int port) throws IOException {
    return open("127.0.0.1", port);
  }

  static Wire open(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) Await.PATIENCE.toMillis());
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      socket.setTcpNoDelay(true);
      return new Wire(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks for a path.
   *
   * @return empty when the connection ended before the first byte of an answer
   * @throws TornException when it ended within an answer
   */
  Optional<Answer> get(String path) throws TornException {
    StringBuilder read = new StringBuilder();
    try {
      ask(path);
      return answer(socket.getInputStream(), read);
    } catch (TornException e) {
      throw e;
    } catch (IOException e) {
      if (read.isEmpty()) {
        return Optional.empty();
      }
      throw new TornException(read + " (" + e + ")");
    }
  }

  /** Asks for a path and reads nothing yet. */
  void ask(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads the answer to what was asked. */
  Optional<Answer> answer() throws IOException {
    return answer(socket.getInputStream(), new StringBuilder());
  }

  private static Optional<Answer> answer(InputStream in, StringBuilder read) throws IOException {
    int end = -1;
    int wanted = Integer.MAX_VALUE;
    byte[] buffer = new byte[8192];
    while (read.length() < wanted) {
      int count = in.read(buffer);
      if (count < 0 && read.isEmpty()) {
        return Optional.empty();
      } else if (count < 0) {
        throw new TornException(read.toString());
      }
      read.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      end = end < 0 ? read.indexOf("\r\n\r\n") : end;
      if (end >= 0 && wanted == Integer.MAX_VALUE) {
        Matcher length = LENGTH.matcher(read.substring(0, end));
        if (!length.find()) {
          throw new IllegalStateException("no length: " + read);
        }
        wanted = end + 4 + Integer.parseInt(length.group(1));
      }
    }
    return Optional.of(new Answer(read.substring(0, end), read.substring(end + 4)));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** An answer has begun and not ended. */
  static final class TornException extends IOException {
    private static final long serialVersionUID = 1L;

    TornException(String read) {
      super("torn answer: " + read);
    }
  }
}
