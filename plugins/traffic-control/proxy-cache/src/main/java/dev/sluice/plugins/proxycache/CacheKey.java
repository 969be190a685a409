package dev.sluice.plugins.proxycache;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Under what an answer is kept. Who asks is part of it, by the consumer, or else the credential, and by what the request
 * brings as proof: what one user may see is not shown to another.
 */
final class CacheKey {

  private CacheKey() {}

  static String of(RequestContext context, CacheConfig config) {
    ClientRequest request = context.request();
    StringBuilder key = new StringBuilder(200);
    part(key, who(context));
    part(key, context.match().map(match -> match.definition().route().id()).orElse("default"));
    part(key, request.method());
    part(key, request.host().toLowerCase(Locale.ROOT));
    part(key, config.ignoreUriCase() ? request.rawPath().toLowerCase(Locale.ROOT) : request.rawPath());
    Map<String, List<String>> query = new TreeMap<>(request.query());
    config.varyQuery().ifPresent(query.keySet()::retainAll);
    query.forEach((name, values) -> values.forEach(value -> part(part(key, name), value)));
    part(key, "");
    for (String name : config.varyHeaders()) {
      part(part(key, name), String.join(",", request.headers().getAll(name)));
    }
    part(key, String.join(",", request.headers().getAll("Authorization")));
    return digest(key);
  }

  /** Not all who have proved who they are are consumers: a provider or a certificate may have said it of them. */
  private static String who(RequestContext context) {
    return context.consumer().map(Consumer::id)
        .or(() -> context.credential().map(proof -> "credential " + proof.id()))
        .orElse("");
  }

  /** With its length before it no part can pass for two. */
  private static StringBuilder part(StringBuilder key, String text) {
    return key.append(text.length()).append(':').append(text);
  }

  private static String digest(CharSequence text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
