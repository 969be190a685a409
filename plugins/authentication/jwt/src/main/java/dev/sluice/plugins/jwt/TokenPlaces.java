package dev.sluice.plugins.jwt;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.Cookies;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where tokens are looked for.
 *
 * @param uriParamNames arguments of the query
 * @param cookieNames cookies
 * @param headerNames headers, in which the token follows the word {@code Bearer}
 */
record TokenPlaces(List<String> uriParamNames, List<String> cookieNames, List<String> headerNames) {

  private static final String BEARER = "earer";

  /** The different texts found; the same one in two places is one. */
  Set<String> find(ClientRequest request) {
    Set<String> found = new LinkedHashSet<>(2);
    if (!uriParamNames.isEmpty() && !request.rawQuery().isEmpty()) {
      uriParamNames.forEach(name -> found.addAll(request.query().getOrDefault(name, List.of())));
    }
    cookieNames.forEach(name -> Cookies.first(request.headers(), name).ifPresent(found::add));
    headerNames.forEach(name -> request.headers().get(name).ifPresent(value -> found.add(bearer(value))));
    found.remove("");
    return found;
  }

  /** What follows the scheme; empty when it is another one. */
  private static String bearer(String header) {
    String text = header.strip();
    int end = BEARER.length() + 1;
    boolean scheme = text.length() > end
        && (text.charAt(0) == 'B' || text.charAt(0) == 'b')
        && text.startsWith(BEARER, 1)
        && Character.isWhitespace(text.charAt(end));
    return scheme ? text.substring(end).strip() : "";
  }
}
