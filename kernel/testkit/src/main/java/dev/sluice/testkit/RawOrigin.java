package dev.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend made of bare sockets: it keeps every byte it gets and answers with whatever bytes a test likes, so that
 * nothing in between can hide what really went over the wire.
 */
public final class RawOrigin implements AutoCloseable {

  private final ServerSocket server;
  private final Script script;
  private final List<String> heads = Collections.synchronizedList(new ArrayList<>());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What the origin does with a connection after the head of a request has arrived. */
  @FunctionalInterface
  public interface Script {
    /**
     * Answers one request.
     *
     * @return whether to wait for another request on this connection
     */
    boolean answer(Call call) throws IOException;
  }

  /**
   * One request.
   *
   * @param head all bytes up to the empty line, included
   * @param socket the connection
   * @param number of the request at this origin, from 1
   */
  public record Call(String head, Socket socket, int number) {

    /** Sends text, as ISO 8859-1. */
    public void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Reads so many bytes of the body; fewer when the connection ends before. */
    public String read(int bytes) throws IOException {
      return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the connection ends. */
    public String readAll() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Breaks the connection off: the peer gets a reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** Starts an origin on a port of its own. */
  public RawOrigin(Script script) {
    this(0, script);
  }

  /** Starts an origin at a port. */
  public RawOrigin(int port, Script script) {
    this.script = script;
    try {
      server = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept, "raw-origin");
  }

  /** An origin that gives every request the same answer, on connections that stay open. */
  public static RawOrigin saying(String answer) {
    return new RawOrigin(
        call -> {
          call.send(answer);
          return true;
        });
  }

  private static void daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        daemon(() -> serve(socket), "raw-origin-connection");
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
        heads.add(head);
        if (!script.answer(new Call(head, socket, heads.size()))) {
          return;
        }
      }
    } catch (IOException e) {
      // The gateway has gone away, which some tests are about.
    }
  }

  private static String head(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
      if (matched == 4) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  /** The port. */
  public int port() {
    return server.getLocalPort();
  }

  /** The heads of all requests so far. */
  public List<String> heads() {
    synchronized (heads) {
      return List.copyOf(heads);
    }
  }

  /** How many connections have been made. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
