package dev.sluice.safety;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Backups, panic, flapping targets and storms of retries (cases FO): what upstreams say in tags. */
@ExtendWith(Rig.Shared.class)
class BalancingTest {

  private static final String DOWN = "HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n";
  private static final long PATIENCE = 20_000;

  private final Rig rig;

  BalancingTest(Rig rig) {
    this.rig = rig;
  }

  private static JsonObject tags(String... tags) {
    JsonArray all = new JsonArray();
    for (String tag : tags) {
      all.add(tag);
    }
    return new JsonObject().put("tags", all);
  }

  /** Probes ten times a second; so many in a row must say that a target is well again. */
  private static JsonObject probed(int successes) {
    JsonObject healthy = new JsonObject().put("interval", 0.1).put("successes", successes);
    JsonObject unhealthy = new JsonObject().put("interval", 0.1).put("tcp_failures", 2).put("timeouts", 2);
    return new JsonObject()
        .put("healthchecks", new JsonObject()
            .put("active", new JsonObject().put("healthy", healthy).put("unhealthy", unhealthy))
            .put("passive", new JsonObject().put("unhealthy", new JsonObject().put("tcp_failures", 2))));
  }

  /** No more probes: the servers of a trial go away with it. */
  private void unprobed(String path) {
    JsonObject side = new JsonObject().put("interval", 0);
    JsonObject active = new JsonObject().put("healthy", side).put("unhealthy", side);
    rig.gateway.update(
        CoreEntities.UPSTREAMS,
        rig.upstream(path).getString("id"),
        new JsonObject().put("healthchecks", new JsonObject().put("active", active)));
  }

  private Answer get(String path) {
    try (Wire wire = rig.wire()) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").answer();
    }
  }

  private boolean servedBy(String path, String name) {
    return Waiting.within(PATIENCE, () -> get(path).body().equals(name));
  }

  private void gets(Trial trial, String path, int times, String about) {
    for (int i = 0; i < times; i++) {
      Answer answer = get(path);
      trial.saw(answer.toString(), answer.status() == 200, about);
    }
  }

  @Test
  void backups() {
    try (Trial trial = new Trial(rig, "FO-02", "all regular targets down, and one back", "the backup serves meanwhile, and not a request longer").uncounted();
        Server one = new Server("one");
        Server two = new Server("two");
        Server backup = new Server("backup")) {
      String path = rig.pathTo(probed(1), new JsonObject(), one.port(), two.port());
      rig.target(rig.upstream(path), backup.port(), tags("sluice:priority=1"));
      gets(trial, path, 10, "all well");
      one.well(false);
      gets(trial, path, 10, "one down");
      trial.saw("backup idle", backup.asked() == 0, backup.asked() + " requests while one was up");
      two.well(false);
      gets(trial, path, 10, "all down: a request goes on to the backup, known or not");
      boolean out = Waiting.within(PATIENCE, () -> rig.unhealthy(path) == 2);
      int asked = one.asked() + two.asked();
      gets(trial, path, 10, "all known to be down");
      trial.saw("backup alone", out && one.asked() + two.asked() == asked, "then");
      two.well(true);
      boolean back = servedBy(path, "two");
      int spent = backup.asked();
      gets(trial, path, 10, "one back");
      trial.saw("backup idle again", back && backup.asked() == spent, backup.asked() - spent + " requests after that");
      unprobed(path);
    }
  }

  @Test
  void flapping() {
    try (Trial trial = new Trial(rig, "FO-03", "a target that is down every other moment, then well", "no client notices; it is out until it stays well; then its full share").uncounted();
        Server steady = new Server("steady");
        Server flapping = new Server("flapping")) {
      String path = rig.pathTo(probed(12), new JsonObject(), steady.port(), flapping.port());
      gets(trial, path, 4, "at first");
      int flips = 0;
      boolean healthy = true;
      for (int moment = 0; moment < 10; moment++) {
        flapping.well(moment % 2 == 1);
        long end = System.nanoTime() + 300_000_000;
        while (System.nanoTime() < end) {
          gets(trial, path, 1, "meanwhile");
          boolean now = rig.unhealthy(path) == 0;
          flips += now == healthy ? 0 : 1;
          healthy = now;
        }
      }
      // A machine that stands still for a second may see a longer moment of health.
      trial.saw(flips <= 3 ? "no storm" : flips + " changes of health", flips <= 3, flips + " changes of health in 10 moments");
      flapping.well(true);
      int idle = flapping.asked();
      boolean back = Waiting.within(PATIENCE, () -> get(path).status() == 200 && flapping.asked() > idle);
      int before = flapping.asked();
      gets(trial, path, 20, "after that");
      trial.saw("half of all", back && flapping.asked() - before == 10, flapping.asked() - before + " of 20");
      unprobed(path);
    }
  }

  @Test
  void panic() {
    try (Trial trial = new Trial(rig, "FO-04", "the same with sluice:panic=all; with sluice:retry_after=9", "all are used nevertheless; 503 with Retry-After: 9").uncounted();
        RawOrigin one = RawOrigin.saying(DOWN);
        RawOrigin two = RawOrigin.saying(DOWN)) {
      JsonObject passive = new JsonObject().put("passive", new JsonObject().put("unhealthy", new JsonObject().put("http_failures", 1)));
      JsonObject checked = new JsonObject().put("healthchecks", passive);
      String panicking = rig.pathTo(tags("sluice:panic=all").mergeIn(checked), new JsonObject(), one.port(), two.port());
      trial.saw("both out", Waiting.within(PATIENCE, () -> get(panicking).status() == 503 && rig.unhealthy(panicking) == 2), "before");
      int asked = one.heads().size() + two.heads().size();
      for (int i = 0; i < 10; i++) {
        get(panicking);
      }
      trial.saw("both are asked", one.heads().size() + two.heads().size() == asked + 10, "in panic");
      String waiting = rig.pathTo(tags("sluice:retry_after=9").mergeIn(checked), new JsonObject(), one.port(), two.port());
      boolean told = Waiting.within(PATIENCE, () -> get(waiting).header("retry-after").equals("9"));
      trial.saw("Retry-After: 9", told && get(waiting).status() == 503, "without");
    }
  }

  @Test
  void storms() {
    try (Trial trial = new Trial(rig, "FO-07", "upstreams that answer 503, and that reset whatever comes, 200 times", "no retry after an answer; else 20 % and the floor").uncounted();
        RawOrigin answering = RawOrigin.saying(DOWN);
        Server one = new Server("one");
        Server two = new Server("two")) {
      String down = rig.pathTo(new JsonObject(), answering.port());
      String path = rig.pathTo(tags("sluice:retry_budget=20", "sluice:retry_floor=1"), new JsonObject(), one.port(), two.port());
      one.well(false);
      two.well(false);
      for (int i = 0; i < 200; i++) {
        trial.saw("503", get(down).status() == 503, "answered");
        trial.saw("502", get(path).status() == 502, "reset");
      }
      trial.saw("200 times asked", answering.heads().size() == 200, "answered");
      int again = one.asked() + two.asked() - 200;
      // The floor is 1 each second: 10 in the window, and more only when 200 requests take longer than it is.
      trial.saw("at most 50 retries", again > 0 && again <= 50 + 10, again + " retries");
      one.well(true);
      two.well(true);
    }
  }
}
