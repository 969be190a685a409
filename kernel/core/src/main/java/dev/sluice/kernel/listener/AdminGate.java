package dev.sluice.kernel.listener;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in at an administrative listener: those who ask under a name of this node and, where a token is
 * demanded, have it. Without a token the listener trusts whoever reaches it, so that pages of other sites in the
 * browser of such a one are turned away too. Safe for all threads.
 */
public final class AdminGate {

  private static final String TOKEN = "Kong-Admin-Token";
  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final String METHODS = "GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS";

  private final Optional<AdminToken> token;
  private final Optional<HostNames> names;

  private AdminGate(Optional<AdminToken> token, Optional<HostNames> names) {
    this.token = token;
    this.names = names;
  }

  /** A gate that is always open. */
  public static AdminGate open() {
    return new AdminGate(Optional.empty(), Optional.empty());
  }

  /**
   * A gate that lets in whom it should.
   *
   * @param token to demand, if any
   * @param names under which the node may be asked
   */
  public static AdminGate guarded(Optional<AdminToken> token, HostNames names) {
    return new AdminGate(token, Optional.of(names));
  }

  /** A gate for pages, which are shown to who has no token yet; the names are the same. */
  public AdminGate ofPages() {
    return new AdminGate(Optional.empty(), names);
  }

  /** The answer to a request from within the node that does not have the token. */
  public Optional<AdminResponse> refusal(AdminRequest request) {
    return admits(request.headers().get(TOKEN), request.headers().get("Authorization"))
        ? Optional.empty()
        : Optional.of(unknown());
  }

  private boolean admits(Optional<String> header, Optional<String> authorization) {
    return token.isEmpty() || token.get().admits(header, authorization);
  }

  private static AdminResponse unknown() {
    return AdminResponse.message(401, "Invalid RBAC credentials");
  }

  /** The answer to a request that is not let in. */
  Optional<AdminResponse> refusal(HttpServerRequest request) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    MultiMap headers = request.headers();
    HostAndPort authority = request.authority();
    String host = authority == null ? headers.get("Host") : authority.toString();
    if (headers.getAll("Host").size() > 1 || (host != null && !names.get().allows(host))) {
      return Optional.of(
          AdminResponse.message(403, "this node has no such name; admin_allowed_hosts can name more"));
    }
    if (token.isPresent()) {
      return withToken(request);
    }
    return crossSite(request, host) ? Optional.of(AdminResponse.message(403, "cross-site request")) : Optional.empty();
  }

  private Optional<AdminResponse> withToken(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (admits(Optional.ofNullable(headers.get(TOKEN)), Optional.ofNullable(headers.get("Authorization")))) {
      return Optional.empty();
    }
    // Browsers ask first, and without a token: the answer is the same for all paths, and tells nothing of them.
    boolean preflight =
        request.method().name().equals("OPTIONS")
            && headers.contains("Origin")
            && headers.contains("Access-Control-Request-Method");
    if (!preflight) {
      return Optional.of(shared(headers, unknown()));
    }
    String asked = headers.get("Access-Control-Request-Headers");
    return Optional.of(
        shared(headers, AdminResponse.empty(204))
            .header("Access-Control-Allow-Methods", METHODS)
            .header("Access-Control-Allow-Headers", asked == null ? "Content-Type, Kong-Admin-Token" : asked));
  }

  private static AdminResponse shared(MultiMap headers, AdminResponse answer) {
    String origin = headers.get("Origin");
    return origin == null
        ? answer
        : answer.header("Access-Control-Allow-Origin", origin).header("Access-Control-Allow-Credentials", "true");
  }

  /** What browsers say of requests that a page of another site makes; that a link was followed does no harm. */
  private boolean crossSite(HttpServerRequest request, String host) {
    MultiMap headers = request.headers();
    if (!"cross-site".equals(headers.get("Sec-Fetch-Site"))) {
      return false;
    }
    boolean link =
        SAFE.contains(request.method().name())
            && "navigate".equals(headers.get("Sec-Fetch-Mode"))
            && "document".equals(headers.get("Sec-Fetch-Dest"));
    String origin = headers.get("Origin");
    boolean trusted = origin != null && (names.orElseThrow().trusts(origin) || sameHost(origin, host));
    return !link && !trusted;
  }

  private static boolean sameHost(String origin, String host) {
    return host != null && HostNames.ofUrl(origin).map(HostNames::host).equals(Optional.of(HostNames.host(host)));
  }

  /** What all answers say to browsers: they are no pages, and no parts of pages. */
  List<String> hardening() {
    return names.isEmpty() ? List.of() : List.of("X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY");
  }
}
