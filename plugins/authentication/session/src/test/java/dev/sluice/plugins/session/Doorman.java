package dev.sluice.plugins.session;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.AuthenticatedGroups;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Lets in whoever says its name in the header {@code who}, and everybody who is known already. */
final class Doorman implements GatewayPlugin {

  private record Factory() implements FilterFactory<JsonObject> {
    @Override
    public String name() {
      return "doorman";
    }

    @Override
    public int priority() {
      return 1100;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public Filter create(JsonObject config) {
      return (Filter.Access) Doorman::ask;
    }
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory());
  }

  private static Future<Void> ask(RequestContext context) {
    Optional<Consumer> who = context.request().headers().get("who")
        .flatMap(name -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", name));
    if (who.isPresent()) {
      String proof = "proof-of-" + who.get().username().orElseThrow();
      context.authenticate(who, Optional.of(new Credential(proof, who.map(Consumer::id), Optional.of(proof))));
      context.request().headers().get("groups").ifPresent(groups ->
          context.put(AuthenticatedGroups.KEY, new AuthenticatedGroups(List.of(groups.split(",", -1)))));
    } else if (context.credential().isEmpty()) {
      context.answer(Answer.error(401, "Who are you?"));
    }
    return Filters.CONTINUE;
  }
}
