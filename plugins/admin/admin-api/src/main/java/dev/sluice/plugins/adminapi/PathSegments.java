package dev.sluice.plugins.adminapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The path of a request, taken apart. */
final class PathSegments {

  private PathSegments() {}

  /**
   * The decoded segments; one slash at the end counts for nothing. Empty when the encoding is broken or hides a zero
   * byte.
   */
  static Optional<List<String>> of(String path) {
    String[] raw = path.split("/", -1);
    List<String> segments = new ArrayList<>(raw.length);
    int end = raw.length > 2 && raw[raw.length - 1].isEmpty() ? raw.length - 1 : raw.length;
    for (int i = 1; i < end; i++) {
      Optional<String> decoded = PercentText.decode(raw[i], false);
      if (decoded.isEmpty() || decoded.get().indexOf('\0') >= 0) {
        return Optional.empty();
      }
      segments.add(decoded.get());
    }
    return Optional.of(segments.equals(List.of("")) ? List.of() : segments);
  }
}
