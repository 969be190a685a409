package dev.sluice.plugins.openidconnect;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.testkit.EchoGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A gateway before an echoing backend, and a provider. */
abstract class OidcFixture {

  static final TestProvider PROVIDER = TestProvider.get();

  static EchoGateway gateway;
  static MovableClock clock;

  @BeforeAll
  static void start() {
    clock = new MovableClock(Instant.now());
    gateway = EchoGateway.with(clock, new OpenidConnectPlugin());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  static JsonObject config() {
    return new JsonObject().put("issuer", PROVIDER.issuer());
  }

  static JsonObject bearerOnly() {
    return config().put("auth_methods", new JsonArray().add("bearer"));
  }

  static JsonObject guard(String path, JsonObject config) {
    return gateway.guard(path, "openid-connect", config);
  }

  /** What a good token says. */
  static JWTClaimsSet.Builder claims() {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(PROVIDER.issuer())
        .subject("ada")
        .audience("gateway")
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(5, ChronoUnit.MINUTES)))
        .claim("scope", "openid read");
  }

  static String token() {
    return PROVIDER.sign(claims().build());
  }

  static HttpResponse<Buffer> bearer(String path, String token) {
    return gateway.get(path, "Authorization", "Bearer " + token);
  }
}
