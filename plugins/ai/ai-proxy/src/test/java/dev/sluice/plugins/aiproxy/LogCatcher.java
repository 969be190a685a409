package dev.sluice.plugins.aiproxy;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Logs as the jars do whose work it is. */
final class LogCatcher implements GatewayPlugin, FilterFactory<JsonObject> {

  private final BlockingQueue<JsonObject> entries = new LinkedBlockingQueue<>();

  /** The entry of the next request. */
  JsonObject next() throws InterruptedException {
    JsonObject entry = entries.poll(20, TimeUnit.SECONDS);
    if (entry == null) {
      throw new AssertionError("nothing was logged");
    }
    return entry;
  }

  void forget() {
    entries.clear();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(this);
  }

  @Override
  public String name() {
    return "log-catcher";
  }

  @Override
  public int priority() {
    return 1;
  }

  @Override
  public ConfigSchema<JsonObject> schema() {
    return ConfigSchema.any(JsonObject::copy);
  }

  @Override
  public Filter create(JsonObject config) {
    return (Filter.Log) context -> {
      JsonObject headers = new JsonObject();
      context.request().headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
      JsonObject entry = new JsonObject()
          .put("request", new JsonObject().put("uri", context.request().rawTarget()).put("headers", headers))
          .put("upstream_uri", context.upstreamRequest().target());
      context.get(LogFields.KEY).ifPresent(fields -> fields.addTo(entry));
      entries.add(entry);
    };
  }
}
