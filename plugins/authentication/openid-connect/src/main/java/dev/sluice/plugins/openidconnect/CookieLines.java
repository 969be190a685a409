package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Takes cookies out of what goes upstream. */
final class CookieLines {

  private static final String COOKIE = "Cookie";

  private CookieLines() {}

  /** Takes out those of some names. */
  static void remove(RequestContext context, Set<String> names) {
    MutableHeaders headers = context.upstreamRequest().headers();
    List<String> lines = headers.getAll(COOKIE);
    if (lines.isEmpty()) {
      return;
    }
    StringJoiner rest = new StringJoiner("; ");
    boolean removed = false;
    for (String line : lines) {
      for (String pair : line.split(";", -1)) {
        String name = pair.strip().split("=", 2)[0].strip();
        if (names.contains(name)) {
          removed = true;
        } else if (!pair.isBlank()) {
          rest.add(pair.strip());
        }
      }
    }
    if (removed && rest.length() == 0) {
      headers.remove(COOKIE);
    } else if (removed) {
      headers.set(COOKIE, rest.toString());
    }
  }
}
