package dev.sluice.plugins.portal;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.request.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a call comes from the portal's own pages. A browser that holds a session, or that runs on a machine which is
 * trusted, must do nothing for pages of others, those at another port of the same machine included.
 */
final class SameOrigin {

  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private SameOrigin() {}

  static boolean allows(AdminRequest request) {
    Headers headers = request.headers();
    boolean safe = SAFE.contains(request.method());
    Optional<String> site = headers.get("Sec-Fetch-Site").map(text -> text.toLowerCase(Locale.ROOT));
    Optional<String> origin = headers.get("Origin");
    boolean told = site.filter("same-origin"::equals).isPresent();
    // "none": whoever sits there typed the address.
    if (site.isPresent() && !told && !(safe && site.get().equals("none"))) {
      return false;
    }
    if (origin.isPresent()) {
      Optional<String> host = headers.get("Host");
      return host.isPresent() ? authority(origin.get()).equals(host.map(SameOrigin::lower)) : told;
    }
    return safe || told;
  }

  /** The host and port of an origin; without a port where it is that of the scheme, as browsers write it in Host. */
  private static Optional<String> authority(String origin) {
    int begin = origin.indexOf("://");
    return begin < 0 ? Optional.empty() : Optional.of(lower(origin.substring(begin + 3)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
