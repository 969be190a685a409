package dev.sluice.api.entity;

import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamSchemaTest {

  private static final Schema SCHEMA = CoreEntities.UPSTREAMS.schema();

  private final Run run = Run.plain();

  @Test
  void aNameIsEnough() {
    JsonObject upstream = run.insert(SCHEMA, "{'name':'u'}");
    assertThat(upstream.getString("algorithm")).isEqualTo("round-robin");
    assertThat(upstream.getJsonObject("healthchecks")).isEqualTo(Run.json("""
        {'threshold':0,
         'active':{'type':'http','timeout':1,'concurrency':10,'http_path':'/','https_verify_certificate':true,
           'https_sni':null,'headers':null,
           'healthy':{'interval':0,'http_statuses':[200,302],'successes':0},
           'unhealthy':{'interval':0,'http_statuses':[429,404,500,501,502,503,504,505],'tcp_failures':0,'timeouts':0,
             'http_failures':0}},
         'passive':{'type':'http',
           'healthy':{'http_statuses':[200,201,202,203,204,205,206,207,208,226,300,301,302,303,304,305,306,307,308],
             'successes':0},
           'unhealthy':{'http_statuses':[429,500,503],'tcp_failures':0,'timeouts':0,'http_failures':0}}}"""));
    assertThat(Upstream.decode(upstream).name()).isEqualTo("u");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'hash_on':'ip'|consistent-hashing|ip",
    "'algorithm':'least-connections'|least-connections|none",
    "'algorithm':'latency','hash_on':'ip'|latency|none",
    "'algorithm':'consistent-hashing'|round-robin|none",
    "'algorithm':'consistent-hashing','hash_on':'none'|round-robin|none",
    "'algorithm':'round-robin','hash_on':'path'|consistent-hashing|path",
    "'hash_on':null|round-robin|none"
  }, quoteCharacter = '"')
  void algorithmAndHashingFollowEachOther(String fields, String algorithm, String hashOn) {
    JsonObject upstream = run.insert(SCHEMA, "{'name':'u'," + fields + "}");
    assertThat(upstream.getString("algorithm")).isEqualTo(algorithm);
    assertThat(upstream.getString("hash_on")).isEqualTo(hashOn);
  }

  @Test
  void theyDoSoInPatches() {
    JsonObject hashing = run.insert(SCHEMA, "{'name':'u','hash_on':'ip'}");
    assertThat(run.patch(SCHEMA, hashing, "{'algorithm':'round-robin'}").getString("algorithm"))
        .isEqualTo("consistent-hashing");
    JsonObject plain = run.patch(SCHEMA, hashing, "{'hash_on':'none'}");
    assertThat(plain.getString("algorithm")).isEqualTo("round-robin");
    JsonObject least = run.patch(SCHEMA, hashing, "{'algorithm':'least-connections'}");
    assertThat(least.getString("hash_on")).isEqualTo("none");
    assertThat(run.patch(SCHEMA, least, "{'hash_on':'consumer'}").getString("algorithm"))
        .isEqualTo("consistent-hashing");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'hash_on':'header'|hash_on|hash_on_header: required field missing",
    "'hash_on':'consumer','hash_fallback':'cookie'|hash_fallback|hash_on_cookie: required field missing",
    "'hash_fallback':'ip'|hash_on|hash_fallback: expected one of: none",
    "'hash_on':'ip','hash_fallback':'ip'|hash_on|hash_fallback: expected one of: none, consumer, header, cookie, path, "
        + "query_arg, uri_capture",
    "'hash_on':'query_arg','hash_on_query_arg':''|hash_on|hash_on_query_arg: length must be at least 1"
  }, quoteCharacter = '"')
  void whatIsHashedMustBeThere(String fields, String given, String problem) {
    assertThat(run.message(SCHEMA, "{'name':'u'," + fields + "}")).contains("2 schema violations ("
        + "failed conditional validation given value of field '" + given + "'; " + problem + ")");
  }

  @Test
  void aFallbackHashesSomethingElse() {
    assertThat(run.message(SCHEMA, "{'name':'u','hash_on':'header','hash_on_header':'a','hash_fallback':'header',"
        + "'hash_fallback_header':'a'}")).contains(
            "schema violation (values of these fields must be distinct: 'hash_on_header', 'hash_fallback_header')");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, no ip addresses allowed",
    "[::1], no ip addresses allowed",
    "a.test:80, no port allowed",
    "bad name, must be a valid hostname",
    "x/y, must be a valid hostname"
  })
  void namesAreHostNames(String name, String problem) {
    assertThat(run.message(SCHEMA, "{'name':'" + name + "'}"))
        .contains("schema violation (name: Invalid name ('" + name + "'); " + problem + ")");
  }

  @Test
  void healthChecksMergeFieldByField() {
    JsonObject stored = run.insert(
        SCHEMA, "{'name':'u','healthchecks':{'active':{'healthy':{'interval':0.5},'http_path':'/ping'}}}");
    JsonObject active = run.patch(SCHEMA, stored, "{'healthchecks':{'active':{'unhealthy':{'interval':3}}}}")
        .getJsonObject("healthchecks").getJsonObject("active");
    assertThat(active.getJsonObject("healthy").getValue("interval")).isEqualTo(0.5);
    assertThat(active.getJsonObject("unhealthy").getValue("interval")).isEqualTo(3);
    assertThat(active.getString("http_path")).isEqualTo("/ping");
  }

  @Test
  void problemsDeepInsideAreSpreadOut() {
    String body = "{'name':'u','healthchecks':{'passive':{'unhealthy':{'http_statuses':[600,1000]}}}}";
    assertThat(run.message(SCHEMA, body))
        .contains("""
            schema violation (healthchecks.passive: {
              unhealthy = {
                http_statuses = {
                  [2] = "value should be between 100 and 999"
                }
              }
            })""");
  }
}
