package dev.sluice.plugins.acl;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.AuthenticatedGroups;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Believes what headers say: who it is, with or without a credential, and in which groups an outsider has them. */
final class Badge implements GatewayPlugin {

  private record Factory() implements FilterFactory<JsonObject> {
    @Override
    public String name() {
      return "badge";
    }

    @Override
    public int priority() {
      return 1200;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public Filter create(JsonObject config) {
      return (Filter.Access) Badge::believe;
    }
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory());
  }

  private static Future<Void> believe(RequestContext context) {
    Optional<Consumer> who = header(context, "who")
        .flatMap(name -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", name));
    Optional<Credential> proof = header(context, "proof")
        .map(id -> new Credential(id, who.map(Consumer::id), Optional.of(id)));
    if (who.isPresent() && proof.isEmpty()) {
      context.authenticateAnonymous(who.get());
    } else {
      context.authenticate(who, proof);
    }
    header(context, "groups").ifPresent(
        groups -> context.put(AuthenticatedGroups.KEY, new AuthenticatedGroups(List.of(groups.split(",", -1)))));
    return Filters.CONTINUE;
  }

  private static Optional<String> header(RequestContext context, String name) {
    return context.request().headers().get(name);
  }
}
