package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.request.HeaderText;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the upstream is told in headers. A client cannot say any of it by itself.
 *
 * @param accessToken where the access token goes; empty for nowhere
 * @param idToken where the ID token goes; empty for nowhere
 * @param userInfo where goes what the provider says of the user, in Base64; empty for nowhere
 * @param introspection where goes what the provider says of the token, in Base64; empty for nowhere
 * @param claims what goes where
 */
record UpstreamHeaders(
    Optional<TokenHeader> accessToken,
    Optional<TokenHeader> idToken,
    Optional<TokenHeader> userInfo,
    Optional<TokenHeader> introspection,
    List<ClaimHeader> claims) {

  /**
   * A header for a token.
   *
   * @param name of the header
   * @param prefix before the token
   */
  record TokenHeader(String name, String prefix) {

    /** Reads {@code name} or {@code name:scheme}. */
    static TokenHeader read(String text) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        return new TokenHeader(checked(text), "");
      }
      String scheme = text.substring(colon + 1).strip();
      String prefix = scheme.isEmpty() ? "" : Character.toUpperCase(scheme.charAt(0)) + scheme.substring(1) + " ";
      return new TokenHeader(checked(text.substring(0, colon).strip()), prefix);
    }

    private static String checked(String name) {
      if (!HeaderText.isName(name)) {
        throw new IllegalArgumentException("'" + name + "' is no name of a header");
      }
      return name;
    }
  }

  /**
   * A header for a claim.
   *
   * @param claim its name
   * @param header where it goes
   */
  record ClaimHeader(String claim, String header) {}

  static UpstreamHeaders decode(JsonObject config) {
    List<String> names = Documents.strings(config, "upstream_headers_claims");
    List<String> headers = Documents.strings(config, "upstream_headers_names");
    List<ClaimHeader> claims = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), headers.size()); i++) {
      claims.add(new ClaimHeader(names.get(i), TokenHeader.checked(headers.get(i))));
    }
    return new UpstreamHeaders(
        header(config, "upstream_access_token_header"),
        header(config, "upstream_id_token_header"),
        header(config, "upstream_user_info_header"),
        header(config, "upstream_introspection_header"),
        List.copyOf(claims));
  }

  private static Optional<TokenHeader> header(JsonObject config, String field) {
    return Optional.ofNullable(config.getString(field)).map(TokenHeader::read);
  }

  /** Takes out what a client says by itself; not where it may bring a token, which others may look for, too. */
  void clear(RequestContext context) {
    MutableHeaders headers = context.upstreamRequest().headers();
    accessToken.filter(each -> !BearerPlaces.looksIn(each.name())).ifPresent(each -> headers.remove(each.name()));
    claims.forEach(each -> headers.remove(each.header()));
    Stream.of(idToken, userInfo, introspection).flatMap(Optional::stream).forEach(each -> headers.remove(each.name()));
  }

  void tell(RequestContext context, Proof proof) {
    MutableHeaders headers = context.upstreamRequest().headers();
    accessToken.ifPresent(header -> headers.set(header.name(), header.prefix() + proof.token()));
    idToken.ifPresent(header ->
        proof.idToken().ifPresent(token -> headers.set(header.name(), header.prefix() + token)));
    userInfo.ifPresent(header -> tell(headers, header, proof.userInfo()));
    introspection.ifPresent(header -> tell(headers, header, proof.introspected()));
    for (ClaimHeader each : claims) {
      proof.claims().stream()
          .flatMap(some -> some.at(List.of(each.claim())).stream())
          .findFirst()
          .ifPresent(value -> headers.set(each.header(), text(value)));
    }
  }

  private static void tell(MutableHeaders headers, TokenHeader header, Claims some) {
    if (!some.isEmpty()) {
      headers.set(header.name(), header.prefix() + text(some.json()));
    }
  }

  /** A text as it is when it can stand in a header; all else in Base64, JSON where it has parts. */
  private static String text(Object value) {
    String text = value instanceof JsonObject || value instanceof JsonArray
        ? Json.encode(value)
        : String.valueOf(value);
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 127)
        && !(value instanceof JsonObject || value instanceof JsonArray);
    return plain ? text : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
