package dev.sluice.api.event;

import dev.sluice.api.Registration;
import java.util.function.Consumer;

/** Things that happen on this node. Handlers run on the control thread, must not block, and end with the plugin. */
public interface Events {

  /** Listens to one kind of event. */
  <T extends Event> Registration on(Class<T> kind, Consumer<T> handler);
}
