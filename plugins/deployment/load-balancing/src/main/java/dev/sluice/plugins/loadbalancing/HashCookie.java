package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Cookies;
import dev.sluice.api.request.RequestContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** A cookie, which the client is given when it comes without: from its second request on it stays with a target. */
final class HashCookie implements HashSource {

  /** What this request was given, lest a second attempt give another. */
  private static final ContextKey<String> GIVEN = ContextKey.of("load-balancing.cookie", String.class);

  private final String name;
  private final String attributes;

  HashCookie(String name, String path) {
    this.name = name;
    // Spelled as Kong spells it.
    attributes = "; Path=" + path + "; Same-Site=Lax; HttpOnly";
  }

  @Override
  public Optional<byte[]> read(RequestContext request) {
    String value = Cookies.first(request.request().headers(), name).or(() -> request.get(GIVEN)).orElseGet(() -> give(request));
    return Optional.of(value.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public boolean deals(RequestContext request) {
    return Cookies.first(request.request().headers(), name).isEmpty() && request.get(GIVEN).isEmpty();
  }

  private String give(RequestContext request) {
    String value = UUID.randomUUID().toString();
    request.put(GIVEN, value);
    request.response().headers().add("Set-Cookie", name + "=" + value + attributes);
    return value;
  }
}
