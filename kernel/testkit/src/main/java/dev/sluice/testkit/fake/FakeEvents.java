package dev.sluice.testkit.fake;

import dev.sluice.api.Registration;
import dev.sluice.api.event.Event;
import dev.sluice.api.event.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Events that a test publishes; handlers run on the publishing thread. */
public final class FakeEvents implements Events {

  private record Listener(Class<?> kind, Consumer<Event> handler) {}

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  @Override
  public <T extends Event> Registration on(Class<T> kind, Consumer<T> handler) {
    Listener listener = new Listener(kind, event -> handler.accept(kind.cast(event)));
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tells all handlers of this kind of event. */
  public void publish(Event event) {
    for (Listener listener : listeners) {
      if (listener.kind().isInstance(event)) {
        listener.handler().accept(event);
      }
    }
  }

  /** How many handlers listen. */
  public int listeners() {
    return listeners.size();
  }
}
