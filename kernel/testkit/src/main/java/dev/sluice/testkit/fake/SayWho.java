package dev.sluice.testkit.fake;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Credential;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Authentication that takes the client's word: the filter {@code say-who} authenticates the consumer whose username the header
 * {@code who} tells, and the credential whose id the header {@code key} tells.
 */
public final class SayWho implements GatewayPlugin, FilterFactory<JsonObject> {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(this);
  }

  @Override
  public String name() {
    return "say-who";
  }

  @Override
  public int priority() {
    return 1000;
  }

  @Override
  public ConfigSchema<JsonObject> schema() {
    return ConfigSchema.any(config -> config);
  }

  @Override
  public Filter create(JsonObject config) {
    return (Filter.Access)
        context -> {
          Optional<Consumer> consumer =
              context.request().headers().get("who")
                  .flatMap(name -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", name));
          Optional<Credential> credential =
              context.request().headers().get("key")
                  .map(key -> new Credential(key, consumer.map(Consumer::id), Optional.empty()));
          if (consumer.isPresent() || credential.isPresent()) {
            context.authenticate(consumer, credential);
          }
          return Filters.CONTINUE;
        };
  }
}
