package dev.sluice.plugins.portal;

import java.util.Set;

/**
 * A file of the site.
 *
 * @param path from the root, as it is asked for
 * @param hash of its bytes
 * @param encodings in which it lies in the jar beside the plain form: {@code br}, {@code gzip}
 */
record Asset(String path, String hash, Set<String> encodings) {

  private static final String HASHED = "/_portal/assets/";

  /** Whether the name changes with the bytes. */
  boolean immutable() {
    return path.startsWith(HASHED);
  }

  String mediaType() {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "woff2" -> "font/woff2";
      case "woff" -> "font/woff";
      case "ttf" -> "font/ttf";
      case "png" -> "image/png";
      case "json" -> "application/json; charset=utf-8";
      case "txt" -> "text/plain; charset=utf-8";
      default -> "application/octet-stream";
    };
  }
}
