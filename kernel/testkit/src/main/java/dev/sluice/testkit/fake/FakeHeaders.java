package dev.sluice.testkit.fake;

import dev.sluice.api.request.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Headers over a map, which nobody may change. */
record FakeHeaders(MultiMap map) implements Headers {

  @Override
  public Optional<String> get(CharSequence name) {
    return Optional.ofNullable(map.get(name));
  }

  @Override
  public List<String> getAll(CharSequence name) {
    return map.getAll(name);
  }

  @Override
  public boolean contains(CharSequence name) {
    return map.contains(name);
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    map.forEach(visitor);
  }
}
