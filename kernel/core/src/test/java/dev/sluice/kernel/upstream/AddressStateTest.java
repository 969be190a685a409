package dev.sluice.kernel.upstream;

import org.junit.jupiter.api.Test;

import static dev.sluice.api.upstream.HealthSink.Observation.HTTP_FAILURE;
import static dev.sluice.api.upstream.HealthSink.Observation.SUCCESS;
import static dev.sluice.api.upstream.HealthSink.Observation.TCP_FAILURE;
import static dev.sluice.api.upstream.HealthSink.Observation.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

class AddressStateTest {

  private final AddressState state = new AddressState();

  @Test
  void flipsAtTheLimitOfOneKind() {
    assertThat(state.report(TCP_FAILURE, 2)).isFalse();
    assertThat(state.report(HTTP_FAILURE, 2)).isFalse();
    assertThat(state.report(TIMEOUT, 2)).isFalse();
    assertThat(state.healthy()).isTrue();
    assertThat(state.report(TCP_FAILURE, 2)).isTrue();
    assertThat(state.healthy()).isFalse();
  }

  @Test
  void aSuccessClearsAllFailures() {
    state.report(TCP_FAILURE, 2);
    state.report(HTTP_FAILURE, 2);
    state.report(SUCCESS, 1);
    assertThat(state.report(TCP_FAILURE, 2)).isFalse();
    assertThat(state.report(HTTP_FAILURE, 2)).isFalse();
    assertThat(state.healthy()).isTrue();
  }

  @Test
  void aSuccessThatDoesNotCountClearsNothing() {
    state.report(TCP_FAILURE, 2);
    state.report(SUCCESS, 0);
    assertThat(state.report(TCP_FAILURE, 2)).isTrue();
  }

  @Test
  void comesBackAfterEnoughSuccessesInARow() {
    state.report(TCP_FAILURE, 1);
    assertThat(state.report(SUCCESS, 3)).isFalse();
    assertThat(state.report(SUCCESS, 3)).isFalse();
    state.report(TCP_FAILURE, 1);
    assertThat(state.report(SUCCESS, 3)).isFalse();
    assertThat(state.report(SUCCESS, 3)).isFalse();
    assertThat(state.report(SUCCESS, 3)).isTrue();
    assertThat(state.healthy()).isTrue();
  }

  @Test
  void aLimitOfZeroIsNoLimit() {
    for (int i = 0; i < 100; i++) {
      assertThat(state.report(TCP_FAILURE, 0)).isFalse();
    }
    assertThat(state.healthy()).isTrue();
  }

  @Test
  void aMarkByHandClearsTheScore() {
    state.report(TCP_FAILURE, 2);
    assertThat(state.set(true)).isFalse();
    assertThat(state.report(TCP_FAILURE, 2)).isFalse();
    assertThat(state.set(false)).isTrue();
    assertThat(state.healthy()).isFalse();
  }
}
