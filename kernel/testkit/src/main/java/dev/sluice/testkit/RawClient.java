package dev.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client made of a bare socket: sends any bytes and shows every byte that comes back. */
public final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket;

  /** Connects to a port of this machine. */
  public RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text, as ISO 8859-1. */
  public RawClient send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the peer closes the connection. */
  public String readToEnd() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection stays open; so far:\n" + all, e);
    } catch (SocketException reset) {
      all.writeBytes("<reset>".getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads until a text has come. */
  public String readUntil(String end) {
    StringBuilder all = new StringBuilder();
    try {
      while (all.indexOf(end) < 0) {
        int b = socket.getInputStream().read();
        if (b < 0) {
          throw new AssertionError("closed before '" + end + "' came; so far:\n" + all);
        }
        all.append((char) b);
      }
      return all.toString();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("'" + end + "' did not come; so far:\n" + all, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Breaks the connection off. */
  public void reset() {
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
