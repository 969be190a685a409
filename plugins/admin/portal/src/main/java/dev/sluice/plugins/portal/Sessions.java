package dev.sluice.plugins.portal;

import dev.sluice.api.request.Headers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in. The browser holds a number that means nothing elsewhere; the token stays here, in memory: after a
 * restart everybody logs in again. Safe for all threads.
 */
final class Sessions {

  static final String COOKIE = "sluice_portal";
  /** Over TLS: by this name browsers take a cookie from pages with TLS alone, and only for the whole host. */
  static final String SECURE_COOKIE = "__Host-sluice_portal";
  static final Duration LENGTH = Duration.ofHours(12);

  private static final int MOST = 1000;
  private static final int BYTES = 32;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> open = new LinkedHashMap<>();

  private record Session(String token, Instant end) {}

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /** Begins a session for who has shown a token; the oldest gives way to one too many. */
  synchronized String begin(String token) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    open.values().removeIf(session -> !now.isBefore(session.end()));
    if (open.size() >= MOST) {
      open.remove(open.keySet().iterator().next());
    }
    open.put(id, new Session(token, now.plus(LENGTH)));
    return id;
  }

  synchronized void end(Headers headers) {
    ids(headers).forEach(open::remove);
  }

  /** The token of a caller's session. */
  synchronized Optional<String> token(Headers headers) {
    Instant now = clock.instant();
    return ids(headers).stream()
        .map(open::get)
        .filter(session -> session != null && now.isBefore(session.end()))
        .map(Session::token)
        .findFirst();
  }

  /** Several, where others on the same host have set cookies of the same name. */
  private static List<String> ids(Headers headers) {
    List<String> ids = new ArrayList<>();
    for (String line : headers.getAll("Cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        if (name.equals(COOKIE) || name.equals(SECURE_COOKIE)) {
          ids.add(pair.substring(equals + 1).strip());
        }
      }
    }
    return ids;
  }
}
