package dev.sluice.safety;

import dev.sluice.testkit.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A plugin that fails takes its own request with it and no other (cases PF), and one that hangs gives its place back. */
class PluginFaultTest {

  private static Rig rig;

  @BeforeAll
  static void start() {
    rig = new Rig(Map.of("filter_timeout", "0.4"));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static Answer get(Trial trial, String path) {
    try (Wire wire = rig.wire()) {
      return trial.accepted(wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").answer());
    }
  }

  private static void is(Trial trial, String filter, String does, int status) {
    int answered = get(trial, rig.faulty(filter, does)).status();
    trial.saw(does + " " + answered, answered == status, filter + " " + does);
    int other = get(trial, "/other").status();
    trial.saw("others " + other, other == 200, filter + " " + does);
  }

  @Test
  void throwsInEachPhase() {
    try (Trial trial = new Trial(rig, "PF-01", "a filter that throws, fails or gives nothing in ACCESS; throws in RESPONSE and later phases",
        "500; 500; the answer goes on; the log names the plugin").withErrors().uncounted()) {
      for (String does : List.of("throw", "fail", "null")) {
        is(trial, "faulty", does, 500);
      }
      is(trial, "faulty-whole", "response", 500);
      for (String does : List.of("header", "body", "log")) {
        is(trial, "faulty-later", does, 200);
      }
      // The LOG phase runs after the answer: its error may be later than the next answer.
      Await.until("the log names the plugin for each failure", () -> rig.errors().count("plugin faulty") >= 7);
      int named = rig.errors().count("plugin faulty");
      trial.saw("named " + named + " times", named == 7, rig.errors().take().toString());
    }
  }

  @Test
  void neverGoesOn() {
    try (Trial trial = new Trial(rig, "PF-02", "a filter whose future never completes", "504 at filter_timeout, nothing is left behind")
        .withErrors()) {
      is(trial, "faulty", "never", 504);
    }
  }

  @Test
  void recursesWithoutEnd() {
    try (Trial trial = new Trial(rig, "PF-04", "a filter that exhausts the stack", "500 for its request; others are served")
        .withErrors()) {
      is(trial, "faulty", "deep", 500);
    }
  }

  @Test
  void answersTwice() {
    try (Trial trial = new Trial(rig, "PF-05", "a filter that answers twice; one that completes twice on another thread", "the first counts; 200")) {
      is(trial, "faulty", "twice", 418);
      is(trial, "faulty", "elsewhere", 200);
    }
  }
}
