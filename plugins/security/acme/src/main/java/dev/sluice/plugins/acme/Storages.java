package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.traffic.RedisLink;
import dev.sluice.plugins.traffic.RedisSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The storages of one generation of the plugin: equal settings get the same one. Safe from any thread. */
final class Storages {

  private final PluginContext context;
  private final Storage entities;
  private final Map<String, Storage> memories = new ConcurrentHashMap<>();
  private final Map<RedisSettings, RedisLink> links = new ConcurrentHashMap<>();

  Storages(PluginContext context) {
    this.context = context;
    this.entities = new EntityStorage(context);
  }

  Storage of(StorageConfig config) {
    return switch (config.kind()) {
      case KONG -> entities;
      case SHM -> memories.computeIfAbsent(config.shmName(), name -> new MemoryStorage(context.clock()));
      case REDIS -> redis(config, config.redis().orElseThrow());
      case CONSUL, VAULT -> throw new IllegalStateException(config.kind() + " was refused before");
    };
  }

  private Storage redis(StorageConfig config, RedisSettings settings) {
    RedisLink link = links.computeIfAbsent(
        settings, absent -> context.own(new RedisLink(context.vertx(), settings)));
    return new RedisStorage(link, config.namespace(), config.scanCount());
  }
}
