package dev.sluice.api.request;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Headers of a message: names compare without regard to case, a name may have several values, order is kept. */
public interface Headers {

  /** Those of a message without any. */
  Headers NONE = NoHeaders.INSTANCE;

  /** The first value of a name. */
  Optional<String> get(CharSequence name);

  /** All values of a name, in order; empty when there is none. */
  List<String> getAll(CharSequence name);

  /** Whether the name has a value. */
  boolean contains(CharSequence name);

  /** Visits every line. The headers must not be changed meanwhile. */
  void forEach(BiConsumer<String, String> visitor);
}
