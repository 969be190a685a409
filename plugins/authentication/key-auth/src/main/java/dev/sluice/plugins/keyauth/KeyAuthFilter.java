package dev.sluice.plugins.keyauth;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests pass that bring a known key, and says whose it is. Keys get into no log. */
final class KeyAuthFilter implements Filter.Access {

  private static final Logger log = LoggerFactory.getLogger(KeyAuthFilter.class);

  /** A longer body is not searched: it is not kept in memory for a client nobody knows yet. */
  private static final int MAX_BODY = 1024 * 1024;

  private final KeyAuthConfig config;
  private final List<KeyName> names;
  private final Answer missing;
  private final Answer duplicate;
  private final Answer unknown;

  KeyAuthFilter(KeyAuthConfig config) {
    this.config = config;
    this.names = config.keyNames().stream().map(KeyName::new).toList();
    String challenge = config.challenge();
    this.missing = refusal("No API key found in request", challenge);
    this.duplicate = refusal("Duplicate API key found", challenge);
    this.unknown = refusal("Unauthorized", challenge);
  }

  private static Answer refusal(String message, String challenge) {
    return Answer.error(401, message).header("WWW-Authenticate", challenge);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (!config.runOnPreflight() && context.request().method().equals("OPTIONS")) {
      forgetClaims(context);
      return Filters.CONTINUE;
    }
    if (config.anonymous().isPresent() && context.credential().isPresent()) {
      return Filters.CONTINUE;
    }
    ClientRequest request = context.request();
    String contentType = config.keyInBody() ? request.headers().get("Content-Type").orElse("") : "";
    if (!request.hasBody() || !BodyForm.understands(contentType) || !needsBody(request)) {
      settle(context, BodyForm.NONE);
      return Filters.CONTINUE;
    }
    return request
        .body(MAX_BODY)
        .map(body -> BodyForm.read(contentType, body))
        .otherwise(BodyForm.NONE)
        .map(form -> {
          settle(context, form);
          return null;
        });
  }

  /** What a client says of itself does not go upstream unproved. */
  private static void forgetClaims(RequestContext context) {
    if (context.credential().isEmpty() && context.consumer().isEmpty()) {
      context.authenticate(Optional.empty(), Optional.empty());
    }
  }

  private boolean needsBody(ClientRequest request) {
    return config.hideCredentials() || names.isEmpty() || find(names.get(0), request, BodyForm.NONE).isNone();
  }

  private Found find(KeyName name, ClientRequest request, BodyForm body) {
    Found found = config.keyInHeader() ? name.inHeaders(request.headers()) : Found.NONE;
    if (found.isNone() && config.keyInQuery()) {
      found = name.inQuery(request);
    }
    return found.isNone() && config.keyInBody() ? name.inBody(body) : found;
  }

  private void settle(RequestContext context, BodyForm body) {
    for (KeyName name : names) {
      Found found = find(name, context.request(), body);
      if (!found.isNone()) {
        if (config.hideCredentials()) {
          name.hide(context.upstreamRequest(), body);
        }
        judge(context, found);
        return;
      }
    }
    refuse(context, missing);
  }

  private void judge(RequestContext context, Found found) {
    if (found.kind() == Found.Kind.SEVERAL) {
      refuse(context, duplicate);
    } else if (found.value().isEmpty()) {
      refuse(context, missing);
    } else {
      Optional<KeyCredential> credential =
          context.entities().byUnique(KeyCredential.TYPE, KeyCredential.KEY, found.value());
      Optional<Consumer> consumer =
          credential.flatMap(known -> context.entities().byId(CoreEntities.CONSUMERS, known.consumerId()));
      if (consumer.isPresent()) {
        context.authenticate(consumer, credential.map(KeyCredential::proof));
      } else {
        refuse(context, unknown);
      }
    }
  }

  private void refuse(RequestContext context, Answer refusal) {
    if (config.anonymous().isEmpty()) {
      context.answer(refusal);
      return;
    }
    String anonymous = config.anonymous().get();
    Optional<Consumer> consumer = context.entities().byId(CoreEntities.CONSUMERS, anonymous)
        .or(() -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", anonymous));
    if (consumer.isPresent()) {
      context.authenticateAnonymous(consumer.get());
    } else {
      log.error("request {}: there is no consumer '{}' to be the anonymous one", context.id(), anonymous);
      context.answer(Answer.error(500, "An unexpected error occurred"));
    }
  }
}
