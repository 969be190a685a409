package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CertificatesApiTest extends AdminClient {

  private static String pem(String file) {
    try (InputStream in = CertificatesApiTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject certificate(String... snis) {
    JsonObject body = new JsonObject().put("cert", pem("ec.crt")).put("key", pem("ec.key"));
    return snis.length == 0 ? body : body.put("snis", new JsonArray(List.of(snis)));
  }

  private static JsonObject snis(String... names) {
    return new JsonObject().put("snis", new JsonArray(List.of(names)));
  }

  private static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  @Test
  void aCertificateIsShownWithItsNames() {
    JsonObject made = ok(call("POST", "/certificates", certificate("b.one", "a.one")));
    assertThat(made.getJsonArray("snis")).containsExactly("a.one", "b.one");
    assertThat(ok(call("GET", "/certificates/a.one"))).isEqualTo(made);
    assertThat(ok(call("GET", "/certificates/" + made.getString("id")))).isEqualTo(made);
    assertThat(ok(call("GET", "/certificates")).getJsonArray("data")).contains(made);
    assertThat(ok(call("GET", "/certificates/a.one/snis/b.one")).getJsonObject("certificate"))
        .isEqualTo(reference(made));
    refused(call("GET", "/snis/a.one/certificate"), 404, "Not found");
    refused(call("GET", "/certificates/a.one/services"), 400, "invalid primary key: '{id=\"expected a valid UUID\"}'");
    assertThat(ok(call("PATCH", "/certificates/a.one", new JsonObject().put("tags", new JsonArray().add("t"))))
        .getJsonArray("snis")).hasSize(2);
    String kept = ok(call("GET", "/snis/b.one")).getString("id");
    assertThat(ok(call("PATCH", "/certificates/a.one", snis("c.one", "b.one"))).getJsonArray("snis"))
        .containsExactly("b.one", "c.one");
    assertThat(ok(call("GET", "/snis/b.one")).getString("id")).isEqualTo(kept);
    refused(call("GET", "/snis/a.one"), 404, "Not found");
    refused(call("GET", "/certificates/a.one"), 404, "SNI not found");
    refused(call("OPTIONS", "/certificates/a.one"), 404, "SNI not found");
    assertThat(call("OPTIONS", "/certificates/b.one").getHeader("Allow"))
        .isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
    assertThat(call("DELETE", "/certificates/b.one").statusCode()).isEqualTo(204);
    refused(call("GET", "/snis/c.one"), 404, "Not found");
    refused(
        call("GET", "/certificates/" + made.getString("id")),
        404,
        "could not find the entity with primary key '{id=\"" + made.getString("id") + "\"}'");
    refused(call("DELETE", "/certificates/b.one"), 404, "SNI not found");
  }

  @Test
  void aNameBelongsToOneCertificate() {
    JsonObject owner = ok(call("POST", "/certificates", certificate("a.two")));
    String taken = "a.two already associated with existing certificate '" + owner.getString("id") + "'";
    int before = count("/certificates");
    refused(
        call("POST", "/certificates", certificate("b.two", "a.two")), 400, "schema violation (snis: " + taken + ")");
    refused(
        call("POST", "/certificates", certificate("b.two", "b.two")),
        400,
        "schema violation (snis: b.two is duplicated)");
    refused(call("POST", "/certificates", certificate("bad name")), 400, "invalid value: bad name");
    refused(
        call("POST", "/snis", new JsonObject().put("name", "a.two").put("certificate", reference(owner))),
        409,
        "UNIQUE violation detected on '{name=\"a.two\"}'");
    refused(call("GET", "/snis/b.two"), 404, "Not found");
    assertThat(count("/certificates")).isEqualTo(before);
    // What is wrong with the certificate itself keeps its names from being written, too.
    assertThat(call("POST", "/certificates", snis("b.two")).statusCode()).isEqualTo(400);
    refused(call("GET", "/snis/b.two"), 404, "Not found");
  }

  private int count(String path) {
    return ok(call("GET", path)).getJsonArray("data").size();
  }

  @Test
  void puttingByANameMakesOne() {
    JsonObject bare = ok(call("PUT", "/certificates/new.three", certificate()));
    assertThat(bare.getJsonArray("snis")).isEmpty();
    JsonObject named = ok(call("PUT", "/certificates/new.three", certificate("more.three")));
    assertThat(named.getJsonArray("snis")).containsExactly("more.three", "new.three");
    assertThat(named.getString("id")).isNotEqualTo(bare.getString("id"));
    JsonObject replaced = ok(call("PUT", "/certificates/new.three", certificate()));
    assertThat(replaced.getString("id")).isEqualTo(named.getString("id"));
    assertThat(replaced.getJsonArray("snis")).isEmpty();
    JsonObject nothing = new JsonObject().putNull("snis");
    assertThat(ok(call("PATCH", "/certificates/" + bare.getString("id"), snis("x.three"))).getJsonArray("snis"))
        .hasSize(1);
    assertThat(ok(call("PATCH", "/certificates/x.three", nothing)).getJsonArray("snis")).isEmpty();
  }

  @Test
  void aCertificateInUseStaysWithItsNames() {
    JsonObject made = ok(call("POST", "/certificates", certificate("a.four")));
    JsonObject service = new JsonObject().put("url", "https://127.0.0.1").put("client_certificate", reference(made));
    JsonObject user = ok(call("POST", "/services", service));
    ok(call("POST", "/upstreams", new JsonObject().put("name", "u").put("client_certificate", reference(made))));
    String path = "/certificates/" + made.getString("id");
    refused(
        call("DELETE", path), 400, "an existing 'upstreams' entity references this 'certificates' entity");
    assertThat(ok(call("GET", "/snis/a.four")).getJsonObject("certificate")).isEqualTo(reference(made));
    assertThat(ok(call("GET", path + "/services")).getJsonArray("data")).containsExactly(user);
    String servicePath = "/services/" + user.getString("id") + "/client_certificate";
    assertThat(ok(call("GET", servicePath)).getValue("snis")).isNull();
    assertThat(call("DELETE", "/upstreams/u").statusCode()).isEqualTo(204);
    refused(call("DELETE", path), 400, "an existing 'services' entity references this 'certificates' entity");
    assertThat(call("DELETE", "/services/" + user.getString("id")).statusCode()).isEqualTo(204);
    assertThat(call("DELETE", path).statusCode()).isEqualTo(204);
    refused(call("POST", path + "/services", new JsonObject().put("host", "x")), 404, "Not found");
    refused(
        call("POST", "/services", service),
        400,
        "the foreign key '{id=\"" + made.getString("id") + "\"}' does not reference an existing 'certificates' entity.");
  }

  @Test
  void anAuthorityInUseStays() {
    JsonObject made = ok(call("POST", "/ca_certificates", new JsonObject().put("cert", pem("rsa.crt"))));
    refused(
        call("POST", "/ca_certificates", new JsonObject().put("cert", pem("rsa.crt"))),
        409,
        "UNIQUE violation detected on '{cert_digest=\"" + made.getString("cert_digest") + "\"}'");
    JsonArray list = new JsonArray().add(made.getString("id"));
    JsonObject user =
        ok(call("POST", "/services", new JsonObject().put("url", "https://x.test").put("ca_certificates", list)));
    String path = "/ca_certificates/" + made.getString("id");
    refused(
        call("DELETE", path),
        400,
        "ca certificate " + made.getString("id") + " is still referenced by services (id = "
            + user.getString("id") + ")");
    assertThat(call("DELETE", "/services/" + user.getString("id")).statusCode()).isEqualTo(204);
    assertThat(call("DELETE", path).statusCode()).isEqualTo(204);
    refused(call("GET", "/ca_certificates/ghost"), 400, "invalid primary key: '{id=\"expected a valid UUID\"}'");
  }

  @Test
  void keysGoWithTheirSet() {
    JsonObject set = ok(call("POST", "/key-sets", new JsonObject().put("name", "ks")));
    JsonObject body = new JsonObject().put("name", "k").put("kid", "1").put("jwk", "{vault://env/jwk}");
    JsonObject key = ok(call("POST", "/key-sets/ks/keys", body));
    assertThat(ok(call("GET", "/keys/k/set"))).isEqualTo(set);
    assertThat(ok(call("GET", "/key-sets/ks/keys/k"))).isEqualTo(key);
    refused(
        call("POST", "/key-sets/ks/keys", body.copy().put("name", "other")),
        409,
        "UNIQUE violation detected on '{kid=\"1\",set={id=\"" + set.getString("id") + "\"}}'");
    assertThat(call("DELETE", "/key-sets/ks").statusCode()).isEqualTo(204);
    refused(call("GET", "/keys/k"), 404, "Not found");
  }

  @Test
  void vaultsAreThoseThatAreInstalled() {
    refused(
        call("POST", "/vaults", new JsonObject().put("name", "env").put("prefix", "my-vault")),
        400,
        "schema violation (name: vault 'env' is not installed)");
    refused(call("GET", "/schemas/vaults/env"), 404, "No vault named 'env'");
    refused(
        call("POST", "/schemas/vaults/validate", new JsonObject()),
        400,
        "schema violation (name: required field missing)");
  }

  @Test
  void tagsOfAuthoritiesAreListedWithAllOthers() {
    JsonArray tags = new JsonArray().add("middle");
    JsonObject authority =
        ok(call("POST", "/ca_certificates", new JsonObject().put("cert", pem("rsa.crt")).put("tags", tags)));
    for (String tag : List.of("after", "middle", "zero")) {
      JsonArray own = new JsonArray().add(tag);
      ok(call("POST", "/consumers", new JsonObject().put("username", "tagged-" + tag).put("tags", own)));
    }
    assertThat(ok(call("GET", "/tags/middle")).getJsonArray("data"))
        .extracting(row -> ((JsonObject) row).getString("entity_name"))
        .containsExactly("ca_certificates", "consumers");
    List<String> paged = new ArrayList<>();
    for (String path = "/tags?size=1"; path != null; ) {
      JsonObject page = ok(call("GET", path));
      page.getJsonArray("data").forEach(row -> paged.add(((JsonObject) row).getString("tag")));
      path = page.getString("next");
    }
    assertThat(paged).contains("after", "zero").filteredOn("middle"::equals).hasSize(2);
    assertThat(paged).isSorted();
    assertThat(call("DELETE", "/ca_certificates/" + authority.getString("id")).statusCode()).isEqualTo(204);
  }
}
