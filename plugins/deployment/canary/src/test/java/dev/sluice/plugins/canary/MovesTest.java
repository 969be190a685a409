package dev.sluice.plugins.canary;

import dev.sluice.api.admin.ApiError;
import dev.sluice.plugins.canary.Course.Phase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What time and people make of a rollout, without any traffic. */
class MovesTest {

  private static final long CREATED = Strategies.CREATED;
  private static final JsonObject STAGES = new JsonObject()
      .put("upstream_host", "canary-up")
      .put("stages", new JsonArray()
          .add(new JsonObject().put("percentage", 1).put("duration", 60))
          .add(new JsonObject().put("percentage", 10).put("pause", true))
          .add(new JsonObject().put("percentage", 50).put("duration", 100)));

  private Course course = course(STAGES);
  private long now = CREATED * 1000;
  private State state = course.begin(Optional.empty(), now);

  private static Course course(JsonObject config) {
    return new Course(CanaryConfig.SCHEMA.read(config), CREATED);
  }

  private void begin(JsonObject config) {
    course = course(config);
    state = course.begin(Optional.empty(), now);
  }

  private void ramp() {
    begin(Strategies.config().put("duration", 100));
  }

  private void pass(long seconds) {
    now += seconds * 1000;
  }

  private void does(Moves move) {
    state = move.move(course, state, Cause.admin(now, ""));
    State stored = State.decode(state.document("9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11"));
    assertThat(stored).as("as it is stored").isEqualTo(state);
  }

  private void refused(Moves move, String why) {
    assertThatThrownBy(() -> does(move))
        .isInstanceOfSatisfying(ApiError.class, error -> assertThat(error.status()).isEqualTo(409))
        .hasMessage(why);
  }

  private void is(Phase phase, double share) {
    assertThat(course.phase(state, now)).isEqualTo(phase);
    assertThat(course.share(state, now)).isCloseTo(share, within(1e-9));
  }

  @Test
  void stagesFollowEachOther() {
    is(Phase.STAGE, 0.01);
    assertThat(course.until(state)).contains(now + 60_000);
    refused(Moves.ADVANCE, "no stage is due");
    pass(59);
    assertThat(course.due(state, now)).isFalse();
    pass(1);
    assertThat(course.due(state, now)).isTrue();
    long before = state.epoch();
    does(Moves.ADVANCE);
    assertThat(state.epoch()).isGreaterThan(before);
    is(Phase.APPROVAL, 0.1);
    pass(10_000);
    assertThat(course.due(state, now)).as("it waits for somebody").isFalse();
    refused(Moves.PAUSE, "it waits for an approval already");
    refused(Moves.RESUME, "it is not paused but waits for an approval: promote it");
    does(Moves.PROMOTE);
    is(Phase.STAGE, 0.5);
    assertThat(course.text(state, now)).isEqualTo("stage 3 of 3, 50 %");
    pass(100);
    assertThat(course.due(state, now)).as("time alone gives no more than is written").isFalse();
    is(Phase.DONE, 0.5);
    does(Moves.PROMOTE);
    is(Phase.DONE, 1);
    refused(Moves.PROMOTE, "all requests go to the canary already");
    refused(Moves.PAUSE, "it is done: nothing goes on that could be paused");
    refused(Moves.RESUME, "it is not paused");
    does(Moves.ROLLBACK);
    is(Phase.ROLLED_BACK, 0);
  }

  @Test
  void aPausedStageGoesOnWithTheRestOfItsTime() {
    pass(50);
    does(Moves.PAUSE);
    refused(Moves.PAUSE, "it is paused already");
    pass(1000);
    is(Phase.PAUSED, 0.01);
    assertThat(course.due(state, now)).isFalse();
    long before = state.epoch();
    does(Moves.RESUME);
    assertThat(state.epoch()).as("what was counted still counts").isEqualTo(before);
    assertThat(course.until(state)).contains(now + 10_000);
    pass(10);
    assertThat(course.due(state, now)).isTrue();
  }

  @Test
  void whatIsRolledBackMayBeginItsStageAnew() {
    does(Moves.PROMOTE);
    does(Moves.PROMOTE);
    pass(99);
    does(Moves.ROLLBACK);
    refused(Moves.ROLLBACK, "it is rolled back already");
    refused(Moves.PROMOTE, "it is rolled back; resume it first");
    refused(Moves.PAUSE, "it is rolled back");
    pass(1000);
    is(Phase.ROLLED_BACK, 0);
    assertThat(course.text(state, now)).isEqualTo("0 %, rolled back");
    does(Moves.RESUME);
    is(Phase.STAGE, 0.5);
    assertThat(course.until(state)).contains(now + 100_000);
  }

  @Test
  void aRampKeepsItsShareWhileItIsPaused() {
    ramp();
    pass(30);
    is(Phase.RAMPING, 0.3);
    does(Moves.PAUSE);
    pass(500);
    is(Phase.PAUSED, 0.3);
    does(Moves.RESUME);
    is(Phase.RAMPING, 0.3);
    pass(20);
    is(Phase.RAMPING, 0.5);
    does(Moves.ROLLBACK);
    is(Phase.ROLLED_BACK, 0);
    pass(100);
    does(Moves.RESUME);
    is(Phase.RAMPING, 0.5);
    does(Moves.PROMOTE);
    is(Phase.DONE, 1);
    refused(Moves.PROMOTE, "all requests go to the canary already");
  }

  @Test
  void aFixedShareIsPromotedAndTakenBack() {
    begin(Strategies.config().put("percentage", 5));
    is(Phase.FIXED, 0.05);
    refused(Moves.PAUSE, "its share does not grow by itself: there is nothing to pause");
    does(Moves.HALT);
    is(Phase.PAUSED, 0.05);
    does(Moves.RESUME);
    is(Phase.FIXED, 0.05);
    does(Moves.PROMOTE);
    is(Phase.DONE, 1);
    refused(Moves.HALT, "it is over");
    does(Moves.ROLLBACK);
    is(Phase.ROLLED_BACK, 0);
    does(Moves.RESUME);
    is(Phase.FIXED, 0.05);
  }

  @Test
  void groupsHaveNoShare() {
    begin(Strategies.config().put("hash", "allow").put("groups", new JsonArray().add("g")));
    assertThat(course.phase(state, now)).isEqualTo(Phase.BY_GROUPS);
    refused(Moves.PROMOTE, "groups decide who goes to the canary: there is no share to raise");
    does(Moves.ROLLBACK);
    does(Moves.RESUME);
    assertThat(course.phase(state, now)).isEqualTo(Phase.BY_GROUPS);
  }

  @Test
  void whatTheGateHasStoppedIsCountedAnewWhenItGoesOn() {
    long before = state.epoch();
    state = Moves.HALT.move(course, state, new Cause(now, State.BY_GATE, "bad", new JsonObject().put("n", 1)));
    is(Phase.PAUSED, 0.01);
    pass(5);
    does(Moves.RESUME);
    assertThat(state.epoch()).isGreaterThan(before);
    assertThat(state.numbers().isEmpty()).isTrue();
    is(Phase.STAGE, 0.01);
  }

  @Test
  void anotherRolloutBeginsAnew() {
    pass(60);
    does(Moves.ADVANCE);
    does(Moves.ROLLBACK);
    Course same = course(STAGES.copy().put("upstream_fallback", true).put("gate", new JsonObject()));
    assertThat(same.holds(Optional.of(state))).as("the rollout is the same").isTrue();
    JsonObject longer = STAGES.copy();
    longer.getJsonArray("stages").getJsonObject(0).put("duration", 61);
    Course other = course(longer);
    assertThat(other.holds(Optional.of(state))).isFalse();
    assertThat(other.phase(other.of(Optional.of(state)), now)).as("at once").isEqualTo(Phase.STAGE);
    State begun = other.begin(Optional.of(state), now);
    assertThat(begun.epoch()).isGreaterThan(state.epoch());
    assertThat(other.until(begun)).contains(now + 61_000);
    Course put = new Course(CanaryConfig.SCHEMA.read(STAGES), CREATED + 1);
    assertThat(put.holds(Optional.of(state))).as("a PUT, which writes created_at anew").isTrue();
    assertThat(put.share(put.of(Optional.of(state)), now)).isZero();
  }

  @Test
  void aRampThatIsWrittenAnewBeginsAtNothing() {
    ramp();
    pass(1000);
    does(Moves.ROLLBACK);
    Course other = course(Strategies.config().put("duration", 200));
    assertThat(other.share(other.of(Optional.of(state)), now)).as("before it is stored").isZero();
    State begun = other.begin(Optional.of(state), now);
    assertThat(other.share(begun, now)).isZero();
    assertThat(other.share(begun, now + 100_000)).isCloseTo(0.5, within(1e-9));
  }
}
