package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Whoever says so in a header is a consumer ({@code who}) with a credential ({@code key}). */
final class SayWho implements GatewayPlugin {

  private record Factory(String name, int priority) implements FilterFactory<Boolean> {
    @Override
    public ConfigSchema<Boolean> schema() {
      return ConfigSchema.any(config -> true);
    }

    @Override
    public Filter create(Boolean config) {
      return (Filter.Access) SayWho::run;
    }
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory("say-who", 1000));
  }

  private static Future<Void> run(RequestContext context) {
    Optional<Consumer> consumer = context.request().headers().get("who")
        .flatMap(name -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", name));
    Optional<Credential> credential = context.request().headers().get("key")
        .map(key -> new Credential(key, consumer.map(Consumer::id), Optional.empty()));
    if (consumer.isPresent() || credential.isPresent()) {
      context.authenticate(consumer, credential);
    }
    return Filters.CONTINUE;
  }
}
