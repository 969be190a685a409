package dev.sluice.plugins.traffic;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.testkit.fake.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Watching costs a bounded amount, and nothing once nobody does. */
class WatchTest {

  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1000));
  private final Tail tail = new Tail(clock);
  private final Tail.Meter meter = new Tail.Meter();

  private static Wanted wanted(String status) {
    return new Wanted(StoredEntity.DEFAULT_WORKSPACE, "", "", "", status);
  }

  private void show(int times) {
    for (int i = 0; i < times; i++) {
      tail.show(Given.to(Given.definition()), meter);
    }
  }

  @Test
  void onlyWhatIsAskedForIsKept() {
    show(3);
    Watch good = tail.watch(wanted("2xx"));
    Watch bad = tail.watch(wanted("500"));
    show(4);
    assertThat(good.after(0, 100)).hasSize(4);
    assertThat(good.after(3, 100)).extracting(SeenRequest::number).containsExactly(4L);
    assertThat(bad.after(0, 100)).isEmpty();
    assertThat(tail.watch(wanted("2xx"))).isSameAs(good);
  }

  @Test
  void whatIsTooMuchToReadIsLeftOut() {
    Watch watch = tail.watch(wanted(""));
    show(80);
    assertThat(watch.last()).isEqualTo(50);
    assertThat(watch.skipped()).isEqualTo(30);
    for (int i = 0; i < 30; i++) {
      meter.turn();
      show(50);
    }
    assertThat(watch.after(0, 2000)).hasSize(Watch.ROOM).first().extracting(SeenRequest::number).isEqualTo(1550L - Watch.ROOM + 1);
  }

  @Test
  void whoLooksNoMoreIsForgotten() {
    Watch watch = tail.watch(wanted(""));
    clock.advance(Duration.ofSeconds(15));
    Watch other = tail.watch(wanted("4xx"));
    clock.advance(Duration.ofSeconds(10));
    tail.forget();
    show(1);
    assertThat(watch.last()).isZero();
    assertThat(tail.watch(wanted("4xx"))).isSameAs(other);
    assertThat(tail.watch(wanted(""))).isNotSameAs(watch);
  }

  @Test
  void notTooManyAreWatched() {
    for (int i = 0; i < 16; i++) {
      tail.watch(wanted("2" + (10 + i)));
    }
    assertThatThrownBy(() -> tail.watch(wanted("404")))
        .isInstanceOf(ApiError.class)
        .hasMessage("16 tails are watched already");
  }
}
