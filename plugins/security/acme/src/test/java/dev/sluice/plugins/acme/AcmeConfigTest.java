package dev.sluice.plugins.acme;

import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What may be configured. */
class AcmeConfigTest {

  private static JsonObject given() {
    return new JsonObject().put("account_email", "a@b.test");
  }

  private static JsonObject storage(String kind, JsonObject config) {
    return given().put("storage", kind).put("storage_config", new JsonObject().put(kind, config));
  }

  private static AcmeConfig read(JsonObject config) {
    return AcmeConfig.schema(true).read(config);
  }

  private static JsonObject problems(boolean database, JsonObject config) {
    return catchThrowableOfType(SchemaException.class, () -> AcmeConfig.schema(database).read(config)).fields();
  }

  @Test
  void hasKongsDefaults() {
    AcmeConfig config = read(given());
    assertThat(config.apiUri()).isEqualTo("https://acme-v02.api.letsencrypt.org/directory");
    assertThat(config.keyKind()).isEqualTo(new AcmeConfig.KeyKind(false, 4096));
    assertThat(config.backoffSeconds()).isEqualTo(300);
    assertThat(config.storage().kind()).isEqualTo(StorageConfig.Kind.SHM);
    assertThat(config.domains().allow("a.test")).isFalse();
    assertThat(config.toString()).doesNotContain("a@b.test");
  }

  @Test
  void theTermsOfLetsEncryptHaveToBeAccepted() {
    JsonObject config = given().put("api_uri", "https://acme-v02.api.letsencrypt.org");
    assertThat(problems(true, config).getJsonArray("@entity"))
        .contains("terms of service must be accepted, see https://letsencrypt.org/repository/");
    assertThat(read(config.put("tos_accepted", true)).tosAccepted()).isTrue();
  }

  @Test
  void wildcardsStandAtTheEnds() {
    JsonObject config = given().put("domains", new JsonArray().add("a.*.test"));
    assertThat(problems(true, config).encode())
        .contains("invalid wildcard: must be placed at leftmost or rightmost label");
    assertThat(problems(true, given().put("domains", new JsonArray().add("*.a.*"))).encode())
        .contains("invalid wildcard: must have at most one wildcard");
  }

  @Test
  void matchesDomains() {
    Domains domains = new Domains(List.of("a.test", "*.b.test", "c.*"), false, true);
    assertThat(List.of("a.test", "x.b.test", "x.y.b.test", "c.org", "c.d.org")).allMatch(domains::allow);
    assertThat(List.of("", "b.test", ".b.test", "x.a.test", "c", "d.org", "127.0.0.1")).noneMatch(domains::allow);
    assertThat(new Domains(List.of(), true, true).allow("127.0.0.1")).isTrue();
    assertThat(new Domains(List.of(), true, false).allow("127.0.0.1")).isFalse();
    assertThat(new Domains(List.of(), true, false).allow("1.b.test")).isTrue();
  }

  @Test
  void takesTheFormerNamesOfRedis() {
    JsonObject redis = new JsonObject().put("host", "redis.test").put("auth", "secret").put("namespace", "ns:");
    StorageConfig config = read(storage("redis", redis)).storage();
    assertThat(config.redis().orElseThrow().password()).contains("secret");
    assertThat(config.namespace()).isEqualTo("ns:");
    assertThat(config.scanCount()).isEqualTo(10);
    assertThat(problems(true, storage("redis", new JsonObject())).encode()).contains("required field missing");
  }

  @Test
  void withoutADatabaseNothingIsKeptInIt() {
    assertThat(problems(false, given().put("storage", "kong")).getJsonArray("@entity"))
        .contains("\"kong\" storage can't be used with dbless mode");
    assertThat(read(given().put("storage", "kong")).storage().kind()).isEqualTo(StorageConfig.Kind.KONG);
  }

  @Test
  void saysWhatItCannotDo() {
    for (String kind : List.of("consul", "vault")) {
      StorageConfig config = read(storage(kind, new JsonObject().put("host", "h"))).storage();
      assertThatThrownBy(config::checkSupported).hasMessageContaining("storage '" + kind + "' is not available");
    }
  }
}
