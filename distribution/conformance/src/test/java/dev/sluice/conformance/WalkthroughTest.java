package dev.sluice.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README walks through: two servers of one REST API, one of them twice as strong as the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalkthroughTest {

  private static final int REQUESTS = 30;
  private static final int WRITES = 200;

  private Gateway gateway;
  private Echo strong;
  private Echo weak;

  @BeforeAll
  void start(@TempDir Path folder) {
    strong = Echo.open("strong");
    weak = Echo.open("weak");
    gateway = Gateway.start(folder, Map.of());
  }

  @AfterAll
  void stop() {
    gateway.close();
    strong.close();
    weak.close();
  }

  @Test
  void everyJarOfThePackageRuns() {
    JsonArray jars = gateway.status().get("/status").expect(200).json().getJsonObject("sluice").getJsonArray("plugins");
    assertThat(jars.stream().map(JsonObject.class::cast).filter(jar -> !jar.getString("state").equals("running")))
        .isEmpty();
    assertThat(jars.size()).isGreaterThan(50);
  }

  @Test
  void formsMakeAServiceThatTwoServersShare() throws IOException {
    Http admin = gateway.admin();
    admin.form("POST", "/upstreams", "name", "myupstream").expect(201);
    admin.form("POST", "/upstreams/myupstream/targets", "target", strong.address(), "weight", "100").expect(201);
    admin.form("POST", "/upstreams/myupstream/targets", "target", weak.address(), "weight", "50").expect(201);
    String service =
        admin
            .form(
                "POST", "/services",
                "name", "myservice", "host", "myupstream", "path", "/api/atelier", "protocol", "http")
            .expect(201)
            .json()
            .getString("id");
    JsonObject route =
        admin
            .form("POST", "/routes", "paths[]", "/api/atelier", "protocols[]", "http", "service.id", service)
            .expect(201)
            .json();
    assertThat(route.getJsonArray("paths")).isEqualTo(new JsonArray().add("/api/atelier"));
    assertThat(route.getJsonArray("protocols")).isEqualTo(new JsonArray().add("http"));
    assertThat(route.getJsonObject("service").getString("id")).isEqualTo(service);

    sharesTwoToOne("/api/atelier/");
  }

  @Test
  void jsonMakesAServiceThatTwoServersShare() throws IOException {
    Http admin = gateway.admin();
    admin.json("POST", "/upstreams", new JsonObject().put("name", "other")).expect(201);
    admin.json("POST", "/upstreams/other/targets", target(strong, 100)).expect(201);
    admin.json("POST", "/upstreams/other/targets", target(weak, 50)).expect(201);
    JsonObject service =
        new JsonObject().put("name", "other").put("host", "other").put("path", "/api/other").put("protocol", "http");
    String id = admin.json("POST", "/services", service).expect(201).json().getString("id");
    JsonObject route =
        new JsonObject()
            .put("paths", new JsonArray().add("/api/other"))
            .put("protocols", new JsonArray().add("http"))
            .put("service", new JsonObject().put("id", id));
    admin.json("POST", "/routes", route).expect(201);

    sharesTwoToOne("/api/other/");
  }

  private static JsonObject target(Echo backend, int weight) {
    return new JsonObject().put("target", backend.address()).put("weight", weight);
  }

  /** With a client that keeps its connection, and with one that opens a new one each time, as curl does. */
  private void sharesTwoToOne(String path) throws IOException {
    Map<String, Integer> kept = new TreeMap<>();
    Map<String, Integer> fresh = new TreeMap<>();
    for (int i = 0; i < REQUESTS; i++) {
      count(kept, path, gateway.proxy().get(path).expect(200).json());
      try (Wire wire = Wire.open(gateway.proxyPort())) {
        count(fresh, path, new JsonObject(wire.get(path).orElseThrow().body()));
      }
    }
    assertThat(kept.get("strong") + fresh.get("strong")).isEqualTo(REQUESTS * 2 * 2 / 3);
    assertThat(kept.get("weak") + fresh.get("weak")).isEqualTo(REQUESTS * 2 / 3);
  }

  private static void count(Map<String, Integer> counts, String path, JsonObject answer) {
    assertThat(answer.getString("uri")).isEqualTo(path);
    counts.merge(answer.getString("backend"), 1, Integer::sum);
  }

  @Test
  void writesAreLiveWhenTheyAreAnswered() {
    Http admin = gateway.admin();
    Http proxy = gateway.proxy();
    String service =
        admin.form("POST", "/services", "name", "live", "url", "http://" + strong.address()).expect(201).json()
            .getString("id");
    long[] nanos = new long[WRITES];
    for (int i = 0; i < WRITES; i++) {
      String path = "/live/" + i;
      long begun = System.nanoTime();
      String route =
          admin.form("POST", "/routes", "paths[]", path, "service.id", service).expect(201).json().getString("id");
      assertThat(proxy.get(path).status()).as("right after the route was made").isEqualTo(200);
      nanos[i] = System.nanoTime() - begun;
      admin.delete("/routes/" + route).expect(204);
      assertThat(proxy.get(path).status()).as("right after the route was deleted").isEqualTo(404);
    }
    Figures.show("route made and deleted, live at once", WRITES + " of " + WRITES + " times each");
    Figures.showMillis("route made and first request through it, median", Figures.median(nanos));
    Figures.showMillis("route made and first request through it, longest", Arrays.stream(nanos).max().orElseThrow());
  }
}
