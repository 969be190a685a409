package dev.sluice.kernel.config;

import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
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
  private volatile Optional<StoreFactory> awaited = Optional.empty();

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

  /** The numbers that nodes share by the store; those of a shared store that is awaited cannot be had. From any thread. */
  public Optional<SharedCounters> counters() {
    return awaited() ? Optional.of(AwayCounters.INSTANCE) : store().flatMap(Store::counters);
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
    if (before.isEmpty() && awaited.isPresent() && awaited.get() == wanted.get()) {
      // Somebody else tries again and again: jars may come and go meanwhile.
      return Future.succeededFuture();
    }
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
        .onFailure(
            cause -> {
              context.release();
              boolean away = store.shared() && !(cause instanceof StoreException.Unprepared);
              awaited = away ? Optional.of(factory) : Optional.empty();
            })
        .map(
            open -> {
              current = Optional.of(new Opened(factory, store, context));
              awaited = Optional.empty();
              return null;
            });
  }

  /** Whether a store that others use too could not be opened, and may be later; from any thread. */
  boolean awaited() {
    return current.isEmpty() && awaited.isPresent();
  }

  /** Tries to open the store that is awaited, beside all operations: nobody has to wait for it. */
  Future<Void> openAwaited() {
    Optional<StoreFactory> factory = awaited;
    if (factory.isEmpty()) {
      return Future.succeededFuture();
    }
    OwnedContext context = contexts.get();
    Store store = factory.get().create(context);
    return store
        .open()
        .onFailure(cause -> context.release())
        .compose(
            open ->
                control.serial(
                    () -> {
                      if (awaited()) {
                        current = Optional.of(new Opened(factory.get(), store, context));
                        awaited = Optional.empty();
                        return Future.succeededFuture();
                      }
                      return store.close().onComplete(closed -> context.release());
                    }));
  }

  /** Closes the store after what is under way. */
  public Future<Void> close() {
    awaited = Optional.empty();
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
