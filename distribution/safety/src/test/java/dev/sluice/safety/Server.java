package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;

/** A server with a name, which is well or not as a test says: then it resets whatever comes. Probes are not counted. */
final class Server implements AutoCloseable {

  private final RawOrigin origin;
  private volatile boolean well = true;

  Server(String name) {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name;
    origin =
        new RawOrigin(
            call -> {
              if (!well) {
                call.reset();
                return false;
              }
              call.send(answer);
              return !call.head().contains("HTTP/1.0");
            });
  }

  int port() {
    return origin.port();
  }

  void well(boolean now) {
    well = now;
  }

  /** How many requests have come that were no probes. */
  int asked() {
    return (int) origin.heads().stream().filter(head -> !head.contains("HTTP/1.0")).count();
  }

  @Override
  public void close() {
    origin.close();
  }
}
