package dev.sluice.plugins.env;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.vault.VaultFactory;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Brings the vault over variables of the test's own, and a filter that tells the secrets it is configured with. */
final class TellPlugin implements GatewayPlugin {

  final Map<String, String> environment = new ConcurrentHashMap<>();

  @Override
  public List<VaultFactory<?>> vaults() {
    return List.of(new EnvVaultFactory(name -> Optional.ofNullable(environment.get(name))));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Tell());
  }

  private static final class Tell implements FilterFactory<JsonObject> {

    @Override
    public String name() {
      return "tell";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.of(JsonObject::copy)
          .field("secret", Fields.string().required().referenceable())
          .field("plain", Fields.string())
          .build();
    }

    @Override
    public Filter create(JsonObject config) {
      if (config.getString("secret").startsWith("unfit")) {
        throw new IllegalArgumentException("cannot use " + config.getString("secret"));
      }
      return (Filter.Access) context -> {
        context.answer(Answer.json(200, config));
        return Filters.CONTINUE;
      };
    }
  }
}
