package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Certificates and server names of the gateway: all nodes show them. */
record EntityShelf(PluginContext context, Storages storages) implements Shelf {

  private static final String TAG = "managed-by-acme";
  private static final String NAME = "name";

  @Override
  public boolean covers(Site site, String host, EntityReader entities) {
    return isNamed(host, entities);
  }

  /** As a listener looks for it, but for the name that stands for all: that is what to show where there is nothing. */
  static boolean isNamed(String host, EntityReader entities) {
    if (entities.byUnique(CoreEntities.SNIS, NAME, host).isPresent()) {
      return true;
    }
    int first = host.indexOf('.');
    return first > 0
        && (entities.byUnique(CoreEntities.SNIS, NAME, "*" + host.substring(first)).isPresent()
            || entities.byUnique(CoreEntities.SNIS, NAME, host.substring(0, host.lastIndexOf('.')) + ".*").isPresent());
  }

  private Entities entities(Site site) {
    return context.entities().in(site.workspace()).orElseGet(context::entities);
  }

  private static Future<Optional<JsonObject>> sni(Entities entities, String host) {
    return entities.find(CoreEntities.SNIS, new EntityKey.Unique(NAME, host));
  }

  /** The certificate that a server name shows. */
  private static Future<Optional<JsonObject>> shown(Entities entities, Optional<JsonObject> sni) {
    return sni.flatMap(found -> Documents.reference(found, "certificate"))
        .map(id -> entities.find(CoreEntities.CERTIFICATES, new EntityKey.Id(id)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<Optional<Issued>> find(Site site, String host) {
    Entities entities = entities(site);
    return sni(entities, host)
        .compose(sni -> shown(entities, sni))
        .map(found -> found.map(row -> new Issued(row.getString("cert"), row.getString("key"))));
  }

  /** Those that are tagged, too: the memory of a node is a storage that forgets. */
  @Override
  public Future<Set<String>> hosts(Site site) {
    Entities entities = entities(site);
    return Shelf.noted(storages.of(site.config().storage())).compose(hosts ->
        Rows.all(entities, CoreEntities.CERTIFICATES, Optional.empty()).compose(certificates -> {
          Set<String> own = certificates.stream()
              .filter(row -> Documents.strings(row, "tags").contains(TAG))
              .map(row -> row.getString("id"))
              .collect(Collectors.toSet());
          return Rows.all(entities, CoreEntities.SNIS, Optional.empty()).map(snis -> {
            snis.stream()
                .filter(sni -> Documents.reference(sni, "certificate").filter(own::contains).isPresent())
                .forEach(sni -> hosts.add(sni.getString(NAME)));
            return hosts;
          });
        }));
  }

  @Override
  public Future<Void> keep(Site site, String host, Issued issued) {
    Entities entities = entities(site);
    JsonObject pair = new JsonObject().put("cert", issued.certificate()).put("key", issued.key());
    return sni(entities, host).compose(sni -> {
      if (sni.isEmpty()) {
        return insert(entities, pair.put("snis", new JsonArray().add(host))).mapEmpty();
      }
      String sniId = sni.get().getString("id");
      return own(entities, sni).compose(own -> own.isPresent()
          ? entities.update(CoreEntities.CERTIFICATES, new EntityKey.Id(own.get()), pair, WriteOptions.JSON).mapEmpty()
          : insert(entities, pair).compose(made -> repoint(entities, sniId, made.getString("id"))));
    });
  }

  private static Future<JsonObject> insert(Entities entities, JsonObject pair) {
    JsonObject body = pair.put("tags", new JsonArray().add(TAG));
    return entities.insert(CoreEntities.CERTIFICATES, body, WriteOptions.JSON);
  }

  private static Future<Void> repoint(Entities entities, String sniId, String certificateId) {
    JsonObject patch = new JsonObject().put("certificate", new JsonObject().put("id", certificateId));
    return entities.update(CoreEntities.SNIS, new EntityKey.Id(sniId), patch, WriteOptions.JSON).mapEmpty();
  }

  /** A certificate that was made here, and that no other name shows: it may be written over. */
  private static Future<Optional<String>> own(Entities entities, Optional<JsonObject> sni) {
    return shown(entities, sni).compose(found -> {
      if (found.isEmpty() || !Documents.strings(found.get(), "tags").contains(TAG)) {
        return Future.succeededFuture(Optional.<String>empty());
      }
      String id = found.get().getString("id");
      Reference reference = new Reference("certificate", CoreEntities.CERTIFICATES.name(), id);
      Future<List<JsonObject>> names = Rows.all(entities, CoreEntities.SNIS, Optional.of(reference));
      return names.map(rows -> rows.size() == 1 ? Optional.of(id) : Optional.empty());
    });
  }
}
