package dev.sluice.plugins.cors;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.request.Headers;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Answers preflights, and marks other answers for the browser. */
final class CorsFilter implements Filter.Access, Filter.Header {

  private static final ContextKey<Boolean> PREFLIGHT = ContextKey.of("cors preflight", Boolean.class);
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ANY = "*";
  private static final Answer DONE = Answer.empty(200);

  private final CorsConfig config;
  private final boolean any;
  private final boolean varies;
  private final Optional<String> fixed;
  private final List<AllowedOrigin> origins;
  private final Optional<String> headers;
  private final Optional<String> exposed;
  private final String methods;

  CorsFilter(CorsConfig config) {
    this.config = config;
    List<String> given = config.origins();
    this.any = given.isEmpty() || given.contains(ANY);
    this.varies = !given.isEmpty() && !given.equals(List.of(ANY));
    this.fixed = given.size() == 1 ? Optional.of(given.get(0)).filter(AllowedOrigin::isLiteral) : Optional.empty();
    this.origins = any || fixed.isPresent() ? List.of() : given.stream().map(AllowedOrigin::of).toList();
    this.headers = joined(config.headers());
    this.exposed = joined(config.exposedHeaders());
    this.methods = String.join(",", config.methods());
  }

  private static Optional<String> joined(List<String> names) {
    for (String name : names) {
      if (!HeaderText.isValue(name)) {
        throw new IllegalArgumentException("a header name holds a control character");
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Headers asked = context.request().headers();
    if (!context.request().method().equals("OPTIONS")
        || !asked.contains("Origin")
        || !asked.contains("Access-Control-Request-Method")) {
      return Filters.CONTINUE;
    }
    context.put(PREFLIGHT, true);
    if (!config.preflightContinue()) {
      MutableHeaders answer = context.response().headers();
      grant(asked, answer);
      grantPreflight(asked, answer);
      context.answer(DONE);
    }
    return Filters.CONTINUE;
  }

  @Override
  public void headerFilter(RequestContext context) {
    if (context.get(PREFLIGHT).isEmpty()) {
      MutableHeaders answer = context.response().headers();
      grant(context.request().headers(), answer);
      exposed.ifPresent(names -> answer.set("Access-Control-Expose-Headers", names));
    }
  }

  private void grant(Headers asked, MutableHeaders answer) {
    Optional<String> origin = asked.get("Origin");
    if (varies) {
      vary(answer);
    }
    if (!any) {
      allowed(origin).ifPresentOrElse(text -> answer.set(ALLOW_ORIGIN, text), () -> answer.remove(ALLOW_ORIGIN));
      credentials(answer);
    } else if (config.credentials() && origin.isPresent()) {
      // Browsers refuse credentials together with a star.
      if (!varies) {
        vary(answer);
      }
      answer.set(ALLOW_ORIGIN, origin.get());
      credentials(answer);
    } else {
      answer.set(ALLOW_ORIGIN, ANY);
    }
  }

  private static void vary(MutableHeaders answer) {
    answer.add("Vary", "Origin");
  }

  private void credentials(MutableHeaders answer) {
    if (config.credentials()) {
      answer.set("Access-Control-Allow-Credentials", "true");
    }
  }

  private Optional<String> allowed(Optional<String> origin) {
    if (fixed.isPresent() || origin.isEmpty()) {
      return fixed;
    }
    Origin known = Origin.of(origin.get());
    for (AllowedOrigin entry : origins) {
      if (entry.covers(known)) {
        return Optional.of(known.text());
      }
    }
    return Optional.empty();
  }

  private void grantPreflight(Headers asked, MutableHeaders answer) {
    headers
        .or(() -> asked.get("Access-Control-Request-Headers"))
        .ifPresent(names -> answer.set("Access-Control-Allow-Headers", names));
    answer.set("Access-Control-Allow-Methods", methods);
    config.maxAge().ifPresent(seconds -> answer.set("Access-Control-Max-Age", seconds));
    if (config.privateNetwork()
        && asked.get("Access-Control-Request-Private-Network").filter("true"::equals).isPresent()) {
      answer.set("Access-Control-Allow-Private-Network", "true");
    }
  }
}
