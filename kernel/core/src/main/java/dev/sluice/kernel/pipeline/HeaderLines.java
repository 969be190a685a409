package dev.sluice.kernel.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Walks over header lines without making strings of them. The one place that knows the class of Vert.x's map, which is
 * not part of its API: see docs/decisions/0005.
 */
public final class HeaderLines {

  private static final int COLON = 2;
  private static final int END_OF_LINE = 2;

  private HeaderLines() {}

  /** The lines of a map, in order. */
  public static Iterator<Map.Entry<CharSequence, CharSequence>> of(MultiMap map) {
    return map instanceof HeadersMultiMap plain ? plain.iteratorCharSequence() : new Adapter(map.iterator());
  }

  /** The length of the lines of a map in HTTP/1.1, with the empty line after them. */
  static int size(MultiMap map) {
    int size = END_OF_LINE;
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = of(map); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      if (line.getKey().charAt(0) != ':') {
        size += line.getKey().length() + COLON + line.getValue().length() + END_OF_LINE;
      }
    }
    return size;
  }

  /** Writes the lines of a map that Vert.x has made for HTTP/1. */
  static void write(MultiMap map, ByteBuf to) {
    ((HeadersMultiMap) map).encode(to);
  }

  /** A map of lines that were checked when they were read. */
  public static MultiMap map(HttpHeaders lines) {
    HeadersMultiMap map = HeadersMultiMap.headers();
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = lines.iteratorCharSequence(); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      map.add(line.getKey(), line.getValue());
    }
    return map;
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
