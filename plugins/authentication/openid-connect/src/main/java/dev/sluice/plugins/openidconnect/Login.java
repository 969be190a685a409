package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends browsers to the provider, and takes them in when they come back. */
final class Login {

  /** What the provider adds to the address that a browser comes back to. */
  private static final List<String> ADDED =
      List.of("code", "state", "iss", "session_state", "error", "error_description", "error_uri");
  private static final Set<String> REFUSALS = Set.of("invalid_grant");
  private static final int LONGEST_FORM = 64 * 1024;
  private static final int LONGEST_TARGET = 1500;

  private final LoginRules rules;
  private final ClientIdentity client;
  private final Endpoints endpoints;
  private final IdTokens idTokens;
  private final CookieJar jar;
  private final Clock clock;

  Login(
      LoginRules rules,
      ClientIdentity client,
      Endpoints endpoints,
      IdTokens idTokens,
      CookieJar jar,
      Clock clock) {
    this.rules = rules;
    this.client = client;
    this.endpoints = endpoints;
    this.idTokens = idTokens;
    this.jar = jar;
    this.clock = clock;
  }

  /**
   * A browser that has come back.
   *
   * @param pending the login that it was sent away for
   * @param arguments that it brings
   */
  record Return(Pending pending, Map<String, List<String>> arguments) {

    Optional<String> one(String name) {
      List<String> values = arguments.getOrDefault(name, List.of());
      return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
  }

  private long now() {
    return clock.millis() / 1000;
  }

  /**
   * The login that a browser comes back from.
   *
   * @return fails with {@link RefusedException} when it comes back from one that is not its own
   */
  Future<Optional<Return>> returning(RequestContext context) {
    ClientRequest request = context.request();
    boolean here = rules.callback().map(path -> path.equals(request.rawPath())).orElse(true);
    boolean form = rules.formPost()
        && request.method().equals("POST")
        && request.headers().get("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded");
    if (here && form && request.hasBody()) {
      return request
          .body(LONGEST_FORM)
          .map(body -> UrlEncoded.parse(body.toString(StandardCharsets.ISO_8859_1)))
          .otherwise(Map.of())
          .compose(arguments -> returning(context, arguments));
    }
    return here && !rules.formPost() && isRead(request) && !request.rawQuery().isEmpty()
        ? returning(context, request.query())
        : Future.succeededFuture(Optional.empty());
  }

  private Future<Optional<Return>> returning(RequestContext context, Map<String, List<String>> arguments) {
    boolean complete = arguments.containsKey("state") && (arguments.containsKey("code") || arguments.containsKey("error"));
    List<String> states = arguments.getOrDefault("state", List.of());
    if (!complete || states.size() != 1) {
      return Future.succeededFuture(Optional.empty());
    }
    return Future.succeededFuture(pending(context).stream()
        .filter(each -> each.isOf(states.get(0)))
        .findFirst()
        .map(each -> new Return(each, arguments)));
  }

  private List<Pending> pending(RequestContext context) {
    return jar.read(context).map(bytes -> Pending.read(bytes, now() - rules.seconds())).orElse(List.of());
  }

  /** Takes a browser in: its code is changed for tokens. A login ends here, whether it succeeds or not. */
  Future<Holdings> finish(RequestContext context, Return back) {
    List<Pending> others = new ArrayList<>(pending(context));
    others.remove(back.pending());
    if (others.isEmpty()) {
      jar.clear(context);
    } else {
      jar.write(context, Pending.encode(others));
    }
    return endpoints.known().compose(known -> {
      List<String> issuers = back.arguments().getOrDefault("iss", List.of());
      boolean told = known.metadata().namesItself() || !issuers.isEmpty();
      if (told && !issuers.equals(List.of(known.metadata().issuer()))) {
        return Future.failedFuture(RefusedException.invalid("another provider has sent the browser back"));
      }
      Optional<String> code = back.one("code");
      return code.isEmpty() || back.arguments().containsKey("error")
          ? Future.failedFuture(RefusedException.invalid("the provider has let nobody in"))
          : exchange(back.pending(), code.get());
    });
  }

  private Future<Holdings> exchange(Pending pending, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", pending.redirect());
    if (rules.challenge()) {
      form.put("code_verifier", pending.verifier());
    }
    return endpoints.grant(client, form, REFUSALS)
        .compose(reply -> idTokens.ofLogin(reply, pending.nonce(), now()));
  }

  /** Whether a request is that of somebody who may be sent to a page to log in: a script or an image cannot follow. */
  boolean isFor(RequestContext context) {
    ClientRequest request = context.request();
    return isRead(request)
        && request.headers().get("Sec-Fetch-Mode").map("navigate"::equals).orElse(true)
        && !isStray(request);
  }

  /** One that brings a code for which nobody was sent away would be sent around in circles. */
  private boolean isStray(ClientRequest request) {
    Map<String, List<String>> query = request.query();
    return query.containsKey("state") && (query.containsKey("code") || query.containsKey("error"));
  }

  private static boolean isRead(ClientRequest request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  /** Sends a browser to the provider. */
  Future<Answer> begin(RequestContext context) {
    return endpoints.known().compose(known -> {
      try {
        String page = known.metadata().demand(Metadata.AUTHORIZATION).toString();
        ClientRequest request = context.request();
        String redirect = rules.redirect().orElseGet(() ->
            request.forwardedScheme() + "://" + request.host() + request.rawPath());
        boolean fits = request.rawPath().length() + request.rawQuery().length() <= LONGEST_TARGET;
        Pending pending = Pending.fresh(redirect, fits ? request.rawPath() : "/", fits ? request.rawQuery() : "", now());
        jar.write(context, Pending.encode(Pending.added(pending(context), pending)));
        return Future.succeededFuture(Answers.redirect(Forms.with(page, arguments(pending))));
      } catch (IOException e) {
        return Future.failedFuture(e);
      }
    });
  }

  private Map<String, String> arguments(Pending pending) {
    Map<String, String> arguments = new LinkedHashMap<>(rules.arguments());
    arguments.put("response_type", "code");
    if (rules.formPost()) {
      arguments.put("response_mode", "form_post");
    }
    arguments.put("client_id", client.id());
    arguments.put("redirect_uri", pending.redirect());
    arguments.put("scope", rules.scopes());
    arguments.put("state", pending.state());
    arguments.put("nonce", pending.nonce());
    if (rules.challenge()) {
      arguments.put("code_challenge", pending.challenge());
      arguments.put("code_challenge_method", "S256");
    }
    return arguments;
  }

  /** The query without what the provider has added. */
  static String withoutAdded(String query) {
    String rest = query;
    for (String name : ADDED) {
      rest = UrlEncoded.without(rest, name);
    }
    return rest;
  }
}
