package dev.sluice.plugins.loadbalancing;

import dev.sluice.testkit.fake.FakeRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HashInputTest {

  @Test
  void nothingAskedForIsTheEmptyInput() {
    assertThat(input(new JsonObject(), FakeRequest.of(1).answering())).isEmpty();
    assertThat(input(on("none"), FakeRequest.of(1).answering().consumer("c"))).isEmpty();
  }

  @Test
  void readsTheConsumerElseTheCredential() {
    assertThat(input(on("consumer"), FakeRequest.of(1).answering().consumer("c").credential("k"))).isEqualTo("c");
    assertThat(input(on("consumer"), FakeRequest.of(1).answering().credential("k"))).isEqualTo("k");
    assertThat(input(on("consumer"), FakeRequest.of(1).answering())).isEmpty();
  }

  @Test
  void readsAddressAndPath() {
    assertThat(input(on("ip"), FakeRequest.of(1).answering())).isEqualTo("127.0.0.1");
    assertThat(input(on("path"), FakeRequest.of(1).answering().path("/p/a").query("x=1"))).isEqualTo("/p/a");
  }

  @Test
  void readsHeadersWithDashesAndSeveralValues() {
    JsonObject settings = on("header").put("hash_on_header", "x-session-key");
    assertThat(input(settings, FakeRequest.of(1).answering().header("X-Session-Key", "a"))).isEqualTo("a");
    assertThat(input(settings, FakeRequest.of(1).answering().header("x-session-key", "a").header("X-Session-Key", "b")))
        .isEqualTo("a, b");
  }

  @Test
  void readsQueryArgumentsSortedAndTellsBareFromEmpty() {
    JsonObject settings = on("query_arg").put("hash_on_query_arg", "k");
    assertThat(input(settings, FakeRequest.of(1).answering().query("z=1&k=%61lice"))).isEqualTo("alice");
    assertThat(input(settings, FakeRequest.of(1).answering().query("k=b&k=a"))).isEqualTo("a,b");
    assertThat(input(settings, FakeRequest.of(1).answering().query("k"))).isEqualTo("true");
    assertThat(input(settings, FakeRequest.of(1).answering().query("k="))).isEmpty();
    assertThat(input(settings, FakeRequest.of(1).answering().query("K=alice"))).isEmpty();
  }

  @Test
  void readsCapturesByNameAndNumber() {
    FakeRequest request = FakeRequest.of(1).answering().captures(List.of("one", "two"), Map.of("user", "two"));
    assertThat(input(on("uri_capture").put("hash_on_uri_capture", "user"), request)).isEqualTo("two");
    assertThat(input(on("uri_capture").put("hash_on_uri_capture", "1"), request)).isEqualTo("one");
    assertThat(input(on("uri_capture").put("hash_on_uri_capture", "3"), request)).isEmpty();
    assertThat(input(on("uri_capture").put("hash_on_uri_capture", "1"), FakeRequest.of(1).answering())).isEmpty();
  }

  @Test
  void fallsBackOnlyWhenTheFirstSourceHasNothing() {
    JsonObject settings = on("header").put("hash_on_header", "xa")
        .put("hash_fallback", "query_arg").put("hash_fallback_query_arg", "qa");
    assertThat(input(settings, FakeRequest.of(1).answering().query("qa=q"))).isEqualTo("q");
    assertThat(input(settings, FakeRequest.of(1).answering().header("xa", "h").query("qa=q"))).isEqualTo("h");
    JsonObject empty = on("query_arg").put("hash_on_query_arg", "k").put("hash_fallback", "ip");
    assertThat(input(empty, FakeRequest.of(1).answering().query("k="))).as("an empty value is a value").isEmpty();
  }

  @Test
  void readsACookieAmongOthers() {
    JsonObject settings = on("cookie").put("hash_on_cookie", "sticky");
    FakeRequest request = FakeRequest.of(1).answering().header("Cookie", "a=1; notsticky=x; sticky=alice; b=2");
    assertThat(input(settings, request)).isEqualTo("alice");
    assertThat(input(settings, FakeRequest.of(1).answering().header("Cookie", "c; sticky"))).hasSize(36);
    FakeRequest empty = FakeRequest.of(1).answering().header("Cookie", "sticky=");
    assertThat(input(settings, empty)).isEmpty();
    assertThat(empty.response().headers().getAll("Set-Cookie")).isEmpty();
    assertThat(request.response().headers().getAll("Set-Cookie")).isEmpty();
  }

  @Test
  void givesACookieOnceToWhoComesWithout() {
    JsonObject settings = on("cookie").put("hash_on_cookie", "sticky").put("hash_on_cookie_path", "/app");
    FakeRequest request = FakeRequest.of(1).answering();
    request.response().headers().add("Set-Cookie", "own=1");

    String given = input(settings, request);

    assertThat(given).hasSize(36);
    assertThat(input(settings, request)).as("at the second attempt").isEqualTo(given);
    assertThat(request.response().headers().getAll("Set-Cookie"))
        .containsExactly("own=1", "sticky=" + given + "; Path=/app; Same-Site=Lax; HttpOnly");
    assertThat(input(settings, FakeRequest.of(1).answering())).isNotEqualTo(given);
  }

  @Test
  void givesACookieAlsoAsTheFallback() {
    JsonObject settings = on("header").put("hash_on_header", "xa")
        .put("hash_fallback", "cookie").put("hash_on_cookie", "ck");
    FakeRequest with = FakeRequest.of(1).answering().header("xa", "alice");
    assertThat(input(settings, with)).isEqualTo("alice");
    assertThat(with.response().headers().getAll("Set-Cookie")).isEmpty();
    FakeRequest without = FakeRequest.of(1).answering();
    assertThat(without.response().headers().getAll("Set-Cookie")).isEmpty();
    assertThat("ck=" + input(settings, without)).isEqualTo(without.response().headers().getAll("Set-Cookie").get(0).split(";", -1)[0]);
  }

  private static JsonObject on(String source) {
    return new JsonObject().put("hash_on", source);
  }

  private static String input(JsonObject settings, FakeRequest request) {
    return new String(HashInput.of(settings).of(request), StandardCharsets.UTF_8);
  }
}
