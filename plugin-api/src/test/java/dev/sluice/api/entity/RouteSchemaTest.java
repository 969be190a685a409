package dev.sluice.api.entity;

import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouteSchemaTest {

  private static final Schema SCHEMA = CoreEntities.ROUTES.schema();

  private final Run run = Run.plain();

  @Test
  void aPathIsEnough() {
    JsonObject route = run.insert(SCHEMA, "{'paths':['/a'],'id':'00000001-0000-4000-8000-000000000007'}");
    assertThat(route).isEqualTo(Run.json("""
        {'id':'00000001-0000-4000-8000-000000000007','created_at':1700000000,'updated_at':1700000000,'name':null,
         'protocols':['http','https'],'https_redirect_status_code':426,'strip_path':true,'preserve_host':false,
         'request_buffering':true,'response_buffering':true,'tags':null,'service':null,'snis':null,'sources':null,
         'destinations':null,'methods':null,'hosts':null,'paths':['/a'],'headers':null,'regex_priority':0,
         'path_handling':'v0'}"""));
    assertThat(Route.decode(route).paths()).containsExactly("/a");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{}|must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'",
    "{'hosts':[]}|must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'",
    "{'headers':{}}|must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'",
    "{'protocols':['http']}|must set one of 'methods', 'hosts', 'headers', 'paths' when 'protocols' is 'http'",
    "{'protocols':['grpc']}|must set one of 'hosts', 'headers', 'paths' when 'protocols' is 'grpc'",
    "{'protocols':['grpcs']}|must set one of 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'grpcs'",
    "{'protocols':['tls']}|must set one of 'sources', 'destinations', 'snis' when 'protocols' is 'tcp', 'tls' or 'udp'",
    "{'protocols':['tls_passthrough']}|must set snis when 'protocols' is 'tls_passthrough'",
    "{'protocols':[]}|protocols: unknown type: nil",
    "{'protocols':['ftp'],'x':1}|protocols: unknown type: ftp",
    "{'protocols':'http','paths':['/']}|protocols: expected a set",
    "{'protocols':null,'paths':['/']}|protocols: required field missing",
    "{'protocols':['http','tcp'],'paths':['/']}|protocols: these sets are mutually exclusive: ('http', 'https'), "
        + "('tcp', 'tls', 'udp')",
    "{'protocols':['tcp'],'paths':['/'],'sources':[{'port':1}]}|paths: cannot set 'paths' when 'protocols' is 'tcp', "
        + "'tls', 'tls_passthrough' or 'udp'",
    "{'paths':['/'],'sources':[{'port':1}]}|sources: cannot set 'sources' when 'protocols' is 'http' or 'https'",
    "{'protocols':['grpc'],'paths':['/'],'strip_path':true}|strip_path: cannot set 'strip_path' when 'protocols' is "
        + "'grpc' or 'grpcs'",
    "{'headers':{'host':['a']}}|headers: cannot contain 'host' header, which must be specified in the 'hosts' attribute"
  }, quoteCharacter = '"')
  void protocolsDecideWhatIsNeeded(String body, String problem) {
    assertThat(run.message(SCHEMA, body)).contains("schema violation (" + problem + ")");
  }

  @Test
  void serverNamesNeedTls() {
    assertThat(run.message(SCHEMA, "{'snis':['a.test'],'protocols':['http']}")).contains("3 schema violations ("
        + "'snis' can only be set when 'protocols' is 'grpcs', 'https', 'tls' or 'tls_passthrough'; "
        + "must set one of 'methods', 'hosts', 'headers', 'paths' when 'protocols' is 'http'; snis: length must be 0)");
    assertThat(run.message(SCHEMA, "{'snis':['a.test']}")).isEmpty();
  }

  @Test
  void grpcRoutesKeepTheirPath() {
    JsonObject route = run.insert(SCHEMA, "{'protocols':['grpcs','grpc'],'hosts':['g.test']}");
    assertThat(route.getBoolean("strip_path")).isFalse();
    JsonObject http = run.insert(SCHEMA, "{'hosts':['g.test']}");
    assertThat(run.patchRefusal(SCHEMA, http, "{'protocols':['grpc']}")).hasMessage(
        "schema violation (strip_path: cannot set 'strip_path' when 'protocols' is 'grpc' or 'grpcs')");
  }

  @Test
  void addressesNeedAnIpOrAPort() {
    JsonObject route = run.insert(SCHEMA, "{'protocols':['tcp'],'sources':[{'ip':'10.0.0.0/8'}]}");
    assertThat(route.getJsonArray("sources").getJsonObject(0)).isEqualTo(Run.json("{'ip':'10.0.0.0/8','port':null}"));
    assertThat(run.message(SCHEMA, "{'protocols':['tcp'],'sources':[{}]}").orElseThrow())
        .contains("at least one of these fields must be non-empty: 'ip', 'port'");
  }

  @Test
  void conditionsThatCannotBeBuiltAreRefused() {
    assertThat(run.message(SCHEMA, "{'headers':{'x-a':[]}}").orElseThrow())
        .startsWith("schema violation (Router Expression failed validation: ");
    assertThat(run.message(SCHEMA, "{'headers':{'x-a':['~*[']}}").orElseThrow())
        .startsWith("schema violation (Router Expression failed validation: ");
    assertThat(run.message(SCHEMA, "{'headers':{'x-a':['~*^v(1|2)$']}}")).isEmpty();
    assertThat(run.message(SCHEMA, "{'paths':['~/a(']}").orElseThrow()).contains("paths.1: invalid regex: '/a('");
  }

  @Test
  void flavorsDiffer() {
    String wildcard = "{'snis':['*.a.test']}";
    assertThat(run.message(SCHEMA, wildcard)).isEmpty();
    assertThat(Run.flavor("traditional").message(SCHEMA, wildcard))
        .contains("schema violation (snis.1: invalid value: *.a.test)");
    String expression = "{'expression':'http.path == \\u0022/\\u0022'}";
    assertThat(run.message(SCHEMA, expression)).isPresent();
    Run expressions = Run.flavor("expressions");
    assertThat(expressions.insert(SCHEMA, expression).getInteger("priority")).isZero();
    assertThat(expressions.message(SCHEMA, "{'expression':'x','hosts':['a.test']}").orElseThrow())
        .contains("cannot set 'expression' with 'methods', 'hosts'");
    assertThat(expressions.message(SCHEMA, "{'hosts':['a.test'],'priority':1}").orElseThrow())
        .contains("cannot set 'priority' with 'methods', 'hosts'");
    assertThat(expressions.message(SCHEMA, "{}").orElseThrow()).contains("'snis', 'expression' when 'protocols'");
    assertThat(expressions.message(SCHEMA, "{'expression':'x','priority':null}"))
        .contains("schema violation (priority: required field missing)");
    assertThat(expressions.message(SCHEMA, "{'expression':'x','sources':[{'port':1}]}").orElseThrow())
        .contains("'sources' or 'destinations' simultaneously");
    Route route = Route.decode(expressions.insert(SCHEMA, "{'paths':['/'],'sources':[{'ip':'10.0.0.0/8'},{'port':1}]}"));
    assertThat(route.sources()).containsExactly(
        new Endpoint(Optional.of("10.0.0.0/8"), Optional.empty()),
        new Endpoint(Optional.empty(), Optional.of(1)));
    assertThat(route.expression()).isEmpty();
    assertThat(Route.decode(expressions.insert(SCHEMA, "{'expression':'x','priority':70368744177663}")).priority())
        .isEqualTo((1L << 46) - 1);
  }

  @Test
  void aPatchIsCheckedAsAWhole() {
    JsonObject stored = run.insert(SCHEMA, "{'hosts':['a.test']}");
    assertThat(run.patchRefusal(SCHEMA, stored, "{'hosts':null}")).hasMessage("schema violation (must set one of"
        + " 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https')");
    assertThat(run.patchRefusal(SCHEMA, stored, "{'protocols':['tcp']}")).hasMessage("2 schema violations (must set one"
        + " of 'sources', 'destinations', 'snis' when 'protocols' is 'tcp', 'tls' or 'udp'; hosts: cannot set 'hosts'"
        + " when 'protocols' is 'tcp', 'tls', 'tls_passthrough' or 'udp')");
  }

  @Test
  void rendersItsFields() {
    JsonObject rendered = SCHEMA.render();
    assertThat(rendered.getJsonArray("fields")).hasSize(21);
    assertThat(rendered.getJsonArray("fields").getJsonObject(17)).isEqualTo(Run.json("""
        {'paths':{'type':'array','description':'Paths that match.','elements':{'type':'string','required':true,
         'match_any':{'patterns':['^/','^~/'],'err':'should start with: / (fixed path) or ~/ (regex path)'},
         'match_none':[{'pattern':'//','err':'must not have empty segments'}],
         'description':'A prefix after a slash, or a regular expression after ~/.'}}}"""));
    assertThat(rendered.getJsonArray("entity_checks").getJsonObject(1))
        .isEqualTo(Run.json("{'custom_entity_check':{'field_sources':['path_handling']}}"));
    assertThat(rendered.getJsonArray("entity_checks").getJsonObject(2).getJsonObject("custom_entity_check")
        .getBoolean("run_with_missing_fields")).isTrue();
  }
}
