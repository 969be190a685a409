package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.Headers;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Iterator;
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

  /** Of few lines, to look at each costs less than the list that the map would make. */
  @Override
  public List<String> getAll(CharSequence name) {
    CharSequence first = null;
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = HeaderLines.of(map); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      if (AsciiString.contentEqualsIgnoreCase(line.getKey(), name)) {
        if (first != null) {
          return map.getAll(name);
        }
        first = line.getValue();
      }
    }
    return first == null ? List.of() : List.of(first.toString());
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
