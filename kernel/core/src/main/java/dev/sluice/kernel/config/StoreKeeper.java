package dev.sluice.kernel.config;

import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.kernel.host.PluginHost.OwnedContext;
import dev.sluice.kernel.registry.Registry;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store open, and changes it when its jar is replaced: two generations must never have the same file open, so
 * the old one is closed before the new one is opened, and opened again when the new one will not. Lives on the control
 * thread, inside operations: no write can come between.
 */
public final class StoreKeeper {

  private static final Logger log = LoggerFactory.getLogger(StoreKeeper.class);

  private final String name;
  private final ControlThread control;
  private final Supplier<OwnedContext> contexts;
  private volatile Optional<Opened> current = Optional.empty();

  private record Opened(StoreFactory factory, Store store, OwnedContext context) {}

  /**
   * Makes a keeper of nothing.
   *
   * @param name of the store, by the settings
   * @param contexts makes what a store takes its threads and timers from
   */
  public StoreKeeper(String name, ControlThread control, Supplier<OwnedContext> contexts) {
    this.name = name;
    this.control = control;
    this.contexts = contexts;
  }

  /** The store, when one is open; from any thread. */
  public Optional<Store> store() {
    return current.map(Opened::store);
  }

  /** Goes over to the store that a registry brings. */
  @SuppressWarnings("ReferenceEquality")
  Future<Void> adopt(Registry registry) {
    Optional<StoreFactory> wanted = registry.store(name);
    if (wanted.isEmpty()) {
      log.error("no jar brings the store '{}': the node has no configuration and is not ready", name);
      return Future.succeededFuture();
    }
    Optional<Opened> before = current;
    if (before.isPresent() && before.get().factory() == wanted.get()) {
      return Future.succeededFuture();
    }
    return close()
        .compose(closed -> open(wanted.get()))
        .recover(
            cause ->
                before.isEmpty()
                    ? Future.failedFuture(cause)
                    : open(before.get().factory()).compose(again -> Future.failedFuture(cause)));
  }

  private Future<Void> open(StoreFactory factory) {
    OwnedContext context = contexts.get();
    Store store = factory.create(context);
    return control
        .here(store.open())
        .onFailure(cause -> context.release())
        .map(
            open -> {
              current = Optional.of(new Opened(factory, store, context));
              return null;
            });
  }

  /** Closes the store after what is under way. */
  public Future<Void> close() {
    Optional<Opened> closing = current;
    current = Optional.empty();
    return closing.isEmpty()
        ? Future.succeededFuture()
        : control
            .here(closing.get().store().close())
            .otherwiseEmpty()
            .onComplete(closed -> closing.get().context().release());
  }
}
