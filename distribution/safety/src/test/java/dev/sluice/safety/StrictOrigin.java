package dev.sluice.safety;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that takes requests apart by the letter of RFC 9112, keeps every byte and tells of each departure from it. Each
 * answer bears the number of the request, so that what was accepted can be counted against what was parsed.
 */
final class StrictOrigin implements AutoCloseable {

  private static final int ENOUGH = 5;

  private final ServerSocket server;
  private final AtomicInteger parsed = new AtomicInteger();
  private final List<Message> requests = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private volatile boolean keeps = true;

  StrictOrigin() {
    try {
      server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Keeps only counts from now on, not the requests, or all again: for runs of millions. */
  void forgetful(boolean forget) {
    keeps = !forget;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "strict-origin");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The suite is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Message request = Message.read(in);
        int number = parsed.incrementAndGet();
        judge(request, in);
        if (keeps) {
          requests.add(request);
        }
        String method = request.start().substring(0, Math.max(0, request.start().indexOf(' ')));
        String body = method.equals("HEAD") ? "" : request.start();
        socket.getOutputStream().write(("HTTP/1.1 200 OK\r\nX-Origin: " + number + "\r\nContent-Length: "
            + request.start().length() + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (Message.MalformedException e) {
      fault(e.getMessage());
    } catch (IOException e) {
      // The gateway has closed or broken off a connection, which is no request.
    } finally {
      sockets.remove(socket);
    }
  }

  /** A gateway never sends a second request before the answer, and signs each with an id of its own. */
  private void judge(Message request, InputStream in) throws IOException {
    if (in.available() > 0) {
      fault("bytes after " + request.start());
    }
    List<String> given = request.values("x-kong-request-id");
    if (given.size() != 1 || !given.get(0).matches("[0-9a-f]{32}") || keeps && !ids.add(given.get(0))) {
      fault("a request that the gateway has not made: " + request.start() + " " + given);
    }
    if (request.values("host").size() != 1 || request.values("via").isEmpty()) {
      fault("no head of the gateway's: " + request.start());
    }
  }

  private void fault(String text) {
    if (faults.size() < ENOUGH) {
      faults.add(text);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many requests were parsed so far. */
  int parsed() {
    return parsed.get();
  }

  /** The requests from a number on. */
  List<Message> since(int number) {
    List<Message> kept = List.copyOf(requests);
    // Those of the runs of millions were not kept.
    return kept.subList(kept.size() - (parsed.get() - number), kept.size());
  }

  /** What was wrong with what has come since the last call. */
  List<String> takeFaults() {
    List<String> taken = List.copyOf(faults);
    faults.removeAll(taken);
    return taken;
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

  /** Reads up to and with a line end; strict: CR LF and no other control bytes. */
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); ; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (b == '\r') {
        if (in.read() != '\n') {
          throw new Message.MalformedException("a bare CR after " + line);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (b == '\n' || b == 0 || b == 127 || b < ' ' && b != '\t') {
        throw new Message.MalformedException("a control byte " + b + " after " + line);
      }
      line.write(b);
    }
  }
}
