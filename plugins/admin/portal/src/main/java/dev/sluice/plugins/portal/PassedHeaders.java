package dev.sluice.plugins.portal;

import dev.sluice.api.request.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The headers of a call as the Admin API gets it: without what was meant for the portal, with the session's token. */
record PassedHeaders(List<Map.Entry<String, String>> lines) implements Headers {

  private static final String TOKEN = "kong-admin-token";
  private static final Set<String> OURS = Set.of("cookie", "origin", "referer", "host");

  static Headers of(Headers given, Optional<String> token) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    boolean own = given.contains(TOKEN);
    given.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!OURS.contains(lower) && !lower.startsWith("sec-")) {
            lines.add(Map.entry(lower, value));
          }
        });
    if (!own) {
      token.ifPresent(value -> lines.add(Map.entry(TOKEN, value)));
    }
    return new PassedHeaders(List.copyOf(lines));
  }

  @Override
  public Optional<String> get(CharSequence name) {
    return getAll(name).stream().findFirst();
  }

  @Override
  public List<String> getAll(CharSequence name) {
    String lower = name.toString().toLowerCase(Locale.ROOT);
    return lines.stream().filter(line -> line.getKey().equals(lower)).map(Map.Entry::getValue).toList();
  }

  @Override
  public boolean contains(CharSequence name) {
    return get(name).isPresent();
  }

  @Override
  public void forEach(BiConsumer<String, String> visitor) {
    lines.forEach(line -> visitor.accept(line.getKey(), line.getValue()));
  }
}
