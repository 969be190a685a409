package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.filter.Filter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClientCertificateWishesTest {

  private static final ChainPlan NOTHING = new ChainPlan(List.of());

  private final AtomicInteger asked = new AtomicInteger();

  private ChainPlan wishing(String authority) {
    PluginConfig config =
        new PluginConfig(
            authority, "wishes", Optional.empty(), Optional.empty(), Optional.empty(), new JsonObject(), List.of(), true);
    Filter.ClientCertificates filter =
        () -> {
          asked.incrementAndGet();
          return List.of(authority);
        };
    FilterInstance instance = new FilterInstance(config, Workspaces.DEFAULT_ID, Optional.empty(), filter);
    return new ChainPlan(List.of(new ChainPlan.Slot(instance, Map.of())));
  }

  private static RoutePlan route(ChainPlan chain, String protocol, String... names) {
    Route route =
        Route.decode(
            new JsonObject()
                .put("id", "r")
                .put("protocols", new JsonArray().add(protocol))
                .put("snis", new JsonArray(List.of((Object[]) names))));
    return new RoutePlan(
        1,
        Workspaces.DEFAULT_ID,
        new PlannedRoute(route, Optional.empty(), 0),
        Destination.of(Optional.empty(), Optional.empty()),
        chain,
        new StrategyGroups[0]);
  }

  @Test
  void aRouteWithNamesWishesForTheseOnly() {
    ClientCertificateWishes wishes =
        new ClientCertificateWishes(
            List.of(NOTHING),
            List.of(
                route(wishing("exact"), "https", "a.test."),
                route(wishing("below"), "grpcs", "*.b.test"),
                route(wishing("before"), "https", "c.*"),
                route(wishing("plain"), "http", "d.test"),
                route(NOTHING, "https")));
    assertThat(wishes.announced("A.test")).containsExactly("exact");
    assertThat(wishes.announced("x.b.test")).containsExactly("below");
    assertThat(wishes.announced("c.example.")).containsExactly("before");
    assertThat(List.of("a.test", "x.b.test", "c.test")).allMatch(wishes::asks);
    assertThat(List.of("", "b.test", "d.test", "x.a.test")).noneMatch(wishes::asks);
  }

  @Test
  void aRouteForAllNamesWishesForEveryone() {
    ClientCertificateWishes wishes =
        new ClientCertificateWishes(
            List.of(NOTHING), List.of(route(wishing("all"), "https"), route(wishing("one"), "https", "a.test")));
    assertThat(wishes.asks("")).isTrue();
    assertThat(wishes.names("b.test")).isFalse();
    assertThat(wishes.announced("")).containsExactly("all");
    assertThat(wishes.announced("a.test")).containsExactlyInAnyOrder("all", "one");
  }

  /** A filter that runs on all routes is one wish, or each handshake would go through them all. */
  @Test
  void aFilterOfManyRoutesIsAskedOnce() {
    ChainPlan everywhere = wishing("all");
    List<RoutePlan> routes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      routes.add(route(everywhere, "https"));
      routes.add(route(everywhere, "https", "a.test", "*.test"));
    }
    ClientCertificateWishes wishes = new ClientCertificateWishes(List.of(everywhere), routes);
    assertThat(wishes.announced("b.test")).containsExactly("all");
    assertThat(asked).hasValueLessThanOrEqualTo(2);
  }
}
