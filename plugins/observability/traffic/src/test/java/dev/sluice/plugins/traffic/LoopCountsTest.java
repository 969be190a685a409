package dev.sluice.plugins.traffic;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/** What is counted is kept for minutes, within bounds, and let go of afterwards. */
class LoopCountsTest {

  private static final Wanted ALL = new Wanted(StoredEntity.DEFAULT_WORKSPACE, "", "", "", "");

  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1000));
  private final Counts counts = new Counts(clock);
  private final LoopCounts loop = counts.loop(new Tail(clock));

  private long kept() {
    long[] bytes = {0};
    loop.windows().forEach(each -> bytes[0] += each.bytes());
    return bytes[0];
  }

  private void second() {
    clock.advance(Duration.ofSeconds(1));
    loop.tick();
  }

  private Survey.Found read(int size) {
    return new Survey(ALL, Place::service, 0, clock.millis() / 1000, 1).read(counts, size);
  }

  @Test
  void aServiceThatARouteLeavesKeepsWhatItHadCounted() {
    String route = UUID.randomUUID().toString();
    RouteDefinition before = Given.definition(route, UUID.randomUUID().toString());
    RouteDefinition after = Given.definition(route, UUID.randomUUID().toString());
    Stream.of(before, before, after, before, after).map(Given::to).forEach(loop::ended);
    second();
    assertThat(read(5).rows()).hasSize(2);
    assertThat(read(5).rows().get(before.service().orElseThrow().id()).json().getLong("requests")).isEqualTo(3);
    assertThat(read(5).rows().get(after.service().orElseThrow().id()).json().getLong("requests")).isEqualTo(2);
  }

  /** Another route of the same number. */
  private record Numbered(RouteDefinition definition, int number) implements RouteDefinition {

    @Override
    public Route route() {
      return definition.route();
    }

    @Override
    public Optional<Service> service() {
      return definition.service();
    }
  }

  @Test
  void routesOfTheSameNumberAreToldApart() {
    RouteDefinition one = new Numbered(Given.definition(), 7);
    RouteDefinition other = new Numbered(Given.definition(), 7);
    RouteDefinition changed = new Numbered(Given.definition(one.route().id(), one.service().orElseThrow().id()), 7);
    Stream.of(one, other, one, one, changed, other, changed).map(Given::to).forEach(loop::ended);
    second();
    assertThat(read(5).rows()).hasSize(2);
    assertThat(read(5).rows().get(one.service().orElseThrow().id()).json().getLong("requests")).isEqualTo(5);
    assertThat(read(5).rows().get(other.service().orElseThrow().id()).json().getLong("requests")).isEqualTo(2);
  }

  private void pass(List<RouteDefinition> routes, int seconds) {
    for (int i = 0; i < seconds; i++) {
      routes.forEach(each -> loop.ended(Given.to(each)));
      second();
    }
  }

  private long requests() {
    return read(0).total().getLong("requests");
  }

  @Test
  void tenThousandServicesFitAndIdleOnesAreLetGo() {
    List<RouteDefinition> all = Stream.generate(Given::definition).limit(10_000).toList();
    long little = counts.share();
    pass(all, 60);
    assertThat(kept()).isBetween(little / 2, little);
    assertThat(requests()).isEqualTo(600_000);
    assertThat(read(3).rows()).hasSize(3);
    assertThat(read(3).more()).isEqualTo(9997);
    assertThat(read(3).apartFrom()).isBetween(clock.millis() / 1000 - 30, clock.millis() / 1000 - 2);

    counts.asked();
    assertThat(counts.share()).isGreaterThan(20 * little);
    pass(all, 30);
    assertThat(kept()).isBetween(5 * little, counts.share());
    assertThat(read(3).rows().values().iterator().next().json().getLong("requests")).isGreaterThan(30);

    pass(List.of(), 90);
    assertThat(kept()).isLessThan(little);
    assertThat(requests()).isEqualTo(900_000);
    pass(List.of(), Counts.KEPT_SECONDS);
    assertThat(kept()).isZero();
    assertThat(read(3).rows()).isEmpty();
  }

  @Test
  void manyWorkspacesStayWithinBounds() {
    List<Given> all = Stream.generate(() -> Given.in(UUID.randomUUID().toString())).limit(1000).toList();
    for (int i = 0; i < 200; i++) {
      all.forEach(loop::ended);
      second();
    }
    assertThat(kept()).isBetween(counts.share() / 2, counts.share());
  }

  @Test
  void fewRequestsAreCountedAsManyAre() {
    int[] statuses = {200, 404, 503, 0, 101, 200, 301, 200, 404, 200, 500, 200};
    for (int many = 1; many <= statuses.length; many++) {
      RouteDefinition route = Given.definition();
      for (int i = 0; i < many; i++) {
        loop.ended(Given.to(route).answered(statuses[i], (i + 1) * 1_000_000L));
      }
      second();
      JsonObject row = read(20).rows().get(route.service().orElseThrow().id()).json();
      assertThat(row.getLong("requests")).isEqualTo(many);
      assertThat(row.getJsonObject("statuses").getLong("2xx"))
          .isEqualTo(Arrays.stream(statuses, 0, many).filter(each -> each == 200).count());
      assertThat(row.getJsonObject("statuses").getLong("1xx")).isEqualTo(many > 4 ? 1 : 0);
      assertThat(row.getJsonObject("statuses").getLong("none")).isEqualTo(many > 3 ? 1 : 0);
      assertThat(row.getJsonObject("latency_ms").getDouble("p99")).isCloseTo(many == 5 ? 4 : many, withinPercentage(13));
    }
  }

  @Test
  void nothingIsLostBetweenSeconds() {
    RouteDefinition one = Given.definition();
    for (int i = 1; i <= 1000; i++) {
      loop.ended(Given.to(one));
      if (i % 7 == 0) {
        clock.advance(Duration.ofMillis(300));
        loop.tick();
      }
    }
    second();
    assertThat(read(1).total().getLong("requests")).isEqualTo(1000);
    assertThat(read(1).total().getJsonObject("series").getJsonArray("requests").stream().mapToLong(each -> (long) each).sum())
        .isEqualTo(1000);
  }
}
