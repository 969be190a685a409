package dev.sluice.plugins.mirror;

/** The kind of a path: what looks like an id is a star in it, so that all things of one kind are alike. */
final class PathPattern {

  private static final int MOST_SEGMENTS = 16;
  private static final int MOST_LENGTH = 200;
  private static final int LONG = 16;

  private PathPattern() {}

  static String of(String path) {
    StringBuilder pattern = new StringBuilder(path.length());
    int segments = 0;
    int at = 1;
    while (at <= path.length() && segments++ < MOST_SEGMENTS) {
      int end = path.indexOf('/', at);
      end = end < 0 ? path.length() : end;
      pattern.append('/');
      if (id(path, at, end)) {
        pattern.append('*');
      } else {
        pattern.append(path, at, end);
      }
      at = end + 1;
    }
    return pattern.substring(0, Math.min(MOST_LENGTH, pattern.length()));
  }

  /** Digits alone, or something long with digits in it, such as a UUID or a hash. */
  private static boolean id(String path, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += path.charAt(i) >= '0' && path.charAt(i) <= '9' ? 1 : 0;
    }
    return digits > 0 && (digits == to - from || to - from >= LONG);
  }
}
