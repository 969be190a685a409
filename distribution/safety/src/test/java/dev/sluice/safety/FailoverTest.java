package dev.sluice.safety;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is to blame is ejected, and nobody else (cases FO); a slow upstream slows nobody else (case OV-02). */
@ExtendWith(Rig.Shared.class)
class FailoverTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String DOWN = "HTTP/1.1 500 Down\r\nContent-Length: 0\r\n\r\n";
  private static final JsonObject PASSIVE =
      new JsonObject()
          .put("healthchecks", new JsonObject().put("passive", new JsonObject().put("unhealthy",
              new JsonObject().put("http_failures", 2).put("tcp_failures", 2).put("timeouts", 2))));

  private final Rig rig;

  FailoverTest(Rig rig) {
    this.rig = rig;
  }

  private int get(String path) {
    try (Wire wire = rig.wire()) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").answer().status();
    }
  }

  private boolean becomes(String path, int status) {
    return Waiting.within(10_000, () -> get(path) == status);
  }

  @Test
  void nobodyIsLeft() {
    try (Trial trial = new Trial(rig, "FO-04", "all targets found unhealthy", "503, and no target is asked").uncounted();
        RawOrigin one = RawOrigin.saying(DOWN);
        RawOrigin two = RawOrigin.saying(DOWN)) {
      String path = rig.pathTo(PASSIVE, new JsonObject().put("retries", 0), one.port(), two.port());
      trial.saw("503", becomes(path, 503), "answers");
      int asked = one.heads().size() + two.heads().size();
      for (int i = 0; i < 5; i++) {
        trial.saw("503", get(path) == 503, "then");
      }
      trial.saw("nobody asked", one.heads().size() + two.heads().size() == asked, "targets");
    }
  }

  @Test
  void healthOutlivesChanges() {
    try (Trial trial = new Trial(rig, "FO-05", "tags of the upstream and a route elsewhere are changed", "the dead target stays ejected").uncounted();
        RawOrigin bad = RawOrigin.saying(DOWN);
        RawOrigin good = RawOrigin.saying(OK)) {
      String path = rig.pathTo(PASSIVE, new JsonObject().put("retries", 0), bad.port(), good.port());
      boolean ejected = Waiting.within(10_000, () -> {
        int before = bad.heads().size();
        for (int i = 0; i < 4; i++) {
          get(path);
        }
        return bad.heads().size() == before;
      });
      trial.saw(ejected ? "ejected" : "asked", ejected, "bad target");
      JsonObject upstream = rig.upstream(path);
      rig.gateway.update(CoreEntities.UPSTREAMS, upstream.getString("id"), new JsonObject().put("tags", new JsonArray().add("x")));
      rig.pathTo(new JsonObject(), good.port());
      int before = bad.heads().size();
      for (int i = 0; i < 10; i++) {
        int status = get(path);
        trial.saw(String.valueOf(status), status == 200, "after the change");
      }
      trial.saw("still ejected", bad.heads().size() == before, "bad target");
    }
  }

  @Test
  void answersOfPluginsAreNotTheTargets() {
    try (Trial trial = new Trial(rig, "FO-06", "a plugin answers 502 itself, 20 times", "the target is not blamed").uncounted()) {
      String path = rig.faulty("faulty", "answer");
      for (int i = 0; i < 20; i++) {
        int status = get(path);
        trial.saw(String.valueOf(status), status == 502, "answer");
      }
      trial.saw("200", get("/other") == 200, "the same target without the plugin");
    }
  }

  @Test
  void oneSlowUpstream() {
    try (Trial trial = new Trial(rig, "OV-02", "200 requests wait for an upstream that does not answer", "others are answered at once").uncounted();
        RawOrigin slow = new RawOrigin(call -> call.readAll().isEmpty())) {
      String path = rig.pathTo(new JsonObject().put("retries", 0), slow.port());
      List<Wire> waiting = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        waiting.add(rig.wire().send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
      }
      trial.saw("200 wait", Waiting.within(10_000, () -> slow.heads().size() == 200), slow.heads().size() + " wait");
      long slowest = 0;
      for (int i = 0; i < 50; i++) {
        long from = System.nanoTime();
        trial.saw("others 200", get("/other") == 200, "others");
        slowest = Math.max(slowest, System.nanoTime() - from);
      }
      trial.saw("within 1 s", slowest < 1_000_000_000L, slowest / 1_000_000 + " ms");
      waiting.forEach(Wire::close);
    }
  }
}
