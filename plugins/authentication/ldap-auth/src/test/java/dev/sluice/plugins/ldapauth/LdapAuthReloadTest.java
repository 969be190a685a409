package dev.sluice.plugins.ldapauth;

import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Connections to directories are closed with the generation that opened them. */
class LdapAuthReloadTest extends HotReloadContract {

  private final TestDirectory directory = new TestDirectory();

  @AfterEach
  void stop() {
    directory.close();
  }

  @Override
  protected String plugin() {
    return "ldap-auth";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Entrance.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("ldap_host", "127.0.0.1")
        .put("ldap_port", directory.port())
        .put("base_dn", TestDirectory.BASE)
        .put("attribute", "uid")
        .put("cache_ttl", 0);
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("Authorization", "ldap Ym9iOmtvbmc=");
  }
}
