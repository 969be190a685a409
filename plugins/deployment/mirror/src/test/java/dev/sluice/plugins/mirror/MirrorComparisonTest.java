package dev.sluice.plugins.mirror;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Seeded differences are found, all of them and nothing else. */
class MirrorComparisonTest extends MirrorFixture {

  private static final int SEEDED_EACH = 10;

  private static JsonObject compare(String field, String... values) {
    JsonArray list = new JsonArray();
    for (String value : values) {
      list.add(value);
    }
    return new JsonObject().put("compare", new JsonObject().put(field, list));
  }

  /** An order as two versions of a service would tell of it: times and ids are never the same. */
  private static JsonObject order(HttpServerRequest request) {
    request.response().putHeader("X-Trace", UUID.randomUUID().toString());
    return new JsonObject()
        .put("id", request.path())
        .put("price", 17)
        .put("at", System.nanoTime())
        .put("items", new JsonArray()
            .add(new JsonObject().put("name", "pen").put("seen", UUID.randomUUID().toString()))
            .add(new JsonObject().put("name", "ink").put("seen", UUID.randomUUID().toString())));
  }

  @Test
  void seededDifferencesAreFoundAndNoiseIsNot() {
    primary = request -> json(request, order(request));
    AtomicInteger number = new AtomicInteger();
    shadow = request -> {
      JsonObject order = order(request);
      int turn = number.getAndIncrement();
      if (turn > 0 && turn % SEEDED_EACH == 0) {
        order.put("price", 18);
        order.getJsonArray("items").getJsonObject(1).put("name", "water");
      }
      json(request, order);
    };
    configure(compare("headers", "X-Trace"));
    good("/orders/0");
    assertThat(compared(1).getInteger("equal")).as("noise is told from a difference at once").isEqualTo(1);
    for (int i = 1; i <= 100; i++) {
      good("/orders/" + i);
    }
    JsonObject status = compared(101);
    assertThat(status.getInteger("different")).isEqualTo(100 / SEEDED_EACH);
    JsonArray last = status.getJsonArray("last_differences");
    assertThat(last).hasSize(100 / SEEDED_EACH);
    for (Object each : last) {
      assertThat(places((JsonObject) each)).isEqualTo("$.items[1].name, $.price");
    }
    assertThat(last.getJsonObject(0).getJsonArray("differences"))
        .contains(new JsonObject().put("at", "$.price").put("primary", "17").put("shadow", "18"));
    JsonObject noise = status.getJsonObject("noise");
    assertThat(noise.getJsonArray("learnt").getJsonObject(0))
        .isEqualTo(new JsonObject()
            .put("route", "way")
            .put("path", "/orders/*")
            .put("fields", new JsonArray().add("$.at").add("$.items[*].seen").add("header X-Trace")));
    assertThat(noise.getInteger("probes")).as("the upstream is not asked twice for everything").isLessThan(50);
  }

  @Test
  void withoutSecondRequestsNothingIsLearnt() {
    primary = request -> json(request, order(request));
    shadow = request -> json(request, order(request));
    configure(new JsonObject().put("noise_percentage", 0));
    good("/orders/1");
    good("/orders/2");
    JsonObject status = compared(2);
    assertThat(status.getInteger("different")).isEqualTo(2);
    assertThat(last(status).getBoolean("asked_again")).isFalse();
    assertThat(atPrimary).hasSize(2);
  }

  @Test
  void whatIsIgnoredIsNotCompared() {
    primary = request -> json(request, order(request));
    shadow = request -> json(request, order(request).put("extra", 1));
    configure(new JsonObject()
        .put("noise_percentage", 0)
        .put("compare", new JsonObject().put("ignore_body", new JsonArray().add("$..seen").add("$.at"))));
    good("/");
    JsonObject found = last(compared(1));
    assertThat(places(found)).isEqualTo("$.extra");
    assertThat(found.getJsonArray("differences").getJsonObject(0).getString("primary")).isEqualTo("(absent)");
  }

  private static JsonObject list(int wrong) {
    JsonArray items = new JsonArray();
    for (int i = 0; i < 300; i++) {
      items.add(new JsonObject().put("price", i == wrong ? 18 : 17).put("updated_at", System.nanoTime()));
    }
    return new JsonObject().put("items", items).put("at", System.nanoTime());
  }

  @Test
  void noiseHidesNothingBehindIt() {
    primary = request -> json(request, list(-1));
    shadow = request -> json(request, list(request.path().equals("/wrong") ? 250 : -1));
    String plugin = configure(NOTHING);
    good("/right");
    assertThat(compared(1).getInteger("equal")).isEqualTo(1);
    good("/wrong");
    assertThat(places(last(compared(2)))).isEqualTo("$.items[250].price");
    JsonObject ignoring = new JsonObject().put("ignore_body", new JsonArray().add("$..updated_at").add("$.at"));
    JsonObject config = new JsonObject().put("noise_percentage", 0).put("compare", ignoring);
    gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("config", config));
    assertThat(post(STATUS + "/reset").statusCode()).isEqualTo(200);
    good("/wrong");
    assertThat(places(last(compared(1)))).isEqualTo("$.items[250].price");
  }

  @Test
  void whatCouldNotBeLookedAtIsNotEqual() {
    primary = request -> request.response().putHeader("Content-Type", JSON).end("[" + "1,".repeat(15_000) + "1]");
    shadow = request -> request.response().putHeader("Content-Type", JSON).end("[" + "2,".repeat(15_000) + "1]");
    configure(compare("ignore_body", "$[*]"));
    good("/");
    assertThat(seen(1).getJsonObject("not_compared").getInteger("noise")).isEqualTo(1);
  }

  @Test
  void pathsAreShownByTheirKind() {
    shadow = request -> request.response().end("other");
    configure(NOTHING);
    good("/reset/s3cret0123456789abcdef");
    assertThat(last(compared(1)).getString("path")).isEqualTo("/reset/*");
  }

  @Test
  void statusesAreCompared() {
    shadow = request -> request.response().setStatusCode(500).end("broken");
    String plugin = configure(NOTHING);
    good("/");
    JsonObject found = last(compared(1));
    assertThat(places(found)).isEqualTo("status");
    assertThat(found.getJsonObject("status")).isEqualTo(new JsonObject().put("primary", 200).put("shadow", 500));
    assertThat(found.getBoolean("asked_again")).isTrue();
    shadow = request -> request.response().setStatusCode(500).end("same");
    gateway.update(
        CoreEntities.PLUGINS,
        plugin,
        new JsonObject()
            .put("config", new JsonObject().put("compare", new JsonObject().put("status", false))));
    good("/");
    assertThat(compared(2).getInteger("equal")).as("the counts outlive the change").isEqualTo(1);
  }

  @Test
  void headersAreComparedAndSecretsMasked() {
    primary = request -> request.response().putHeader("Set-Cookie", "a=secret1").putHeader("X-Version", "1").end();
    shadow = request -> request.response().putHeader("Set-Cookie", "a=secret2").putHeader("X-Version", "2").end();
    configure(compare("headers", "Set-Cookie", "X-Version", "X-None"));
    good("/");
    JsonObject found = last(compared(1));
    assertThat(places(found)).isEqualTo("header Set-Cookie, header X-Version");
    assertThat(found.encode()).doesNotContain("secret1", "secret2").contains("(masked)");
  }

  @Test
  void bodiesAreShownInShort() {
    primary = request -> json(request, new JsonObject()
        .put("user", new JsonObject().put("password", "hunter1").put("name", "n".repeat(500))));
    shadow = request -> json(request, new JsonObject()
        .put("user", new JsonObject().put("password", "hunter2").put("name", "m")));
    configure(NOTHING);
    good("/");
    String found = last(compared(1)).encode();
    assertThat(found).doesNotContain("hunter").contains("$.user.password", "$.user.name").hasSizeLessThan(1000);
  }

  @Test
  void otherBodiesAreComparedByteByByte() {
    primary = request -> request.response().end("private one");
    shadow = request -> request.response().end(request.path().equals("/same") ? "private one" : "private two");
    configure(NOTHING);
    good("/same");
    good("/other");
    JsonObject status = compared(2);
    assertThat(status.getInteger("equal")).isEqualTo(1);
    assertThat(places(last(status))).isEqualTo("body");
    assertThat(last(status).encode()).doesNotContain("private");
  }

  @Test
  void packedBodiesAreComparedUnpacked() {
    String text = new JsonObject().put("a", "x".repeat(5000)).encode();
    primary = request -> packed(request, text, Deflater.BEST_SPEED);
    shadow = request -> packed(request, text, Deflater.BEST_COMPRESSION);
    configure(NOTHING);
    good("/");
    assertThat(compared(1).getInteger("equal")).isEqualTo(1);
  }

  private static void packed(HttpServerRequest request, String text, int level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(level);
          }
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    request.response().putHeader("Content-Type", JSON).putHeader("Content-Encoding", "gzip").end(Buffer.buffer(bytes.toByteArray()));
  }
}
