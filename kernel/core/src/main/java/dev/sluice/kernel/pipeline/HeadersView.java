package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Headers over Vert.x's map, to be read. */
class HeadersView implements Headers {

  private final MultiMap map;

  HeadersView(MultiMap map) {
    this.map = map;
  }

  MultiMap map() {
    return map;
  }

  @Override
  public Optional<String> get(CharSequence name) {
    return Optional.ofNullable(map.get(name));
  }

  @Override
  public List<String> getAll(CharSequence name) {
    String first = map.get(name);
    if (first == null) {
      return List.of();
    }
    return HeaderLines.single(map, name) ? List.of(first) : map.getAll(name);
  }

  @Override
  public boolean contains(CharSequence name) {
    return map.contains(name);
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    for (Map.Entry<String, String> line : map) {
      visitor.accept(line.getKey(), line.getValue());
    }
  }
}
