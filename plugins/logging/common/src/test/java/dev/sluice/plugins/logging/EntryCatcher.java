package dev.sluice.plugins.logging;

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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the entries of requests; a request with a header {@code who} is that consumer's, one with {@code no} ends. */
final class EntryCatcher implements GatewayPlugin {

  private final LinkedBlockingQueue<JsonObject> entries = new LinkedBlockingQueue<>();

  JsonObject next() throws InterruptedException {
    JsonObject next = entries.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("an entry").isNotNull();
    return new JsonObject(next.encode());
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory());
  }

  private final class Factory implements FilterFactory<JsonObject> {
    @Override
    public String name() {
      return "catcher";
    }

    @Override
    public int priority() {
      return 10;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(JsonObject::copy);
    }

    @Override
    public Filter create(JsonObject config) {
      return new Catches(CustomFields.of(config));
    }
  }

  private final class Catches implements Filter.Access, Filter.Log {
    private final CustomFields custom;

    Catches(CustomFields custom) {
      this.custom = custom;
    }

    @Override
    public Future<Void> access(RequestContext context) {
      context.request().headers().get("who").ifPresent(name -> {
        var consumer = context.entities().byUnique(CoreEntities.CONSUMERS, "username", name).orElseThrow();
        context.authenticate(
            Optional.of(consumer), Optional.of(new Credential("c1", Optional.of(consumer.id()), Optional.empty())));
      });
      context.request().headers().get("told").ifPresent(value -> {
        LogFields.put(context, "told.by.filter", value);
        LogFields.put(context, "told.more", 1);
        LogFields.put(context, "client_ip.x", "barred");
      });
      if (context.request().headers().contains("no")) {
        context.answer(Answer.error(403, "no"));
      }
      return Filters.CONTINUE;
    }

    @Override
    public void log(RequestContext context) {
      entries.add(LogEntry.of(context, custom));
    }
  }
}
