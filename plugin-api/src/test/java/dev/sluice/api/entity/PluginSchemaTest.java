package dev.sluice.api.entity;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Shorthand;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PluginSchemaTest {

  private static final Schema SCHEMA = CoreEntities.PLUGINS.schema();

  private final Run run = Run.with(Map.of(
      "limiter", ConfigSchema.of(config -> config)
          .field("minute", Fields.number())
          .field("redis", Fields.record().field("host", Types.host()).required())
          .shorthand(Shorthand.alias("redis_host", Fields.string(), "gone", "4.0", "redis", "host"))
          .build(),
      "key-auth", ConfigSchema.of(config -> config)
          .withoutConsumer()
          .protocols(Types.httpProtocols().defaultTo("http"))
          .field("realm", Fields.string())
          .build()));

  @Test
  void theNameDecidesWhatTheConfigurationHolds() {
    JsonObject plugin = run.insert(SCHEMA, "{'name':'limiter','id':'00000001-0000-4000-8000-000000000007'}");
    assertThat(plugin).isEqualTo(Run.json("""
        {'id':'00000001-0000-4000-8000-000000000007','name':'limiter','instance_name':null,'created_at':1700000000,
         'updated_at':1700000000,'route':null,'service':null,'consumer':null,
         'config':{'minute':null,'redis':{'host':null},'redis_host':null},
         'protocols':['grpc','grpcs','http','https'],'enabled':true,'tags':null}"""));
    assertThat(run.insert(SCHEMA, "{'name':'key-auth'}").getJsonArray("protocols")).containsExactly("http");
  }

  @Test
  void anUnknownNameHidesAllElse() {
    assertThat(run.message(SCHEMA, "{'name':'nope','bogus':1}")).contains("schema violation (name: plugin 'nope' not"
        + " enabled; add it to the 'plugins' configuration property)");
    assertThat(run.message(SCHEMA, "{'config':{}}")).contains("schema violation (name: required field missing)");
    assertThat(run.message(SCHEMA, "{'name':5}")).contains("schema violation (name: expected a string)");
  }

  @Test
  void scopesMayBeForbidden() {
    String consumer = "'consumer':{'id':'00000001-0000-4000-8000-000000000007'}";
    assertThat(run.message(SCHEMA, "{'name':'key-auth'," + consumer + "}"))
        .contains("schema violation (consumer: value must be null)");
    assertThat(run.message(SCHEMA, "{'name':'limiter'," + consumer + "}")).isEmpty();
    assertThat(run.message(SCHEMA, "{'name':'key-auth','protocols':['tcp']}"))
        .contains("schema violation (protocols.1: expected one of: grpc, grpcs, http, https)");
  }

  @Test
  void problemsOfTheConfigurationAreBelowConfig() {
    assertThat(run.message(SCHEMA, "{'name':'limiter','config':{'bogus':1,'minute':'x'}}"))
        .contains("2 schema violations (config.bogus: unknown field; config.minute: expected a number)");
  }

  @Test
  void aPatchNeedsNoName() {
    JsonObject stored = run.insert(SCHEMA, "{'name':'limiter','config':{'minute':5}}");
    JsonObject config = run.patch(SCHEMA, stored, "{'config':{'redis_host':'r.test'}}").getJsonObject("config");
    assertThat(config).isEqualTo(Run.json("{'minute':5,'redis':{'host':'r.test'},'redis_host':'r.test'}"));
  }

  @Test
  void anotherNameMeansAnotherConfiguration() {
    JsonObject stored = run.insert(SCHEMA, "{'name':'limiter','config':{'minute':5}}");
    assertThat(run.patchRefusal(SCHEMA, stored, "{'name':'key-auth'}"))
        .hasMessage("2 schema violations (config.minute: unknown field; config.redis: unknown field)");
  }

  @Test
  void formsAreReadByTheNamedPlugin() {
    assertThat(run.coerce(SCHEMA, "{'name':'limiter','config':{'minute':'5','redis_host':''}}"))
        .isEqualTo(Run.json("{'name':'limiter','config':{'minute':5,'redis_host':null}}"));
  }

  @Test
  void protocolsMustMeetThoseOfTheRoute() {
    JsonObject given = Run.json("{'protocols':['grpc','http']}");
    List<String> https = List.of("https");
    List<String> http = List.of("https", "http");
    assertThatThrownBy(() -> PluginProtocols.checkRoute(given, https))
        .hasMessage("schema violation (protocols: must match the associated route's protocols)");
    assertThatCode(() -> PluginProtocols.checkRoute(given, http)).doesNotThrowAnyException();
    assertThatCode(() -> PluginProtocols.checkRoute(new JsonObject(), https)).doesNotThrowAnyException();
    assertThatThrownBy(() -> PluginProtocols.checkService(given, List.of(https))).hasMessage("schema violation"
        + " (protocols: must match the protocols of at least one route pointing to this Plugin's service)");
    assertThatCode(() -> PluginProtocols.checkService(given, List.of(https, http))).doesNotThrowAnyException();
    assertThatCode(() -> PluginProtocols.checkService(given, List.of())).doesNotThrowAnyException();
  }

  @Test
  void rendersConfigAsAbstract() {
    JsonObject rendered = SCHEMA.render();
    assertThat(rendered.getJsonArray("entity_checks")).isEmpty();
    JsonObject config = rendered.getJsonArray("fields").getJsonObject(8).getJsonObject("config");
    assertThat(config.getBoolean("abstract")).isTrue();
    assertThat(rendered.getJsonArray("fields").getJsonObject(5).getJsonObject("route")).isEqualTo(Run.json("""
        {'type':'foreign','reference':'routes','default':null,'on_delete':'cascade',
         'description':'Only for requests of this route.'}"""));
  }
}
