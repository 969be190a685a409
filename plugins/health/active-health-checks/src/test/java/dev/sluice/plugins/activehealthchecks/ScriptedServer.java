package dev.sluice.plugins.activehealthchecks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a loopback port that does to each connection what a test says, and keeps what it was sent. */
final class ScriptedServer implements AutoCloseable {

  /** What to do with a connection, which is closed afterwards. */
  interface Script {

    void run(Socket connection) throws IOException;

    /** Reads a request and answers with these pieces, each sent by itself. */
    static Script answer(String... pieces) {
      return connection -> {
        for (String piece : pieces) {
          connection.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
          connection.getOutputStream().flush();
        }
      };
    }

    /** Says nothing until the peer is gone. */
    static Script hang() {
      return connection -> connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  /** What a TLS handshake begins with. */
  private static final int HANDSHAKE = 0x16;

  private final ServerSocket listener;
  private final Script script;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostOpen = new AtomicInteger();

  ScriptedServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    Thread acceptor = new Thread(this::accept, "scripted-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The next request that has come, up to its empty line; empty text when the peer sent none, or a handshake. */
  String nextRequest() throws InterruptedException {
    String request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  int requestsWaiting() {
    return requests.size();
  }

  /** Waits until a connection has ended. */
  void awaitEnd() throws InterruptedException {
    if (ends.poll(10, TimeUnit.SECONDS) == null) {
      throw new AssertionError("no connection ended");
    }
  }

  int mostOpenAtOnce() {
    return mostOpen.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        open.add(connection);
        mostOpen.accumulateAndGet(open.size(), Math::max);
        Thread server = new Thread(() -> serve(connection), "scripted-connection");
        server.setDaemon(true);
        server.start();
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      requests.add(request(connection.getInputStream()));
      script.run(connection);
    } catch (IOException e) {
      // The peer went away, as probes may.
    } finally {
      open.remove(connection);
      ends.add(true);
    }
  }

  private static String request(InputStream input) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int octet = input.read();
      if (octet < 0 || octet == HANDSHAKE) {
        return request.toString();
      }
      request.append((char) octet);
    }
    return request.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
