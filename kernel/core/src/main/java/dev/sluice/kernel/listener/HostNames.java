package dev.sluice.kernel.listener;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which a listener may be asked. A browser that was led here under a foreign name (DNS rebinding) says
 * that name, and is turned away. Addresses are fine: no foreign name is behind them.
 */
public final class HostNames {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+(?:%[0-9A-Za-z]+)?]");
  private static final Pattern LOOPBACK = Pattern.compile("127(?:\\.\\d{1,3}){3}|\\[::1]|localhost");

  private final Set<String> names = new HashSet<>();
  private final Set<String> suffixes = new HashSet<>();
  private final boolean any;

  private HostNames(Collection<String> listed) {
    names.add("localhost");
    boolean all = false;
    for (String name : listed) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("*")) {
        all = true;
      } else if (lower.startsWith("*.")) {
        suffixes.add(lower.substring(1));
      } else {
        names.add(lower);
      }
    }
    any = all;
  }

  /**
   * Names beside addresses and {@code localhost}.
   *
   * @param listed a name, {@code *.example.com} for all below one, or {@code *} for all there are
   */
  public static HostNames of(Collection<String> listed) {
    return new HostNames(List.copyOf(listed));
  }

  /** The host of a URL, as {@link #of} takes it. */
  public static Optional<String> ofUrl(String url) {
    try {
      return Optional.ofNullable(new URI(url).getHost());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether a {@code Host} is one of these, or an address. */
  boolean allows(String authority) {
    String host = host(authority);
    return any || IPV4.matcher(host).matches() || IPV6.matcher(host).matches() || isListed(host);
  }

  /** Whether pages of an origin may use the listener from within a browser. */
  boolean trusts(String origin) {
    Optional<String> host = ofUrl(origin).map(HostNames::host);
    return host.isPresent() && (any || LOOPBACK.matcher(host.get()).matches() || isListed(host.get()));
  }

  private boolean isListed(String host) {
    return names.contains(host) || suffixes.stream().anyMatch(host::endsWith);
  }

  /** A host without its port and the dot of the root, in lower case. */
  static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port = colon > authority.lastIndexOf(']');
    String host = (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
