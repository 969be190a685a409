package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerHeadersTest {

  private static String origin(AnswerHeaders headers, String... asking) {
    FakeRequest request = FakeRequest.of("GET", "/");
    for (String origin : asking) {
      request.header("Origin", origin);
    }
    AdminResponse answer = headers.complete(request.request(), AdminResponse.empty(200), 0);
    return answer.headers().stream()
        .filter(line -> line.getKey().equals("Access-Control-Allow-Origin"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void letsAllOriginsReadUnlessSomeAreGiven() {
    AnswerHeaders open = new AnswerHeaders(Optional.empty(), false, List.of());
    assertThat(origin(open)).isEqualTo("*");
    assertThat(origin(open, "http://a.test")).isEqualTo("http://a.test");
    AnswerHeaders closed = new AnswerHeaders(Optional.empty(), false, List.of("http://one.test", "http://two.test"));
    assertThat(origin(closed)).isEqualTo("http://one.test");
    assertThat(origin(closed, "http://two.test")).isEqualTo("http://two.test");
    assertThat(origin(closed, "http://evil.test")).isEqualTo("http://one.test");
  }

  @Test
  void showsServerAndLatencyWhenAsked() {
    AdminResponse shown =
        new AnswerHeaders(Optional.of("kong/3.9.3"), true, List.of())
            .complete(FakeRequest.of("GET", "/").request(), AdminResponse.empty(200), 3_500_000);
    assertThat(shown.headers())
        .containsExactly(
            Map.entry("Access-Control-Allow-Origin", "*"),
            Map.entry("Access-Control-Allow-Credentials", "true"),
            Map.entry("X-Kong-Admin-Latency", "3"),
            Map.entry("Server", "kong/3.9.3"));
  }

  @Test
  void echoesTheHeadersAskedForInOptions() {
    AnswerHeaders headers = new AnswerHeaders(Optional.empty(), false, List.of());
    FakeRequest request = FakeRequest.of("OPTIONS", "/");
    assertThat(headers.options(request.request(), "GET").headers())
        .contains(Map.entry("Access-Control-Allow-Headers", "Content-Type"), Map.entry("Allow", "GET"));
    request.header("Access-Control-Request-Headers", "X-A,b");
    assertThat(headers.options(request.request(), "GET").headers())
        .contains(Map.entry("Access-Control-Allow-Headers", "X-A,b"));
  }
}
