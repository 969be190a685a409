package dev.sluice.safety;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client made of a bare socket, which tells an answer from a half of one, from a close and from silence. */
final class Wire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = Integer.getInteger("sluice.safety.patience", 20_000);

  private final Socket socket;
  private final InputStream in;

  Wire(int port) {
    this(port, 0);
  }

  /** One that has room for so many bytes that nobody reads; 0 for as many as the system likes. */
  Wire(int port, int room) {
    try {
      socket = new Socket();
      if (room > 0) {
        socket.setReceiveBufferSize(room);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Wire patience(int millis) {
    try {
      socket.setSoTimeout(millis);
      return this;
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text, as ISO 8859-1; what cannot be sent because the peer has closed is left out. */
  Wire send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException closed) {
      // Seen when reading.
    }
    return this;
  }

  /** Reads one answer; that of a HEAD has no body. */
  Answer answer(boolean head) {
    StringBuilder read = new StringBuilder();
    try {
      return Answer.read(in, read, head);
    } catch (SocketTimeoutException e) {
      return new Answer(Answer.SILENCE, read.toString(), "", false);
    } catch (IOException e) {
      return new Answer(read.isEmpty() ? Answer.CLOSED : Answer.statusOf(read), read.toString(), "", false);
    }
  }

  Answer answer() {
    return answer(false);
  }

  /** Reads answers until the connection ends; the last one says how. */
  List<Answer> answers() {
    List<Answer> all = new ArrayList<>();
    for (Answer next = answer(); ; next = answer()) {
      if (next.status() != Answer.CLOSED) {
        all.add(next);
      }
      if (!next.whole()) {
        return all;
      }
    }
  }

  /** Whether the peer closes the connection without another byte. */
  boolean closed() {
    return answer().status() == Answer.CLOSED;
  }

  InputStream in() {
    return in;
  }

  /** Breaks the connection off. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
