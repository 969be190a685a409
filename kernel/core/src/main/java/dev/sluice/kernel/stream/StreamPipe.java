package dev.sluice.kernel.stream;

import dev.sluice.kernel.pipeline.Loop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;

/** Passes bytes between two sockets, never faster than the other side takes them. On their event loop. */
final class StreamPipe {

  private final Loop loop;
  private final NetSocket client;
  private final NetSocket server;
  private final long idleMillis;
  private final Runnable onEnd;
  private long lastNanos = System.nanoTime();
  private long received;
  private long sent;
  private boolean closed;

  /**
   * Makes a pipe.
   *
   * @param idleMillis after which a connection that carries nothing ends
   * @param onEnd told when one of the sides is gone
   */
  StreamPipe(Loop loop, NetSocket client, NetSocket server, long idleMillis, Runnable onEnd) {
    this.loop = loop;
    this.client = client;
    this.server = server;
    this.idleMillis = idleMillis;
    this.onEnd = onEnd;
  }

  /** Begins, with what the client has sent already. */
  void open(List<Buffer> early) {
    server.exceptionHandler(cause -> onEnd.run());
    server.closeHandler(gone -> onEnd.run());
    for (Buffer bytes : early) {
      received += bytes.length();
      server.write(bytes);
    }
    relay(client, server);
    relay(server, client);
    client.resume();
    look(idleMillis);
  }

  private void relay(NetSocket from, NetSocket to) {
    from.handler(
        bytes -> {
          lastNanos = System.nanoTime();
          count(from, bytes.length());
          to.write(bytes);
          if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(
                drained -> {
                  lastNanos = System.nanoTime();
                  from.resume();
                });
          }
        });
  }

  private void count(NetSocket from, int bytes) {
    if (from == client) {
      received += bytes;
    } else {
      sent += bytes;
    }
  }

  /** Bytes that came from the client. */
  long received() {
    return received;
  }

  /** Bytes that came from the server. */
  long sent() {
    return sent;
  }

  private void look(long millis) {
    loop.vertx()
        .setTimer(
            Math.max(1, millis),
            timer -> {
              long idle = (System.nanoTime() - lastNanos) / 1_000_000;
              if (closed) {
                return;
              }
              if (idle >= idleMillis) {
                onEnd.run();
              } else {
                look(idleMillis - idle);
              }
            });
  }

  void close() {
    closed = true;
    server.close();
  }
}
