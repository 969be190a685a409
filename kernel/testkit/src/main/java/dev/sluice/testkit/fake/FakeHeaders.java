package dev.sluice.testkit.fake;

import dev.sluice.api.request.MutableHeaders;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Headers over a map. */
record FakeHeaders(MultiMap map) implements MutableHeaders {

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

  @Override
  public MutableHeaders set(CharSequence name, CharSequence value) {
    map.set(name, value);
    return this;
  }

  @Override
  public MutableHeaders add(CharSequence name, CharSequence value) {
    map.add(name, value);
    return this;
  }

  @Override
  public MutableHeaders remove(CharSequence name) {
    map.remove(name);
    return this;
  }
}
