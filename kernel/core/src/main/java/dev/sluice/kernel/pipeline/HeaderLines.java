package dev.sluice.kernel.pipeline;

import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Walks over header lines without making strings of them. The one place that knows the class of Vert.x's map, which is
 * not part of its API: see docs/decisions/0005.
 */
public final class HeaderLines {

  private HeaderLines() {}

  /** The lines of a map, in order. */
  public static Iterator<Map.Entry<CharSequence, CharSequence>> of(MultiMap map) {
    return map instanceof HeadersMultiMap plain ? plain.iteratorCharSequence() : new Adapter(map.iterator());
  }

  /** An empty map whose lines are not checked: for lines that were checked when they were read. */
  public static MultiMap unchecked() {
    return HeadersMultiMap.headers();
  }

  private record Adapter(Iterator<Map.Entry<String, String>> lines)
      implements Iterator<Map.Entry<CharSequence, CharSequence>> {

    @Override
    public boolean hasNext() {
      return lines.hasNext();
    }

    @Override
    public Map.Entry<CharSequence, CharSequence> next() {
      Map.Entry<String, String> line = lines.next();
      return Map.entry(line.getKey(), line.getValue());
    }
  }
}
