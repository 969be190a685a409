package dev.sluice.plugins.acme;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.event.Event;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.security.CertificateSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Contributes the filter {@code acme}, its storage and its endpoints. */
@Extension
public final class AcmePlugin implements GatewayPlugin {

  private static final Logger log = LoggerFactory.getLogger(AcmePlugin.class);
  private static final Duration FIRST_RENEWAL = Duration.ofMinutes(1);
  private static final Duration RENEWAL = Duration.ofHours(1);
  private static final int HTTP = 80;

  private final BiFunction<PluginContext, Storages, Authority> authorities;
  private final IntSupplier challengePort;
  private List<CertificateSource> sources = List.of();
  private Issuer issuer;
  private AcmeFactory factory;
  private AcmeEndpoints endpoints;

  /** What the gateway loads. */
  public AcmePlugin() {
    this(AcmeAuthority::new, () -> HTTP);
  }

  /**
   * The same with other surroundings.
   *
   * @param challengePort where authorities look for answers, and the sanity test with them
   */
  AcmePlugin(BiFunction<PluginContext, Storages, Authority> authorities, IntSupplier challengePort) {
    this.authorities = authorities;
    this.challengePort = challengePort;
  }

  @Override
  public void start(PluginContext context) {
    boolean database = !context.node().setting("database").orElse("").equals("off");
    Storages storages = new Storages(context);
    Sites sites = new Sites(context);
    Shelf shelf = database ? new EntityShelf(context, storages) : lending(context, storages, sites);
    issuer = new Issuer(context, storages, shelf, authorities.apply(context, storages));
    Renewals renewals = new Renewals(context, sites, storages, shelf, issuer);
    factory = new AcmeFactory(AcmeConfig.schema(database), storages, issuer, sites);
    endpoints = new AcmeEndpoints(
        sites, shelf, issuer, renewals, new SanityTest(context, challengePort));
    context.after(FIRST_RENEWAL, renewals::run);
    context.every(RENEWAL, renewals::run);
  }

  /** Where entities cannot be written to, listeners ask for certificates here. */
  private Shelf lending(PluginContext context, Storages storages, Sites sites) {
    StorageShelf shelf = new StorageShelf(context, storages);
    sources = List.of(shelf);
    AtomicBoolean warm = new AtomicBoolean();
    context.events().on(Event.SnapshotPublished.class, published -> {
      if (!warm.get()) {
        sites.all().onSuccess(all -> {
          if (!all.isEmpty() && warm.compareAndSet(false, true)) {
            shelf.warm(all).onFailure(cause -> log.error("certificates cannot be read: {}", Issuer.text(cause)));
          }
        });
      }
    });
    return shelf;
  }

  /** An order that is under way would keep others waiting for the end of its lock. */
  @Override
  public Future<Void> finish() {
    return issuer.finished();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }

  @Override
  public List<CertificateSource> certificates() {
    return sources;
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(EntityStorage.TYPE);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return endpoints.all();
  }
}
