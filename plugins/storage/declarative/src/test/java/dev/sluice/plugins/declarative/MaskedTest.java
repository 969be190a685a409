package dev.sluice.plugins.declarative;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What an export for the eyes shows, and that it cannot be applied. */
class MaskedTest {

  @Test
  void secretsAreMaskedAndTheDocumentCannotBeApplied(@TempDir Path folder) {
    TestCertificate one = TestCertificate.of(folder, "one.example", "EC");
    TestCertificate two = TestCertificate.of(folder, "two.example", "EC");
    try (TestGateway gateway = TestGateway.with(new DeclarativePlugin(), new EndpointsAlone()).start()) {
      String id =
          gateway.create(CoreEntities.CERTIFICATES, new JsonObject().put("cert", one.cert()).put("key", one.key()))
              .getString("id");
      String secret = one.key().split("\n", -1)[1];

      assertThat(export(gateway, "/config?export=1")).contains(secret).doesNotContain(Masked.MARK);
      String masked = export(gateway, "/config?export=1&mask=1");
      assertThat(masked).contains(id, "BEGIN CERTIFICATE", "key: '******'").doesNotContain(secret, "PRIVATE KEY");

      JsonObject refused = post(gateway, "/config?diff=1", new JsonObject().put("config", masked));
      assertThat(refused.getJsonObject("fields").getString(Masked.MARK)).isEqualTo("unknown field");

      JsonObject document = new JsonObject()
          .put("_format_version", "3.0")
          .put("certificates", new JsonArray().add(
              new JsonObject().put("id", id).put("cert", two.cert()).put("key", two.key())));
      JsonObject shown = post(gateway, "/config?diff=1&mask=1", document);
      assertThat(shown.getJsonArray("updated").getJsonObject(0).getJsonObject("fields").getJsonObject("key"))
          .isEqualTo(new JsonObject().put("from", Masked.MASK).put("to", Masked.MASK));
      assertThat(shown.encode()).doesNotContain(two.key().split("\n", -1)[1]);
    }
  }

  private static String export(TestGateway gateway, String path) {
    return gateway.admin(HttpMethod.GET, path, Map.of(), Buffer.buffer()).bodyAsJsonObject().getString("config");
  }

  private static JsonObject post(TestGateway gateway, String path, JsonObject body) {
    return gateway
        .admin(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), body.toBuffer())
        .bodyAsJsonObject();
  }
}
