package dev.sluice.plugins.standardwebhooks;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Lets only webhooks pass that bear a valid signature of version 1, and are not too old. */
final class WebhookFilter implements Filter.Access {

  private static final int MAX_BODY = 8 * 1024 * 1024;
  private static final String ALGORITHM = "HmacSHA256";
  private static final Answer REFUSAL = Answer.error(400, "Bad request");

  private final WebhookConfig config;
  private final Clock clock;
  private final SecretKeySpec key;

  WebhookFilter(WebhookConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.key = new SecretKeySpec(config.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Headers headers = context.request().headers();
    Optional<String> id = headers.get("webhook-id");
    Optional<String> time = headers.get("webhook-timestamp");
    Optional<String> signature = headers.get("webhook-signature");
    if (id.isEmpty() || signature.isEmpty() || time.filter(this::isFresh).isEmpty() || !context.request().hasBody()) {
      context.answer(REFUSAL);
      return Filters.CONTINUE;
    }
    String prefix = id.get() + "." + time.get() + ".";
    return context.request().body(MAX_BODY)
        .map(body -> {
          if (body.length() == 0 || !isSigned(prefix, body, signature.get())) {
            context.answer(REFUSAL);
          }
          return (Void) null;
        })
        .recover(cause -> {
          if (cause instanceof BodyTooLargeException) {
            context.answer(REFUSAL);
            return Filters.CONTINUE;
          }
          return Future.failedFuture(cause);
        });
  }

  private boolean isFresh(String time) {
    try {
      return clock.millis() / 1000 - Long.parseLong(time) <= config.tolerance().toSeconds();
    } catch (NumberFormatException none) {
      return false;
    }
  }

  private boolean isSigned(String prefix, Buffer body, String given) {
    byte[] expected = signature(prefix, body).getBytes(StandardCharsets.ISO_8859_1);
    boolean found = false;
    // A secret may be about to change: senders then give one signature for each.
    for (String one : given.split(" ", -1)) {
      found |= MessageDigest.isEqual(expected, one.getBytes(StandardCharsets.ISO_8859_1));
    }
    return found;
  }

  private String signature(String prefix, Buffer body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(prefix.getBytes(StandardCharsets.ISO_8859_1));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
