package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Certificate;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.security.CertificateSource;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates in the storage of the plugin, for gateways whose entities cannot be written to. What was read is kept in
 * memory for a while.
 */
final class StorageShelf implements Shelf, CertificateSource {

  private static final Logger log = LoggerFactory.getLogger(StorageShelf.class);
  private static final long FRESH_MILLIS = TimeUnit.MINUTES.toMillis(10);
  private static final int MOST = 100_000;

  private final PluginContext context;
  private final Storages storages;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /**
   * What was read.
   *
   * @param until when to read it again
   */
  private record Read(Certificate certificate, long until) {}

  StorageShelf(PluginContext context, Storages storages) {
    this.context = context;
    this.storages = storages;
  }

  /** As far as it is known now. */
  @Override
  public Optional<Certificate> find(String serverName) {
    return Optional.ofNullable(read.get(serverName)).map(Read::certificate);
  }

  /** Reads all that there is, so that after a start the first handshakes find it. */
  Future<Void> warm(List<Site> sites) {
    List<Future<Void>> all = new ArrayList<>();
    for (Site site : sites) {
      all.add(hosts(site).compose(hosts ->
          Future.join(hosts.stream().map(host -> find(site, host)).toList()).mapEmpty()));
    }
    return Future.join(all).mapEmpty();
  }

  @Override
  public Future<Set<String>> hosts(Site site) {
    return Shelf.noted(storages.of(site.config().storage()));
  }

  @Override
  public boolean covers(Site site, String host, EntityReader entities) {
    if (EntityShelf.isNamed(host, entities)) {
      return true;
    }
    Read known = read.get(host);
    return known != null && known.until() > context.clock().millis();
  }

  @Override
  public Future<Optional<Issued>> find(Site site, String host) {
    return storages.of(site.config().storage()).get(StorageKeys.certificate(host)).map(found -> {
      Optional<Issued> issued = found.flatMap(text -> decode(host, text));
      issued.ifPresentOrElse(pair -> remember(host, pair), () -> read.remove(host));
      return issued;
    });
  }

  private static Optional<Issued> decode(String host, String text) {
    try {
      JsonObject pair = new JsonObject(text);
      return Optional.of(new Issued(pair.getString("cert"), pair.getString("key")));
    } catch (DecodeException e) {
      log.error("the certificate of {} in the storage cannot be read", host);
      return Optional.empty();
    }
  }

  @Override
  public Future<Void> keep(Site site, String host, Issued issued) {
    String text = new JsonObject().put("cert", issued.certificate()).put("key", issued.key()).encode();
    return storages
        .of(site.config().storage())
        .put(StorageKeys.certificate(host), text, Storage.FOR_EVER)
        .onSuccess(kept -> remember(host, issued));
  }

  private void remember(String host, Issued issued) {
    if (read.size() < MOST || read.containsKey(host)) {
      Certificate now = new Certificate(host, issued.certificate(), issued.key(), Optional.empty(), Optional.empty());
      long until = context.clock().millis() + FRESH_MILLIS;
      read.compute(host, (name, before) ->
          new Read(before != null && before.certificate().equals(now) ? before.certificate() : now, until));
    }
  }
}
