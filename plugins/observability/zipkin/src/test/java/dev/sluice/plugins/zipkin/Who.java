package dev.sluice.plugins.zipkin;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A request with a header {@code who} is that consumer's, one with {@code no} ends; keeps what is logged. */
final class Who implements GatewayPlugin {

  private final List<JsonObject> logged = new CopyOnWriteArrayList<>();

  List<JsonObject> logged() {
    return logged;
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new FilterFactory<JsonObject>() {
      @Override
      public String name() {
        return "who";
      }

      @Override
      public int priority() {
        return 1000;
      }

      @Override
      public ConfigSchema<JsonObject> schema() {
        return ConfigSchema.any(JsonObject::copy);
      }

      @Override
      public Filter create(JsonObject config) {
        return new Asks();
      }
    });
  }

  private final class Asks implements Filter.Access, Filter.Log {
    @Override
    public Future<Void> access(RequestContext context) {
      context.request().headers().get("who").ifPresent(name -> {
        var consumer = context.entities().byUnique(CoreEntities.CONSUMERS, "username", name).orElseThrow();
        context.authenticate(
            Optional.of(consumer), Optional.of(new Credential("c1", Optional.of(consumer.id()), Optional.empty())));
      });
      if (context.request().headers().contains("no")) {
        context.answer(Answer.error(403, "no"));
      }
      return Filters.CONTINUE;
    }

    @Override
    public void log(RequestContext context) {
      JsonObject entry = new JsonObject();
      context.get(LogFields.KEY).ifPresent(fields -> fields.addTo(entry));
      logged.add(entry);
    }
  }
}
