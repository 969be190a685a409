package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.HeaderLines;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The lines after a body. */
final class Trailers {

  /** What frames, routes or identifies a message has no business behind it (RFC 9110 §6.5.1). */
  private static final Set<String> NEVER =
      Set.of("content-length", "content-encoding", "content-type", "content-range", "host", "trailer", "te", "set-cookie");

  private Trailers() {}

  /** Passes on those that may go on. */
  static void pass(MultiMap from, MultiMap to) {
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = HeaderLines.of(from); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      if (!HopByHop.inAnswer(line.getKey()) && !NEVER.contains(line.getKey().toString().toLowerCase(Locale.ROOT))) {
        to.add(line.getKey(), line.getValue());
      }
    }
  }
}
