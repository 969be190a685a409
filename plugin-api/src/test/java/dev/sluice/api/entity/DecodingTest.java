package dev.sluice.api.entity;

import dev.sluice.api.schema.Run;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients may clear fields that have defaults: the request path goes on with the defaults. */
class DecodingTest {

  private final Run run = Run.plain();

  @Test
  void clearedSettingsOfServices() {
    Service service = Service.decode(run.insert(CoreEntities.SERVICES.schema(),
        "{'host':'a','retries':null,'connect_timeout':null,'read_timeout':null,'write_timeout':null}"));
    assertThat(service.retries()).isEqualTo(5);
    assertThat(service.connectTimeout()).isEqualTo(60_000);
  }

  @Test
  void clearedSettingsOfRoutes() {
    Route route = Route.decode(run.insert(CoreEntities.ROUTES.schema(),
        "{'paths':['/'],'regex_priority':null,'path_handling':null}"));
    assertThat(route.regexPriority()).isZero();
    assertThat(route.pathHandling()).isEqualTo("v0");
  }

  @Test
  void clearedSettingsOfUpstreamsAndTargets() {
    JsonObject upstream = run.insert(
        CoreEntities.UPSTREAMS.schema(), "{'name':'u','algorithm':null,'use_srv_name':null,'slots':null}");
    assertThat(Upstream.decode(upstream).algorithm()).isEqualTo("round-robin");
    Target target = Target.decode(run.insert(CoreEntities.TARGETS.schema(),
        "{'target':'a','weight':null,'upstream':{'id':'00000001-0000-4000-8000-000000000007'}}"));
    assertThat(target.weight()).isEqualTo(100);
  }

  @Test
  void hugePrioritiesKeepTheirOrder() {
    Route route = Route.decode(
        run.insert(CoreEntities.ROUTES.schema(), "{'paths':['/'],'regex_priority':9007199254740991}"));
    assertThat(route.regexPriority()).isEqualTo(Integer.MAX_VALUE);
  }
}
