package dev.sluice.plugins.keyauth;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.keyauth.KeyAuthFixture.header;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.refused;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

class KeyInBodyTest {

  private static final String MISSING = "No API key found in request";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final String MULTIPART = "multipart/form-data; boundary=b";
  private static KeyAuthFixture f;

  @BeforeAll
  static void start() {
    f = new KeyAuthFixture();
    f.guard("/closed", new JsonObject());
    f.guard("/open", new JsonObject().put("key_in_body", true));
    f.guard("/hide", new JsonObject().put("key_in_body", true).put("hide_credentials", true));
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  private static String part(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  private static void passesWhole(String type, String body) {
    var answer = f.post("/open", type, body);
    f.isBob(answer);
    assertThat(seen(answer).getString("body")).isEqualTo(body);
  }

  @Test
  void everyKindOfFormMayHoldTheKey() {
    passesWhole(FORM, "apikey=bob-key&z=1");
    passesWhole(JSON, "{\"apikey\": \"bob-key\", \"z\": 1}");
    passesWhole("Application/JSON; charset=utf-8", "{\"apikey\":\"bob-key\"}");
    passesWhole(MULTIPART, part("z", "1") + part("apikey", "bob-key") + "--b--\r\n");
    passesWhole("multipart/form-data; charset=x; boundary=\"b\"", part("apikey", "bob-key") + "--b--");
  }

  @Test
  void bodiesAreLeftAloneUnlessAskedFor() {
    refused(f.post("/closed", JSON, "{\"apikey\":\"bob-key\"}"), 401, MISSING);
  }

  @Test
  void whatIsNoFormHoldsNoKey() {
    refused(f.post("/open", "text/plain", "apikey=bob-key"), 401, MISSING);
    refused(f.post("/open", JSON, "[1]"), 401, MISSING);
    refused(f.post("/open", JSON, "{bad"), 401, MISSING);
    refused(f.post("/open", JSON, "{\"apikey\":7}"), 401, MISSING);
    refused(f.post("/open", JSON, "{\"apikey\":null}"), 401, MISSING);
    refused(f.post("/open", MULTIPART, "--b\r\nbroken"), 401, MISSING);
    refused(f.post("/open", "multipart/form-data", part("apikey", "bob-key") + "--b--\r\n"), 401, MISSING);
    refused(f.post("/open", JSON, "{\"apikey\":\"wrong\"}"), 401, "Unauthorized");
  }

  @Test
  void severalKeysAreNone() {
    String duplicate = "Duplicate API key found";
    refused(f.post("/open", JSON, "{\"apikey\":[\"bob-key\",\"x\"]}"), 401, duplicate);
    refused(f.post("/open", FORM, "apikey=bob-key&apikey=bob-key"), 401, duplicate);
    refused(f.post("/open", MULTIPART, part("apikey", "bob-key") + part("apikey", "x") + "--b--"), 401, duplicate);
  }

  @Test
  void headersAndQueriesComeFirst() {
    f.isBob(f.post("/open?apikey=bob-key", JSON, "{\"apikey\":\"wrong\"}"));
    refused(f.post("/open?apikey=wrong", JSON, "{\"apikey\":\"bob-key\"}"), 401, "Unauthorized");
  }

  @Test
  void aHiddenKeyIsTakenOutOfTheForm() {
    assertThat(seen(f.post("/hide", JSON, "{\"apikey\": \"bob-key\", \"z\": 1}")).getString("body"))
        .isEqualTo("{\"z\":1}");
    var form = f.post("/hide", FORM, "z=1&apikey=bob-key&y=%C3%A4");
    assertThat(seen(form).getString("body")).isEqualTo("z=1&y=%C3%A4");
    assertThat(header(form, "content-length")).containsExactly("12");
    String file = part("f", "\u0000\u00ff--b").replace("name=\"f\"", "name=\"f\"; filename=\"apikey\"");
    var parts = f.post("/hide", MULTIPART, part("a", "1") + part("apikey", "bob-key") + file + "--b--\r\n");
    assertThat(seen(parts).getString("body").getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo((part("a", "1") + file + "--b--\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aKeyIsHiddenWhereverItStands() {
    var answer = f.post("/hide?apikey=bob-key", JSON, "{\"apikey\":\"bob-key\"}");
    assertThat(seen(answer).getString("uri")).isEqualTo("/hide");
    assertThat(seen(answer).getString("body")).isEqualTo("{}");
    var untouched = f.post("/hide?apikey=bob-key", "text/plain", "apikey");
    assertThat(seen(untouched).getString("body")).isEqualTo("apikey");
  }

  @Test
  void aLongBodyIsNotSearchedAndStillGoesUpstream() {
    String body = "{\"apikey\":\"bob-key\",\"pad\":\"" + "x".repeat(1100 * 1024) + "\"}";
    refused(f.post("/open", JSON, body), 401, MISSING);
    var answer = f.post("/hide?apikey=bob-key", JSON, body);
    assertThat(seen(answer).getString("body")).isEqualTo(body);
  }

  @Test
  void aBodyIsNotNeededWhenThereIsNone() {
    f.isBob(f.gateway.get("/hide", Map.of("apikey", "bob-key", "Content-Type", JSON)));
  }
}
