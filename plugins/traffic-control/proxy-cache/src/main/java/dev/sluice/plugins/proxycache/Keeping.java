package dev.sluice.plugins.proxycache;

import dev.sluice.api.request.ClientResponse;
import dev.sluice.api.request.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Decides whether an answer is kept, and how long. */
record Keeping(CacheConfig config) {

  /** Lines of a connection, of one request, or of who asked: they are not given again. */
  private static final Set<String> OF_THE_MOMENT = Set.of(
      "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
      "trailers", "transfer-encoding", "upgrade", "content-length", "age", "x-cache-key", "x-cache-status",
      "x-kong-request-id", "x-kong-upstream-latency", "x-kong-proxy-latency", "x-kong-response-latency", "retry-after");

  /** For how many seconds an answer is fresh; empty when it is not kept at all. */
  OptionalLong freshness(ClientResponse answer, long now) {
    Headers headers = answer.headers();
    List<String> types = headers.getAll("Content-Type");
    Optional<MediaType> type = types.size() == 1 ? MediaType.parse(types.get(0)) : Optional.empty();
    boolean wanted = config.statuses().contains(answer.status())
        && type.filter(given -> config.contentTypes().stream().anyMatch(kind -> kind.covers(given))).isPresent()
        && !headers.contains("Set-Cookie")
        && headers.getAll("Vary").stream().noneMatch(line -> line.contains("*"));
    if (!wanted) {
      return OptionalLong.empty();
    }
    if (!config.cacheControl()) {
      return OptionalLong.of(config.ttl());
    }
    Directives directives = Directives.of(headers);
    if (directives.has("private", "no-store", "no-cache")) {
      return OptionalLong.empty();
    }
    long ttl = ttl(directives, headers, now);
    return ttl > 0 ? OptionalLong.of(ttl) : OptionalLong.empty();
  }

  private static long ttl(Directives directives, Headers headers, long now) {
    for (String name : List.of("s-maxage", "max-age")) {
      if (directives.has(name)) {
        return directives.number(name).orElse(0);
      }
    }
    List<String> expires = headers.getAll("Expires");
    if (expires.isEmpty()) {
      return 0;
    }
    try {
      String last = expires.get(expires.size() - 1);
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(last)).getEpochSecond() - now;
    } catch (DateTimeException none) {
      return 0;
    }
  }

  /** The lines that are given again. */
  static List<Map.Entry<String, String>> lines(Headers headers, boolean head) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean length = head && lower.equals("content-length");
      if (length || !OF_THE_MOMENT.contains(lower) && !lower.contains("ratelimit-remaining")
          && !lower.equals("ratelimit-reset")) {
        lines.add(Map.entry(name, value));
      }
    });
    return List.copyOf(lines);
  }

  /** What the answer says that it depends on, as it was in the request. */
  static Map<String, List<String>> vary(Headers answer, Headers request) {
    if (!answer.contains("Vary")) {
      return Map.of();
    }
    Map<String, List<String>> vary = new TreeMap<>();
    for (String line : answer.getAll("Vary")) {
      for (String name : line.split(",", -1)) {
        if (!name.isBlank()) {
          vary.put(name.strip().toLowerCase(Locale.ROOT), List.copyOf(request.getAll(name.strip())));
        }
      }
    }
    return Map.copyOf(vary);
  }
}
