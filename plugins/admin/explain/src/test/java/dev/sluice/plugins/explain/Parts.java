package dev.sluice.plugins.explain;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.testkit.fake.MemoryStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store, an authentication that takes the word of a header for it, and filters that tell in answers what has happened. */
final class Parts implements GatewayPlugin {

  /** The header by which a client says who it is. */
  static final String WHO = "who";

  @Override
  public List<StoreFactory> stores() {
    return List.of(MemoryStore.factory("sqlite"));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(
        new Factory("say-who", 1000, true, config -> (Filter.Access) Parts::believe),
        new Factory("tell", 10, false, config -> (Filter.Header) Parts::tell),
        new Factory("early-mark", 2000, false, Parts::mark),
        new Factory("mark", 500, false, Parts::mark));
  }

  private static Filter mark(JsonObject config) {
    return (Filter.Header) context -> context.response().headers().add("X-Marks", config.getString("mark"));
  }

  private static Future<Void> believe(RequestContext context) {
    context
        .request()
        .headers()
        .get(WHO)
        .flatMap(name -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", name))
        .ifPresent(consumer -> context.authenticate(Optional.of(consumer), Optional.empty()));
    return Filters.CONTINUE;
  }

  private static void tell(RequestContext context) {
    Optional<RouteDefinition> found = context.match().map(match -> match.definition());
    context.response().headers().set("X-Route", found.map(each -> each.route().id()).orElse("-"));
    context
        .response()
        .headers()
        .set("X-Service", found.flatMap(RouteDefinition::service).map(each -> each.id()).orElse("-"));
  }

  private record Factory(String name, int priority, boolean authenticates, Function<JsonObject, Filter> make)
      implements FilterFactory<JsonObject> {

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config.copy());
    }

    @Override
    public Filter create(JsonObject config) {
      return make.apply(config);
    }
  }
}
