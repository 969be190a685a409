package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** What is known of providers goes with the generation that has asked them. */
class OidcReloadTest extends HotReloadContract {

  private final TestProvider provider = TestProvider.get();

  @Override
  protected String plugin() {
    return "openid-connect";
  }

  @Override
  protected TestJar jar() {
    TestJar jar = super.jar();
    List.of(Entrance.class, JWK.class).forEach(jar::library);
    return jar;
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("issuer", provider.issuer()).put("auth_methods", new JsonArray().add("bearer"));
  }

  @Override
  protected Map<String, String> headers() {
    String token = provider.sign(new JWTClaimsSet.Builder()
        .issuer(provider.issuer())
        .subject("ada")
        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
        .build());
    return Map.of("Authorization", "Bearer " + token);
  }
}
