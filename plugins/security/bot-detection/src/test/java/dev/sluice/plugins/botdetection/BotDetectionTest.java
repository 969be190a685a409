package dev.sluice.plugins.botdetection;

import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.RawClient;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class BotDetectionTest {

  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new BotDetectionPlugin()).start();
    TestBackend backend = gateway.backend(TestBackend.echo());
    gateway.plugin("bot-detection", new JsonObject(), gateway.route("/plain", backend));
    gateway.plugin(
        "bot-detection",
        new JsonObject("{\"allow\":[\"Googlebot/2\\\\.1\",\"agent1\"],\"deny\":[\"^agent.*\"]}"),
        gateway.route("/lists", backend));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** The test client has a User-Agent of its own, so this is said in bytes. */
  private static String answer(String path, String... agents) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
    for (String agent : agents) {
      request.append("User-Agent: ").append(agent).append("\r\n");
    }
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      return client.send(request + "\r\n").readToEnd();
    }
  }

  private static int status(String path, String agent) {
    return Integer.parseInt(answer(path, agent).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Googlebot/2.1 (+http://www.google.com/bot.html)", "Mozilla/5.0 (compatible; bingbot/2.0)", "Twitterbot/1.0",
    "facebookexternalhit/1.1", "Go-http-client/1.1", "Apache-HttpClient/4.5", "axios/1.0", "okhttp/4.9", "Scrapy/2.5",
    "my-spider/1.0", "SomeCrawler 1.0", "WordPress/6.0", "HttpMonitor/1", "Python-urllib/3.9", "Acme Indexer/1.0",
  })
  void botsAreKeptOut(String agent) {
    assertThat(answer("/plain", agent)).startsWith("HTTP/1.1 403").contains("\"Forbidden\"");
    assertThat(status("/plain", agent)).as("remembered").isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "curl/7.88.1", "python-requests/2.28",
    "GOOGLEBOT", "", "CUBOT NOTE S", "Mozilla/5.0 (Linux; Android 13; CUBOT_X18) AppleWebKit/537.36",
  })
  void othersPass(String agent) {
    assertThat(status("/plain", agent)).isEqualTo(200);
  }

  @Test
  void listsComeFirst() {
    assertThat(status("/lists", "Googlebot/2.1")).isEqualTo(200);
    assertThat(status("/lists", "Twitterbot/1.0")).isEqualTo(403);
    assertThat(status("/lists", "agent1")).isEqualTo(200);
    assertThat(status("/lists", "agent2")).isEqualTo(403);
    assertThat(status("/lists", "xagent2")).isEqualTo(200);
  }

  @Test
  void thereIsOneUserAgent() {
    assertThat(answer("/plain", "a", "b"))
        .startsWith("HTTP/1.1 400")
        .contains("\"Only one User-Agent header allowed\"");
    assertThat(answer("/plain")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aHostileUserAgentHoldsNothingUp() {
    assertTimeoutPreemptively(Duration.ofSeconds(2), () -> status("/plain", "a-[:]!_ ".repeat(700)));
  }

  @Test
  void wrongExpressionsAreNamed() {
    assertThatThrownBy(() -> BotConfig.SCHEMA.read(new JsonObject("{\"allow\":[\"(\"]}")))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("not a valid regex: (");
  }
}
