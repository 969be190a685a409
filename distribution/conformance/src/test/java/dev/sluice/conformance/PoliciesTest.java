package dev.sluice.conformance;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The first policies, configured as their users do, with curl's forms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesTest {

  private Gateway gateway;
  private Echo echo;

  @BeforeAll
  void start(@TempDir Path folder) {
    echo = Echo.open("echo");
    gateway = Gateway.start(folder, Map.of());
  }

  @AfterAll
  void stop() {
    gateway.close();
    echo.close();
  }

  private void service(String name) {
    gateway.admin().form("POST", "/services", "name", name, "url", "http://" + echo.address()).expect(201);
    gateway.admin().form("POST", "/services/" + name + "/routes", "paths[]", "/" + name).expect(201);
  }

  @Test
  void keyAuthLetsInWhoHasAKey() {
    service("keys");
    Http admin = gateway.admin();
    Http proxy = gateway.proxy();
    admin.form("POST", "/services/keys/plugins", "name", "key-auth", "config.key_names[]", "apikey").expect(201);
    Http.Reply none = proxy.get("/keys").expect(401);
    assertThat(none.json().getString("message")).isEqualTo("No API key found in request");
    assertThat(none.header("WWW-Authenticate")).startsWith("Key");

    admin.form("POST", "/consumers", "username", "alice").expect(201);
    assertThat(proxy.get("/keys", "apikey", "wonder").expect(401).json().getString("message"))
        .isEqualTo("Unauthorized");
    String id = admin.form("POST", "/consumers/alice/key-auth", "key", "wonder").expect(201).json().getString("id");
    JsonObject seen = proxy.get("/keys", "apikey", "wonder").expect(200).json().getJsonObject("headers");
    assertThat(seen.getString("x-consumer-username")).isEqualTo("alice");
    assertThat(proxy.get("/keys?apikey=wonder").status()).isEqualTo(200);

    admin.delete("/consumers/alice/key-auth/" + id).expect(204);
    assertThat(proxy.get("/keys", "apikey", "wonder").status()).as("with a key withdrawn").isEqualTo(401);
  }

  @Test
  void requestTerminationAnswersInsteadOfTheServer() {
    service("closed");
    int before = echo.uris().size();
    String id =
        gateway
            .admin()
            .form(
                "POST", "/services/closed/plugins",
                "name", "request-termination", "config.status_code", "403", "config.message", "So long")
            .expect(201)
            .json()
            .getString("id");
    assertThat(gateway.proxy().get("/closed").expect(403).json().getString("message")).isEqualTo("So long");
    assertThat(echo.uris()).as("what the server was asked").hasSize(before);
    gateway.admin().form("PATCH", "/plugins/" + id, "enabled", "false").expect(200);
    assertThat(gateway.proxy().get("/closed").status()).isEqualTo(200);
  }

  @Test
  void correlationIdNamesRequests() {
    service("traced");
    gateway
        .admin()
        .form(
            "POST", "/services/traced/plugins",
            "name", "correlation-id", "config.header_name", "X-Trace", "config.echo_downstream", "true")
        .expect(201);
    Http.Reply first = gateway.proxy().get("/traced").expect(200);
    Http.Reply second = gateway.proxy().get("/traced").expect(200);
    assertThat(first.header("X-Trace")).isNotEmpty().isNotEqualTo(second.header("X-Trace"));
    assertThat(first.json().getJsonObject("headers").getString("x-trace")).isEqualTo(first.header("X-Trace"));
    assertThat(gateway.proxy().get("/traced", "X-Trace", "mine").expect(200).header("X-Trace")).isEqualTo("mine");
  }
}
