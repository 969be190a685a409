package dev.sluice.plugins.acme;

import dev.sluice.api.entity.EntityReader;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where certificates are kept, so that listeners show them. */
interface Shelf {

  /**
   * Whether a certificate is shown for a host. Does not block; runs for each request by TLS.
   *
   * @param entities those of the request
   */
  boolean covers(Site site, String host, EntityReader entities);

  /** The certificate of exactly this host. */
  Future<Optional<Issued>> find(Site site, String host);

  /** Has a certificate shown from now on. */
  Future<Void> keep(Site site, String host, Issued issued);

  /** The hosts that certificates were ordered for. */
  Future<Set<String>> hosts(Site site);

  /** The hosts that a storage notes, sorted. */
  static Future<Set<String>> noted(Storage storage) {
    return storage.keys(StorageKeys.RENEWALS).map(keys -> {
      Set<String> hosts = new TreeSet<>();
      keys.forEach(key -> hosts.add(key.substring(StorageKeys.RENEWALS.length())));
      return hosts;
    });
  }
}
