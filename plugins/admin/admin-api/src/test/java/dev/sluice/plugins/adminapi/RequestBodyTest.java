package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.ApiError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestBodyTest {

  private static JsonObject json(String text) {
    RequestBody body = RequestBody.of(FakeRequest.of("POST", "/").body("application/json; charset=x", text).request());
    assertThat(body.form()).isFalse();
    return body.content();
  }

  @Test
  void readsJson() {
    assertThat(json(" {\"a\":[1,null]} ")).isEqualTo(new JsonObject().put("a", new JsonArray().add(1).addNull()));
    assertThat(json("[\"x\"]")).isEqualTo(new JsonObject().put("1", "x"));
    assertThat(json("[]")).isEqualTo(new JsonObject());
    assertThat(json("7")).isEqualTo(new JsonObject());
    assertThat(json("null")).isEqualTo(new JsonObject());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{a:1}", "{'a':1}", "{\"a\":1,}", "{} x", "\uFEFF{}", "false", "NaN"})
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> json(text)).isInstanceOf(ApiError.class).hasMessage("Cannot parse JSON body");
  }

  @Test
  void keepsBrokenUtf8ForTheSchemaToRefuse() {
    RequestBody body =
        RequestBody.of(
            FakeRequest.of("POST", "/").body("application/x-www-form-urlencoded", "a=%FF&b=caf%C3%A9").request());
    assertThat(body.content()).isEqualTo(new JsonObject().put("a", "\uFFFD").put("b", "café"));
  }

  @Test
  void refusesMoreThanAThousandArguments() {
    String most = IntStream.range(0, 1000).mapToObj(i -> "a[]=" + i).collect(Collectors.joining("&"));
    FakeRequest request = FakeRequest.of("POST", "/").body("application/x-www-form-urlencoded", most);
    assertThat(RequestBody.of(request.request()).content().getJsonArray("a")).hasSize(1000);
    request.body(most + "&b=1");
    assertThatThrownBy(() -> RequestBody.of(request.request())).hasMessage("Too many arguments");
  }

  @Test
  void readsMultipart() {
    String text =
        String.join(
            "\r\n",
            "preamble",
            "--xx",
            "Content-Disposition: form-data; name=\"host\"",
            "",
            "a.test",
            "--xx",
            "Content-Disposition: form-data; name=\"cert\"; filename=\"a.pem\"",
            "Content-Type: application/x-pem",
            "",
            "line 1",
            "",
            "line 2\n",
            "--xx",
            "content-disposition: form-data; name=tags[]",
            "",
            "ü",
            "--xx",
            "Content-Type: application/json",
            "Content-Disposition: form-data; name=\"j\"",
            "",
            "[1]",
            "--xx",
            "Content-Disposition: form-data",
            "",
            "nameless",
            "--xx--",
            "");
    RequestBody body =
        RequestBody.of(FakeRequest.of("POST", "/").body("multipart/form-data; boundary=\"xx\"", text).request());
    assertThat(body)
        .isEqualTo(
            new RequestBody(
                new JsonObject()
                    .put("host", "a.test")
                    .put("cert", "line 1\r\n\r\nline 2\n")
                    .put("tags", new JsonArray().add("ü"))
                    .put("j", new JsonArray().add(1)),
                true));
  }

  @Test
  void findsNothingInMultipartWithoutBoundary() {
    RequestBody body = RequestBody.of(FakeRequest.of("POST", "/").body("multipart/form-data", "x").request());
    assertThat(body.content()).isEqualTo(new JsonObject());
  }
}
