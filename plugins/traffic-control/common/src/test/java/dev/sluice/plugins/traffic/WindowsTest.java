package dev.sluice.plugins.traffic;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowsTest {

  private static final Windows LEAP = Windows.of(Instant.parse("2028-02-29T13:14:15Z").getEpochSecond());

  @Test
  void windowsBeginWithTheCalendar() {
    assertThat(Stream.of(Period.values()).map(LEAP::start).map(Instant::ofEpochSecond))
        .containsExactly(
            Instant.parse("2028-02-29T13:14:15Z"),
            Instant.parse("2028-02-29T13:14:00Z"),
            Instant.parse("2028-02-29T13:00:00Z"),
            Instant.parse("2028-02-29T00:00:00Z"),
            Instant.parse("2028-02-01T00:00:00Z"),
            Instant.parse("2028-01-01T00:00:00Z"));
    assertThat(Windows.of(-1).start(Period.DAY)).isEqualTo(-86_400);
  }

  @Test
  void aWindowEndsAfterItsLength() {
    assertThat(LEAP.reset(Period.SECOND)).isEqualTo(1);
    assertThat(LEAP.reset(Period.MINUTE)).isEqualTo(45);
    assertThat(LEAP.reset(Period.HOUR)).isEqualTo(45 * 60 + 45);
    Windows lastOfJanuary = Windows.of(Instant.parse("2028-01-31T13:00:00Z").getEpochSecond());
    assertThat(lastOfJanuary.reset(Period.MONTH)).isEqualTo(1);
  }

  @Test
  void namesAreKongs() {
    CounterKey key = CounterKey.of(CounterKey.scope(Optional.of("r"), Optional.empty()), "10.0.0.1");
    assertThat(key.name(LEAP, Period.MINUTE))
        .isEqualTo("ratelimit:r:00000000-0000-0000-0000-000000000000:10.0.0.1:1835442840000:minute");
  }

  @Test
  void longIdentifiersAreKeptShort() {
    assertThat(CounterKey.of("s", "x".repeat(8000)).who()).hasSize(64);
    assertThat(CounterKey.of("s", "x".repeat(8000))).isNotEqualTo(CounterKey.of("s", "x".repeat(8001)));
  }

  @Test
  void longerPeriodsAllowNoLess() {
    assertThat(Limits.disorder(new JsonObject("{\"second\":100,\"minute\":10}")))
        .contains("The limit for minute(10.0) cannot be lower than the limit for second(100.0)");
    assertThat(Limits.disorder(new JsonObject("{\"second\":1,\"minute\":20,\"day\":10}")))
        .contains("The limit for day(10.0) cannot be lower than the limit for minute(20.0)");
    assertThat(Limits.disorder(new JsonObject("{\"second\":1,\"minute\":1}"))).isEmpty();
  }

  @Test
  void numbersAreShownWithoutNeedlessPoints() {
    assertThat(Limits.text(5)).isEqualTo("5");
    assertThat(Limits.text(0.5)).isEqualTo("0.5");
    assertThat(Limits.text(9_007_199_254_740_991L)).isEqualTo("9007199254740991");
  }
}
