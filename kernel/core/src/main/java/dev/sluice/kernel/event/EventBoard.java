package dev.sluice.kernel.event;

import dev.sluice.api.Registration;
import dev.sluice.api.event.Event;
import dev.sluice.api.event.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes events to those who listen, on the control thread. */
public final class EventBoard implements Events {

  private static final Logger log = LoggerFactory.getLogger(EventBoard.class);

  private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();
  private final Executor control;

  private record Listener<T extends Event>(Class<T> kind, Consumer<T> handler) {
    void offer(Event event) {
      if (kind.isInstance(event)) {
        handler.accept(kind.cast(event));
      }
    }
  }

  /** Makes a board that calls on an executor. */
  public EventBoard(Executor control) {
    this.control = control;
  }

  @Override
  public <T extends Event> Registration on(Class<T> kind, Consumer<T> handler) {
    Listener<T> listener = new Listener<>(kind, handler);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Says that something has happened; from any thread. */
  public void happened(Event event) {
    if (listeners.isEmpty()) {
      return;
    }
    control.execute(
        () -> {
          for (Listener<?> listener : listeners) {
            try {
              listener.offer(event);
            } catch (RuntimeException | LinkageError e) {
              log.warn("a listener failed at {}", event, e);
            }
          }
        });
  }
}
