package dev.sluice.plugins.postgres;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection on which the database tells of commits. It is made again for as long as it takes. */
final class Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final PluginContext context;
  private final PgConnectOptions options;
  private final List<LongConsumer> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<PgConnection> connection = new AtomicReference<>();
  private volatile boolean closed;

  Listener(PluginContext context, Settings settings) {
    this.context = context;
    this.options = settings.connection();
  }

  Registration add(LongConsumer consumer) {
    told.add(consumer);
    return () -> told.remove(consumer);
  }

  void begin() {
    if (closed) {
      return;
    }
    PgConnection.connect(context.vertx(), options)
        .compose(
            made -> {
              connection.set(made);
              made.notificationHandler(this::notified);
              made.closeHandler(gone -> again());
              made.exceptionHandler(e -> LOG.debug("the connection that listens failed: {}", e.getMessage()));
              return made.query("LISTEN sluice").execute()
                  .compose(listening -> made.query(Queries.REVISION).execute())
                  // What was committed while nobody listened is told as one.
                  .onSuccess(rows -> tell(rows.iterator().next().getLong(0)))
                  .onFailure(e -> made.close());
            })
        .onFailure(
            e -> {
              LOG.debug("nobody listens to the database: {}", e.getMessage());
              if (connection.get() == null) {
                again();
              }
            });
  }

  private void again() {
    connection.set(null);
    if (!closed) {
      context.after(AGAIN, this::begin);
    }
  }

  private void notified(PgNotification notification) {
    try {
      tell(Long.parseLong(notification.getPayload()));
    } catch (NumberFormatException e) {
      LOG.warn("somebody else notifies on the channel 'sluice': {}", notification.getPayload());
    }
  }

  private void tell(long revision) {
    told.forEach(each -> each.accept(revision));
  }

  Future<Void> end() {
    closed = true;
    PgConnection open = connection.getAndSet(null);
    return open == null ? Future.succeededFuture() : open.close().otherwiseEmpty();
  }
}
