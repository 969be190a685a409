package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Cookies;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.plugins.authentication.BodyForm;
import dev.sluice.plugins.authentication.Found;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request may carry a token.
 *
 * @param types header, query, body, cookie
 * @param cookie the name of the cookie; empty for none
 * @param hide whether the upstream does not see it
 */
record BearerPlaces(Set<String> types, String cookie, boolean hide) {

  private static final String ARGUMENT = "access_token";
  private static final String AUTHORIZATION = "Authorization";
  private static final List<String> HEADERS = List.of("access-token", "x-access-token");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  /** A longer body holds no token: it is not kept in memory for somebody whom nobody knows yet. */
  private static final int MAX_BODY = 1024 * 1024;

  /** The token of a request, and takes it out where that is wanted. */
  Future<Optional<String>> find(RequestContext context) {
    ClientRequest request = context.request();
    Optional<String> found = types.contains("header") ? inHeaders(context) : Optional.empty();
    if (found.isEmpty() && types.contains("query")) {
      found = Found.of(request.query().getOrDefault(ARGUMENT, List.of())).text();
      if (hide && found.isPresent()) {
        UpstreamRequest upstream = context.upstreamRequest();
        upstream.query(UrlEncoded.without(upstream.query(), ARGUMENT));
      }
    }
    if (found.isEmpty() && types.contains("cookie") && !cookie.isEmpty()) {
      found = Cookies.first(request.headers(), cookie).filter(text -> !text.isEmpty());
      if (hide && found.isPresent()) {
        CookieLines.remove(context, Set.of(cookie));
      }
    }
    Future<Optional<String>> whole =
        found.isPresent() || !types.contains("body") ? Future.succeededFuture(found) : inBody(context);
    return whole.compose(token -> token.stream().allMatch(BearerPlaces::canBe)
        ? Future.succeededFuture(token)
        : Future.failedFuture(RefusedException.invalid("the token holds what no token does")));
  }

  /** It is to stand in headers: to the provider, and to the upstream. */
  private static boolean canBe(String token) {
    return token.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /** Whether a token may be looked for in a header of this name. */
  static boolean looksIn(String header) {
    return header.equalsIgnoreCase(AUTHORIZATION) || HEADERS.stream().anyMatch(header::equalsIgnoreCase);
  }

  private Optional<String> inHeaders(RequestContext context) {
    Optional<String> found = context.request().headers().get(AUTHORIZATION).flatMap(BearerPlaces::bearer);
    if (found.isPresent()) {
      if (hide) {
        context.upstreamRequest().headers().remove(AUTHORIZATION);
      }
      return found;
    }
    for (String name : HEADERS) {
      Optional<String> alone = context.request().headers().get(name).map(String::strip).filter(text -> !text.isEmpty());
      if (alone.isPresent()) {
        if (hide) {
          context.upstreamRequest().headers().remove(name);
        }
        return Optional.of(bearer(alone.get()).orElse(alone.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> bearer(String value) {
    String text = value.strip();
    boolean fits = text.length() > 7 && text.regionMatches(true, 0, "Bearer ", 0, 7);
    return fits ? Optional.of(text.substring(7).strip()).filter(token -> !token.isEmpty()) : Optional.empty();
  }

  private Future<Optional<String>> inBody(RequestContext context) {
    ClientRequest request = context.request();
    String type = request.headers().get("Content-Type").orElse("");
    if (!request.hasBody() || !WITH_BODY.contains(request.method()) || !BodyForm.understands(type)) {
      return Future.succeededFuture(Optional.empty());
    }
    return request
        .body(MAX_BODY)
        .map(bytes -> BodyForm.read(type, bytes))
        .otherwise(BodyForm.NONE)
        .map(form -> {
          Optional<String> found = form.find(ARGUMENT).text();
          if (hide && found.isPresent()) {
            context.upstreamRequest().body(form.without(ARGUMENT));
          }
          return found;
        });
  }
}
