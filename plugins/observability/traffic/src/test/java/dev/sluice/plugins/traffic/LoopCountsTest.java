package dev.sluice.plugins.traffic;

import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.testkit.fake.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void tenThousandServicesFitAndIdleOnesAreLetGo() {
    List<RouteDefinition> all = Stream.generate(Given::definition).limit(10_000).toList();
    for (int second = 0; second < 100; second++) {
      all.forEach(each -> loop.ended(Given.to(each)));
      second();
    }
    assertThat(kept()).isBetween(counts.share() / 2, counts.share() * 21 / 20);
    assertThat(read(3).rows()).hasSize(3);
    assertThat(read(3).more()).isEqualTo(9997);
    for (int second = 0; second <= Counts.KEPT_SECONDS; second++) {
      second();
    }
    assertThat(kept()).isZero();
    assertThat(read(3).rows()).isEmpty();
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
