package dev.sluice.kernel.snapshot;

import dev.sluice.api.PluginId;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.kernel.registry.FilterBinding;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PluginIndexTest {

  private static final Route ROUTE =
      Route.decode(
          new JsonObject()
              .put("id", "r")
              .put("protocols", new JsonArray().add("http"))
              .put("service", new JsonObject().put("id", "s")));
  private static final Service SERVICE =
      Service.decode(
          new JsonObject()
              .put("id", "s")
              .put("protocol", "http")
              .put("host", "h")
              .put("port", 80)
              .put("enabled", true));

  private static FilterInstance instance(String name, int priority, String scope) {
    return instance(name, priority, scope, Workspaces.DEFAULT_ID);
  }

  private static FilterInstance instance(String name, int priority, String scope, String workspace) {
    PluginConfig config =
        new PluginConfig(
            name + scope,
            name,
            scope.contains("r") ? Optional.of("r") : Optional.empty(),
            scope.contains("s") ? Optional.of("s") : Optional.empty(),
            scope.contains("c") ? Optional.of("c") : Optional.empty(),
            new JsonObject(),
            List.of(),
            !scope.contains("-"));
    FilterFactory<Object> factory =
        new FilterFactory<>() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public int priority() {
            return priority;
          }

          @Override
          public ConfigSchema<Object> schema() {
            return ConfigSchema.any(json -> json);
          }

          @Override
          public Filter create(Object any) {
            return (Filter.Access) context -> Future.succeededFuture();
          }
        };
    FilterBinding binding = new FilterBinding(factory, new PluginId(name, "1", "g"));
    return new FilterInstance(config, workspace, Optional.of(binding), factory.create(config));
  }

  private static List<String> chosen(List<FilterInstance> instances, String consumer) {
    ChainPlan plan = PluginIndex.of(instances).plan(Workspaces.DEFAULT_ID, Optional.of(ROUTE), Optional.of(SERVICE));
    return Arrays.stream(plan.slots())
        .map(slot -> slot.of(consumer))
        .filter(Objects::nonNull)
        .map(instance -> instance.config().id())
        .toList();
  }

  @Test
  void theMostSpecificConfigurationRuns() {
    List<String> byPrecedence = List.of("rsc", "rc", "sc", "rs", "c", "r", "s", "");
    for (int i = 0; i < byPrecedence.size(); i++) {
      List<FilterInstance> instances = new ArrayList<>();
      byPrecedence.subList(i, byPrecedence.size()).forEach(scope -> instances.add(instance("p", 1, scope)));
      Collections.shuffle(instances, new Random(i));
      assertThat(chosen(instances, "c")).containsExactly("p" + byPrecedence.get(i));
    }
  }

  @Test
  void withoutAConsumerOnlyWhatNeedsNoneRuns() {
    List<FilterInstance> instances =
        List.of(instance("p", 1, "rsc"), instance("p", 1, "c"), instance("p", 1, "s"), instance("q", 2, "c"));
    assertThat(chosen(instances, null)).containsExactly("ps");
    assertThat(chosen(instances, "other")).containsExactly("ps");
    assertThat(chosen(instances, "c")).containsExactly("qc", "prsc");
  }

  @Test
  void aDisabledConfigurationIsAsIfItWereNotThere() {
    assertThat(chosen(List.of(instance("p", 1, "r-"), instance("p", 1, "")), null)).containsExactly("p");
  }

  @Test
  void filtersRunByDescendingPriorityAndThenDescendingName() {
    List<FilterInstance> instances =
        List.of(instance("a", 1, ""), instance("b", 9, ""), instance("c", 1, "r"), instance("d", 5, "s"));
    assertThat(chosen(instances, null)).containsExactly("b", "ds", "cr", "a");
  }

  @Test
  void aFilterOfAnotherServiceDoesNotRun() {
    PluginIndex index = PluginIndex.of(List.of(instance("p", 1, "s")));
    assertThat(index.plan(Workspaces.DEFAULT_ID, Optional.empty(), Optional.empty()).slots()).isEmpty();
  }

  @Test
  void whatIsConfiguredForAllRequestsRunsForThoseOfItsWorkspace() {
    PluginIndex index = PluginIndex.of(List.of(instance("p", 1, ""), instance("q", 2, "", "w")));
    assertThat(index.workspaces()).containsExactlyInAnyOrder(Workspaces.DEFAULT_ID, "w");
    assertThat(names(index.plan(Workspaces.DEFAULT_ID))).containsExactly("p");
    assertThat(names(index.plan("w", Optional.of(ROUTE), Optional.empty()))).containsExactly("q");
    assertThat(names(index.plan("other"))).isEmpty();
  }

  private static List<String> names(ChainPlan plan) {
    return Arrays.stream(plan.slots()).map(slot -> slot.base().config().name()).toList();
  }
}
