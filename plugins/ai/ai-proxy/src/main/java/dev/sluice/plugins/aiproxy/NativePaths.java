package dev.sluice.plugins.aiproxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Paths of requests in the words of a provider, which name the model. */
final class NativePaths {

  private NativePaths() {}

  /** The model in {@code .../models/NAME:generateContent} or {@code .../model/NAME/converse}. */
  static Optional<String> model(String path, boolean gemini) {
    String before = gemini ? "/models/" : "/model/";
    int from = path.indexOf(before);
    if (from < 0) {
      return Optional.empty();
    }
    int begin = from + before.length();
    int end = gemini ? path.lastIndexOf(':') : path.lastIndexOf('/');
    if (end <= begin) {
      return Optional.empty();
    }
    String name = path.substring(begin, end);
    try {
      return Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
