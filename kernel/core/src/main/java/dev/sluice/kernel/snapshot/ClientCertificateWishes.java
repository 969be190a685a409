package dev.sluice.kernel.snapshot;

import dev.sluice.api.filter.Filter;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which clients are to be asked for certificates, by the server name of their handshake. Immutable.
 *
 * <p>A filter that runs on a route with server names wants those only; on any other route that takes TLS, and where no route
 * matches, it wants all.
 */
public final class ClientCertificateWishes {

  /** Nobody is asked. */
  static final ClientCertificateWishes NONE = new ClientCertificateWishes(List.of(), List.of());

  private static final Set<String> ENCRYPTED = Set.of("https", "grpcs");

  private final Set<Filter.ClientCertificates> everyone = none();
  private final Map<String, Set<Filter.ClientCertificates>> exact = new HashMap<>();
  private final Map<String, Set<Filter.ClientCertificates>> suffixes = new HashMap<>();
  private final Map<String, Set<Filter.ClientCertificates>> prefixes = new HashMap<>();

  ClientCertificateWishes(Collection<ChainPlan> anywhere, Collection<RoutePlan> routes) {
    for (ChainPlan chain : anywhere) {
      everyone.addAll(chain.certificateWishes());
    }
    for (RoutePlan plan : routes) {
      List<Filter.ClientCertificates> wishes = plan.chain().certificateWishes();
      if (!wishes.isEmpty() && plan.route().protocols().stream().anyMatch(ENCRYPTED::contains)) {
        add(plan.route().snis(), wishes);
      }
    }
  }

  /** One filter may run on all routes: it is one wish. */
  private static Set<Filter.ClientCertificates> none() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void add(List<String> names, List<Filter.ClientCertificates> wishes) {
    if (names.isEmpty()) {
      everyone.addAll(wishes);
    }
    for (String each : names) {
      String name = normal(each);
      if (name.startsWith("*")) {
        put(suffixes, name.substring(1), wishes);
      } else if (name.endsWith("*")) {
        put(prefixes, name.substring(0, name.length() - 1), wishes);
      } else {
        put(exact, name, wishes);
      }
    }
  }

  private static void put(
      Map<String, Set<Filter.ClientCertificates>> by, String name, List<Filter.ClientCertificates> wishes) {
    by.computeIfAbsent(name, key -> none()).addAll(wishes);
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Whether a server name has wishes of its own, beside those for everyone. */
  public boolean names(String serverName) {
    return !exact.isEmpty() && exact.containsKey(normal(serverName))
        || !suffixes.isEmpty() && suffixes.keySet().stream().anyMatch(normal(serverName)::endsWith)
        || !prefixes.isEmpty() && prefixes.keySet().stream().anyMatch(normal(serverName)::startsWith);
  }

  /**
   * Whether who names a server name is asked.
   *
   * @param serverName empty for who names none, or one that nobody has a wish for
   */
  public boolean asks(String serverName) {
    return !everyone.isEmpty() || names(serverName);
  }

  /** The ids of the authorities that who names a server name is told. */
  public Set<String> announced(String serverName) {
    Set<String> ids = new LinkedHashSet<>();
    String name = normal(serverName);
    collect(everyone, ids);
    collect(exact.getOrDefault(name, Set.of()), ids);
    suffixes.forEach((end, wishes) -> collect(name.endsWith(end) ? wishes : Set.of(), ids));
    prefixes.forEach((start, wishes) -> collect(name.startsWith(start) ? wishes : Set.of(), ids));
    return ids;
  }

  private static void collect(Set<Filter.ClientCertificates> wishes, Set<String> ids) {
    wishes.forEach(wish -> ids.addAll(wish.announced()));
  }
}
