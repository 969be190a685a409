package dev.sluice.api.entity;

import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceSchemaTest {

  private static final Schema SCHEMA = CoreEntities.SERVICES.schema();
  private static final String PROTOCOLS =
      "expected one of: grpc, grpcs, http, https, tcp, tls, tls_passthrough, udp";

  private final Run run = Run.plain();

  @Test
  void aHostIsEnough() {
    JsonObject service = run.insert(SCHEMA, "{'host':'a.test','id':'00000001-0000-4000-8000-000000000007'}");
    assertThat(service).isEqualTo(Run.json("""
        {'id':'00000001-0000-4000-8000-000000000007','created_at':1700000000,'updated_at':1700000000,'name':null,
         'retries':5,'protocol':'http','host':'a.test','port':80,'path':null,'connect_timeout':60000,
         'write_timeout':60000,'read_timeout':60000,'tags':null,'client_certificate':null,'tls_verify':null,
         'tls_verify_depth':null,'ca_certificates':null,'enabled':true}"""));
    assertThat(Service.decode(service).host()).isEqualTo("a.test");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1, http, 127.0.0.1, 80, ",
    "https://127.0.0.1, https, 127.0.0.1, 443, ",
    "https://127.0.0.1:8443/, https, 127.0.0.1, 8443, /",
    "http://u:p@a.test/p?x=1, http, a.test, 80, /p",
    "grpcs://a.test, grpcs, a.test, 80, ",
    "tcp://a.test:5432, tcp, a.test, 5432, ",
    "//a.test:443/x, https, a.test, 443, /x",
    "//a.test, http, a.test, 80, "
  })
  void aUrlStandsForFourFields(String url, String protocol, String host, int port, String path) {
    JsonObject service = run.insert(SCHEMA, "{'url':'" + url + "','host':'other','port':1,'path':'/z'}");
    assertThat(service.getString("protocol")).isEqualTo(protocol);
    assertThat(service.getString("host")).isEqualTo(host);
    assertThat(service.getInteger("port")).isEqualTo(port);
    assertThat(service.getString("path")).isEqualTo(path);
    assertThat(service.containsKey("url")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'ws://a.test'|schema violation (protocol: P)",
    "'http://'|schema violation (host: required field missing)",
    "'127.0.0.1:99'|3 schema violations (host: required field missing; path: should start with: /; protocol: P)",
    "null|3 schema violations (host: required field missing; path: should start with: /; protocol: P)",
    "''|schema violation (url: length must be at least 1)",
    "7|schema violation (url: expected a string)",
    "'http://a.test:99999'|schema violation (port: value should be between 0 and 65535)",
    "'http://a.test:x'|schema violation (port: expected an integer)"
  }, quoteCharacter = '"')
  void aBadUrlIsBlamedOnItsParts(String url, String message) {
    assertThat(run.message(SCHEMA, "{'url':" + url + "}")).contains(message.replace("P)", PROTOCOLS + ")"));
  }

  @Test
  void aPatchedUrlReplacesAllFour() {
    JsonObject stored = run.insert(SCHEMA, "{'url':'https://a.test/x'}");
    assertThat(run.patch(SCHEMA, stored, "{'url':'http://b.test'}"))
        .isEqualTo(stored.copy().put("protocol", "http").put("host", "b.test").put("port", 80).putNull("path"));
  }

  @Test
  void tlsSettingsNeedTls() {
    assertThat(run.message(SCHEMA, "{'host':'a','tls_verify':true}")).contains("2 schema violations ("
        + "failed conditional validation given value of field 'protocol'; tls_verify: value must be null)");
    assertThat(run.message(SCHEMA, "{'host':'a','ca_certificates':['x']}")).contains("2 schema violations ("
        + "failed conditional validation given value of field 'protocol'; ca_certificates: value must be null)");
    assertThat(run.message(SCHEMA, "{'host':'a','protocol':'https','tls_verify':true}")).isEmpty();
    assertThat(run.message(SCHEMA, "{'host':'a','protocol':'tcp','path':'/x'}")).contains("2 schema violations ("
        + "failed conditional validation given value of field 'protocol'; path: value must be null)");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(run.message(SCHEMA, "{'port':'x','protocol':'nope','retries':-2,'unknown':true,'tags':['a/b',1]}"))
        .contains("7 schema violations (host: required field missing; port: expected an integer; protocol: " + PROTOCOLS
            + "; retries: value should be between 0 and 32767; tags.1: invalid tag 'a/b': expected printable ascii"
            + " (except `,` and `/`) or valid utf-8 sequences; tags.2: expected a string; unknown: unknown field)");
  }

  @Test
  void aCertificateIsReferredToByItsId() {
    assertThat(run.refusal(SCHEMA, "{'host':'a','protocol':'https','client_certificate':'x'}").fields())
        .isEqualTo(Run.json("{'client_certificate':{'id':'missing primary key'}}"));
    String id = "00000001-0000-4000-8000-00000000000a";
    JsonObject service = run.insert(SCHEMA, "{'host':'a','protocol':'https','client_certificate':{'id':'"
        + id.toUpperCase(Locale.ROOT) + "','x':1}}");
    assertThat(service.getJsonObject("client_certificate")).isEqualTo(new JsonObject().put("id", id));
  }

  @Test
  void rendersItsFields() {
    JsonObject rendered = SCHEMA.render();
    JsonArray fields = rendered.getJsonArray("fields");
    assertThat(fields).hasSize(18);
    assertThat(fields.getJsonObject(4)).isEqualTo(Run.json("""
        {'retries':{'type':'integer','between':[0,32767],'default':5,
         'description':'Further attempts after the first.'}}"""));
    assertThat(fields.getJsonObject(8).getJsonObject("path").getJsonArray("match_none"))
        .isEqualTo(new JsonArray().add(Run.json("{'pattern':'//','err':'must not have empty segments'}")));
    assertThat(fields.getJsonObject(15).getJsonObject("tls_verify_depth").containsKey("default")).isTrue();
    assertThat(rendered.getJsonArray("entity_checks").getJsonObject(1)).isEqualTo(Run.json("""
        {'conditional':{'if_field':'protocol','if_match':{'not_one_of':['https','tls']},
         'then_field':'client_certificate','then_match':{'eq':null}}}"""));
  }
}
