package dev.sluice.plugins.ldapauth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/**
 * A connection to a directory, with one question at a time. It belongs to the event loop that has opened it; only
 * {@link #closeWhenLate} comes from elsewhere.
 */
final class LdapConnection {

  private final NetSocket socket;
  private volatile long deadline = Long.MAX_VALUE;
  private Buffer received = Buffer.buffer();
  private Optional<Promise<Ber.Response>> waiting = Optional.empty();
  private int lastId;
  private volatile boolean open = true;

  LdapConnection(NetSocket socket) {
    this.socket = socket;
    socket.handler(this::take);
    socket.closeHandler(end -> fail(new IllegalStateException("the directory has closed the connection")));
    socket.exceptionHandler(this::fail);
  }

  boolean isOpen() {
    return open;
  }

  /** Has the connection closed when nothing has changed until then. */
  void deadline(long millis) {
    deadline = millis;
  }

  /** Closes the connection when its time is over; from any thread. Tells whether it is of no more use. */
  boolean closeWhenLate(long now) {
    boolean late = now >= deadline;
    if (late) {
      socket.close();
    }
    return late || !open;
  }

  void close() {
    socket.close();
  }

  /** Whether the directory takes a password for someone's; fails when it is in trouble. */
  Future<Boolean> bind(String name, byte[] password) {
    return ask(Ber.bind(++lastId, name, password), Ber.BIND_RESPONSE).map(response -> response.result() == 0);
  }

  /** Turns the connection to TLS. */
  Future<LdapConnection> startTls() {
    return ask(Ber.startTls(++lastId), Ber.EXTENDED_RESPONSE)
        .compose(
            response ->
                response.result() == 0
                    ? socket.upgradeToSsl().map(this)
                    : Future.failedFuture("the directory does not start TLS: result " + response.result()));
  }

  private Future<Ber.Response> ask(Buffer question, int operation) {
    Promise<Ber.Response> promise = Promise.promise();
    waiting = Optional.of(promise);
    socket.write(question).onFailure(this::fail);
    int id = lastId;
    return promise.future().map(response -> {
      if (response.id() != id || response.operation() != operation) {
        throw new IllegalStateException("the directory answers something else");
      }
      return response;
    });
  }

  private void take(Buffer bytes) {
    received.appendBuffer(bytes);
    try {
      Optional<Ber.Response> response = Ber.read(received);
      if (response.isPresent()) {
        received = received.getBuffer(response.get().length(), received.length());
        Optional<Promise<Ber.Response>> asked = waiting;
        waiting = Optional.empty();
        asked.ifPresentOrElse(promise -> promise.complete(response.get()), this::close);
      }
    } catch (IllegalArgumentException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    open = false;
    Optional<Promise<Ber.Response>> asked = waiting;
    waiting = Optional.empty();
    socket.close();
    asked.ifPresent(promise -> promise.tryFail(cause));
  }
}
