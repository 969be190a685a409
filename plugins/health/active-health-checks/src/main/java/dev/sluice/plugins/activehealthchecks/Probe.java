package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at one address: connect, make it secure, send, read a line; each step has the whole timeout for itself. Ends
 * exactly once, on any thread.
 */
final class Probe {

  /** How a probe ended. */
  sealed interface Result {

    /** A connection was made, and nothing more was asked for. */
    record Connected() implements Result {}

    /** A line came; it has a status if it is one of HTTP. */
    record Answered(OptionalInt status) implements Result {}

    /** No connection, or one that broke. */
    record Broken() implements Result {}

    /** A step took too long. */
    record TimedOut() implements Result {}

    /** The checker was closed. */
    record Cancelled() implements Result {}
  }

  /** A secure connection, and the name to ask for. */
  record Tls(Optional<String> serverName) {}

  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
  private static final Registration NO_TIMER = () -> {};

  private final PluginContext context;
  private final NetClient client;
  private final SocketAddress address;
  private final Duration timeout;
  private final Optional<Tls> tls;
  private final Optional<Buffer> request;
  private final Consumer<Result> whenOver;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<Registration> timer = new AtomicReference<>(NO_TIMER);
  private final AtomicReference<Optional<NetSocket>> socket = new AtomicReference<>(Optional.empty());

  Probe(
      PluginContext context,
      NetClient client,
      SocketAddress address,
      Duration timeout,
      Optional<Tls> tls,
      Optional<Buffer> request,
      Consumer<Result> whenOver) {
    this.context = context;
    this.client = client;
    this.address = address;
    this.timeout = timeout;
    this.tls = tls;
    this.request = request;
    this.whenOver = whenOver;
  }

  void start() {
    step();
    client.connect(address).onSuccess(this::connected).onFailure(this::broken);
  }

  void cancel() {
    end(new Result.Cancelled());
  }

  private void connected(NetSocket connection) {
    socket.set(Optional.of(connection));
    if (over.get()) {
      connection.close();
      return;
    }
    connection.exceptionHandler(this::broken);
    connection.closeHandler(closed -> end(new Result.Broken()));
    if (tls.isPresent()) {
      step();
      tls.get().serverName().map(connection::upgradeToSsl).orElseGet(connection::upgradeToSsl)
          .onSuccess(secure -> send(connection))
          .onFailure(this::broken);
    } else {
      send(connection);
    }
  }

  private void send(NetSocket connection) {
    if (request.isEmpty()) {
      end(new Result.Connected());
      return;
    }
    StatusLine line = new StatusLine();
    connection.handler(chunk -> {
      if (line.add(chunk)) {
        end(new Result.Answered(line.status()));
      }
    });
    step();
    connection.write(request.get()).onSuccess(sent -> step()).onFailure(this::broken);
  }

  /** Begins a step, and with it the time that it may take. */
  private void step() {
    timer.getAndSet(context.after(timeout, () -> end(new Result.TimedOut()))).close();
    if (over.get()) {
      timer.getAndSet(NO_TIMER).close();
    }
  }

  private void broken(Throwable failure) {
    if (!over.get()) {
      LOG.debug("probe of {} broke: {}", address, failure.toString());
    }
    end(new Result.Broken());
  }

  private void end(Result result) {
    if (over.compareAndSet(false, true)) {
      timer.getAndSet(NO_TIMER).close();
      socket.get().ifPresent(NetSocket::close);
      whenOver.accept(result);
    }
  }
}
