package dev.sluice.plugins.mirror;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.UpstreamView;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is logged as a request, adds a header to what goes upstream, and balances with cookies. */
final class Logged implements GatewayPlugin {

  static final AtomicInteger REQUESTS = new AtomicInteger();

  private record Factory(String name) implements FilterFactory<JsonObject> {

    @Override
    public int priority() {
      return 500;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public Filter create(JsonObject config) {
      return name.equals("logged")
          ? (Filter.Log) context -> REQUESTS.incrementAndGet()
          : (Filter.Access) context -> {
            context.upstreamRequest().headers().set("X-Added", "by a filter");
            return Filters.CONTINUE;
          };
    }
  }

  /** Gives clients a cookie when it chooses, as a balancer does that hashes cookies. */
  private record Giving() implements LoadBalancerFactory {

    @Override
    public String algorithm() {
      return "least-connections";
    }

    @Override
    public LoadBalancer build(UpstreamView view) {
      return () -> context -> {
        context.request().response().headers().add("Set-Cookie", "target=1");
        return Optional.of(view.addresses().get(0));
      };
    }
  }

  @Override
  public List<LoadBalancerFactory> loadBalancers() {
    return List.of(new Giving());
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new Factory("logged"), new Factory("adding"));
  }
}
