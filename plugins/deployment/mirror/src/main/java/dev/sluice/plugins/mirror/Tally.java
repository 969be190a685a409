package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A number for each of some reasons, counted from all event loops at once. */
final class Tally<E extends Enum<E>> {

  private final Map<E, LongAdder> counts;

  Tally(Class<E> type) {
    counts = new EnumMap<>(type);
    for (E reason : type.getEnumConstants()) {
      counts.put(reason, new LongAdder());
    }
  }

  void add(E reason) {
    counts.get(reason).increment();
  }

  long get(E reason) {
    return counts.get(reason).sum();
  }

  JsonObject shown() {
    JsonObject shown = new JsonObject();
    counts.forEach((reason, count) -> shown.put(reason.name().toLowerCase(Locale.ROOT), count.sum()));
    return shown;
  }
}
