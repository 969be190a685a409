package dev.sluice.plugins.redirect;

import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedirectTest {

  private static TestGateway gateway;
  private static TestBackend backend;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new RedirectPlugin()).start();
    backend = gateway.backend(TestBackend.echo());
    configure("/plain", "{\"location\":\"https://a.test/x?y=1\"}");
    configure("/keep", "{\"location\":\"https://a.test:8443/x?y=1#z\",\"keep_incoming_path\":true,\"status_code\":308}");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void configure(String path, String config) {
    gateway.plugin("redirect", new JsonObject(config), gateway.route(path, backend));
  }

  private static void leads(HttpResponse<Buffer> answer, int status, String location) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().getAll("Location")).containsExactly(location);
    assertThat(answer.bodyAsString()).isEqualTo("redirecting");
  }

  @Test
  void clientsAreSentElsewhere() {
    leads(gateway.get("/plain/b?c"), 301, "https://a.test/x?y=1");
  }

  @Test
  void thePathMayBeKept() {
    leads(gateway.get("/keep/b%20c?d=%0d%0a"), 308, "https://a.test:8443/keep/b%20c?d=%0d%0a");
    leads(gateway.get("/keep"), 308, "https://a.test:8443/keep");
  }

  @Test
  void wrongValuesAreNamed() {
    assertThatThrownBy(() -> RedirectConfig.SCHEMA.read(new JsonObject("{\"status_code\":200}")))
        .isInstanceOf(SchemaException.class)
        .hasMessage("schema violation (config.location: required field missing)");
    assertThatThrownBy(() -> RedirectConfig.SCHEMA.read(new JsonObject("{\"location\":\"/x\"}")))
        .hasMessageContaining("missing host in url");
    RedirectConfig split = new RedirectConfig(301, "http://a.test/\r\nX: y", false);
    assertThatThrownBy(() -> new RedirectFilter(split)).isInstanceOf(IllegalArgumentException.class);
  }
}
