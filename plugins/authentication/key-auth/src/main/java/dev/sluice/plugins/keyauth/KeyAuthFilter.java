package dev.sluice.plugins.keyauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.BodyForm;
import dev.sluice.plugins.authentication.Challenge;
import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.plugins.authentication.Found;
import io.vertx.core.Future;
import java.util.Optional;

/** Lets requests pass that bring a known key, and says whose it is. Keys get into no log. */
final class KeyAuthFilter implements Filter.Access {

  /** A longer body is not searched: it is not kept in memory for a client nobody knows yet. */
  private static final int MAX_BODY = 1024 * 1024;

  private final KeyAuthConfig config;
  private final Entrance entrance;
  private final KeyName[] names;
  private final Answer missing;
  private final Answer duplicate;
  private final Answer unknown;

  KeyAuthFilter(KeyAuthConfig config) {
    this.config = config;
    this.entrance = new Entrance(config.anonymous());
    this.names = config.keyNames().stream().map(KeyName::new).toArray(KeyName[]::new);
    String challenge = config.challenge();
    this.missing = Challenge.refusal("No API key found in request", challenge);
    this.duplicate = Challenge.refusal("Duplicate API key found", challenge);
    this.unknown = Challenge.refusal("Unauthorized", challenge);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (!config.runOnPreflight() && context.request().method().equals("OPTIONS")) {
      entrance.wave(context);
      return Filters.CONTINUE;
    }
    if (entrance.isPassed(context)) {
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

  private boolean needsBody(ClientRequest request) {
    return config.hideCredentials() || names.length == 0 || find(names[0], request, BodyForm.NONE).isNone();
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
    entrance.refuse(context, missing);
  }

  private void judge(RequestContext context, Found found) {
    if (found.kind() == Found.Kind.SEVERAL) {
      entrance.refuse(context, duplicate);
    } else if (found.value().isEmpty()) {
      entrance.refuse(context, missing);
    } else {
      Optional<KeyCredential> credential =
          context.entities().byUnique(KeyCredential.TYPE, KeyCredential.KEY, found.value());
      if (credential.isEmpty() || !entrance.admit(context, credential.get())) {
        entrance.refuse(context, unknown);
      }
    }
  }
}
