package dev.sluice.plugins.canary;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.testkit.fake.FakeRequest;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is done with a rollout, in whatever order: clients move the way that the share moves, and no others. */
class SteeredCohortsTest {

  private static final int CLIENTS = 1000;
  private static final int ROLLOUTS = 50;
  private static final int STEPS = 30;
  private static final List<Moves> ASKED =
      List.of(Moves.PROMOTE, Moves.PAUSE, Moves.RESUME, Moves.ROLLBACK, Moves.HALT, Moves.ADVANCE);

  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(Strategies.CREATED));
  private State state;

  private static JsonObject config(Random random) {
    JsonObject config = Strategies.config().put("steps", random.nextBoolean() ? 1000 : 7);
    if (random.nextInt(3) == 0) {
      return config.put("duration", 1 + random.nextInt(300));
    }
    JsonArray stages = new JsonArray();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      JsonObject stage = new JsonObject().put("percentage", random.nextInt(101));
      stages.add(random.nextBoolean() ? stage.put("pause", true) : stage.put("duration", 1 + random.nextInt(60)));
    }
    return config.put("stages", stages);
  }

  private void step(Course course, Random random) {
    clock.advance(Duration.ofMillis(random.nextInt(20_000)));
    if (random.nextInt(3) > 0) {
      return;
    }
    Moves move = ASKED.get(random.nextInt(ASKED.size()));
    try {
      state = move.move(course, state, Cause.admin(clock.millis(), ""));
    } catch (ApiError refused) {
      assertThat(refused.status()).isEqualTo(409);
    }
  }

  @Test
  void nobodyMovesAgainstTheShare() {
    long flips = 0;
    long moves = 0;
    long paused = 0;
    for (int seed = 0; seed < ROLLOUTS; seed++) {
      Random random = new Random(seed);
      JsonObject config = config(random);
      Course course = new Course(CanaryConfig.SCHEMA.read(config), Strategies.CREATED);
      clock.set(Instant.ofEpochSecond(Strategies.CREATED));
      state = course.begin(Optional.empty(), clock.millis());
      DeploymentStrategy strategy = Strategies.of(config, clock, () -> Optional.of(state));
      boolean[] inside = new boolean[CLIENTS];
      double before = 0;
      for (int i = 0; i < STEPS; i++) {
        boolean still = state.paused();
        step(course, random);
        double share = course.reached(state, clock.millis());
        if (still && state.paused() && !state.rolledBack()) {
          assertThat(share).as("paused, rollout %d", seed).isEqualTo(before);
          paused++;
        }
        for (int client = 0; client < CLIENTS; client++) {
          FakeRequest request = FakeRequest.of(client).consumer("consumer-" + client);
          boolean now = strategy.select(request, group -> true).group().equals(Canary.GROUP);
          boolean wrong = now != inside[client] && (now ? share <= before : share >= before);
          flips += wrong ? 1 : 0;
          moves += now != inside[client] ? 1 : 0;
          inside[client] = now;
        }
        if (state.rolledBack()) {
          assertThat(inside).doesNotContain(true);
        }
        before = share;
      }
    }
    System.out.printf(
        "%d rollouts, %d clients, %d steps each: %d moves, %d of them against the share%n",
        ROLLOUTS, CLIENTS, STEPS, moves, flips);
    assertThat(flips).isZero();
    assertThat(moves).isPositive();
    assertThat(paused).isPositive();
  }
}
