package dev.sluice.kernel.declare;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.kernel.registry.Enabled;
import dev.sluice.kernel.registry.Registry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DocumentReaderTest {

  private static final String ID = "11111111-1111-4111-8111-111111111111";

  private static Declared read(String json, boolean flatten) {
    SchemaRun run = new SchemaRun(Clock.systemUTC(), Map.of(), "traditional_compatible");
    return new DocumentReader(
            Registry.of(1, List.of(), Enabled.ALL),
            StoredEntity.DEFAULT_WORKSPACE,
            run,
            (type, document) -> Optional.empty(),
            (type, document) -> Optional.empty())
        .read(new JsonObject(json.replace('\'', '"')), flatten);
  }

  private static Declared.Row row(Declared declared, String type, String name) {
    return declared.rows().stream()
        .filter(row -> row.type().name().equals(type) && name.equals(row.document().getString("name")))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject refusal(String json, boolean flatten) {
    ApiError error = catchThrowableOfType(ApiError.class, () -> read(json, flatten));
    assertThat(error.status()).isEqualTo(400);
    assertThat(error.body().getInteger("code")).isEqualTo(14);
    assertThat(error.body().getString("name")).isEqualTo("invalid declarative configuration");
    return error.body();
  }

  private static void refused(String json, String fields, String message) {
    JsonObject body = refusal(json, false);
    assertThat(body.getJsonObject("fields")).isEqualTo(new JsonObject(fields.replace('\'', '"')));
    assertThat(body.getString("message")).isEqualTo("declarative config is invalid: " + message);
  }

  @Test
  void idsAreThoseOfKong() {
    Declared declared =
        read(
            "{'_format_version':'3.0','services':[{'name':'my-service','host':'a'}],"
                + "'routes':[{'name':'my-route','service':'my-service','paths':['/']}],"
                + "'consumers':[{'username':'my-user'}]}",
            false);
    assertThat(declared.rows())
        .extracting(row -> row.type().name() + " " + row.id())
        .containsExactlyInAnyOrder(
            "services 0855b320-0dd2-547d-891d-601e9b38647f",
            "routes 481a9539-f49c-51b6-b2e2-fe99ee68866c",
            "consumers 4b1b701d-de2b-5588-9aa2-3b97061d9f52");
    assertThat(row(declared, "routes", "my-route").document().getJsonObject("service").getString("id"))
        .isEqualTo("0855b320-0dd2-547d-891d-601e9b38647f");
    assertThat(Ids.namespace("services")).hasToString("90050c4f-539a-5bd9-bfb5-2ff1c430ca18");
  }

  @Test
  void nestedAndFlatAreTheSame() {
    Declared nested =
        read(
            "{'_format_version':'3.0','_comment':'x','_ignore':[1],'services':[{'name':'s','host':'a','_comment':'y',"
                + "'routes':[{'name':'r','paths':['/']}]}],"
                + "'upstreams':[{'name':'u','targets':[{'target':'1.2.3.4:80'}]}]}",
            false);
    Declared flat =
        read(
            "{'_format_version':'3.0','services':[{'name':'s','host':'a'}],"
                + "'routes':[{'name':'r','paths':['/'],'service':{'name':'s'}}],'upstreams':[{'name':'u'}],"
                + "'targets':[{'target':'1.2.3.4:80','upstream':'" + nested.rows().stream()
                    .filter(row -> row.type().name().equals("upstreams")).findFirst().orElseThrow().id() + "'}]}",
            false);
    assertThat(flat.rows().stream().map(Declared.Row::id)).containsExactlyElementsOf(
        nested.rows().stream().map(Declared.Row::id).toList());
    assertThat(row(flat, "routes", "r").document().getJsonObject("service"))
        .isEqualTo(row(nested, "routes", "r").document().getJsonObject("service"));
  }

  @Test
  void entitiesWithoutAKeyKeepTheirIds() {
    String json = "{'_format_version':'3.0','services':[{'host':'a'},{'host':'a'},{'host':'b'}]}";
    List<String> ids = read(json, false).rows().stream().map(Declared.Row::id).toList();
    assertThat(ids).doesNotHaveDuplicates().isEqualTo(read(json, false).rows().stream().map(Declared.Row::id).toList());
  }

  @Test
  void pathsOfOldFormatsAreMigrated() {
    String json = "{'_format_version':'%s','services':[{'name':'s','host':'a','routes':[{'name':'r','paths':"
        + "['/plain-1.~_%%2F','/re/\\\\d+','~/is']}]}]}";
    assertThat(row(read(String.format(json, "1.1"), false), "routes", "r").document().getJsonArray("paths"))
        .isEqualTo(new JsonArray().add("/plain-1.~_%2F").add("~/re/\\d+").add("~/is"));
    assertThat(row(read(String.format(json, "2.1"), false), "routes", "r").document().getJsonArray("paths"))
        .contains("~/re/\\d+");
  }

  @Test
  void tellsWhatIsWrongWithTheDocument() {
    refused("{}", "{'_format_version':'required field missing'}", "{_format_version=\"required field missing\"}");
    refused("{'_format_version':3.0}", "{'_format_version':'expected a string'}",
        "{_format_version=\"expected a string\"}");
    refused("{'_format_version':'4.0','nope':[],'_transform':1}",
        "{'_format_version':'expected one of: 1.1, 2.1, 3.0','nope':'unknown field','_transform':'expected a boolean'}",
        "{_format_version=\"expected one of: 1.1, 2.1, 3.0\",_transform=\"expected a boolean\",nope=\"unknown field\"}");
    refused("{'_format_version':'3.0','services':{'a':1},'routes':['x']}",
        "{'services':'expected an array','routes':['expected a record']}",
        "{routes={\"expected a record\"},services=\"expected an array\"}");
  }

  @Test
  void tellsWhatIsWrongWithEntities() {
    refused("{'_format_version':'3.0','services':[{'name':'ok','host':'a'},{'name':'x','port':70000}]}",
        "{'services':[null,{'host':'required field missing','port':'value should be between 0 and 65535'}]}",
        "{services={[2]={host=\"required field missing\",port=\"value should be between 0 and 65535\"}}}");
    refused("{'_format_version':'3.0','services':[{'host':'a','routes':[{'paths':['x'],'service':'y'}]}]}",
        "{'services':[{'routes':[{'service':'value must be null',"
            + "'paths':['should start with: / (fixed path) or ~/ (regex path)']}]}]}",
        "{services={{routes={{paths={\"should start with: / (fixed path) or ~/ (regex path)\"},"
            + "service=\"value must be null\"}}}}}");
    JsonObject consumer =
        refusal("{'_format_version':'3.0','consumers':[{}]}", false).getJsonObject("fields").getJsonArray("consumers")
            .getJsonObject(0);
    assertThat(consumer.getJsonArray("@entity"))
        .containsExactly("at least one of these fields must be non-empty: 'custom_id', 'username'");
  }

  @Test
  void tellsOfDuplicatesAndDanglingReferences() {
    JsonObject twice =
        refusal("{'_format_version':'3.0','services':[{'name':'foo','host':'a'},{'name':'foo','host':'b'}]}", false);
    String message = "uniqueness violation: 'services' entity with name set to 'foo' already declared";
    assertThat(twice.getJsonObject("fields").getJsonArray("services")).containsExactly(null, message);
    assertThat(twice.getString("message"))
        .isEqualTo("declarative config is invalid: {services={[2]=\"" + message + "\"}}");
    String ids = "{'_format_version':'3.0','services':[{'id':'@','host':'a'},{'id':'@','host':'b'}]}";
    assertThat(refusal(ids.replace("@", ID), false).getJsonObject("fields").getJsonArray("services").getString(1))
        .isEqualTo("uniqueness violation: 'services' entity with primary key set to '" + ID + "' already declared");
    JsonObject dangling =
        refusal("{'_format_version':'3.0','routes':[{'paths':['/'],'service':'foo'}]}", false).getJsonObject("fields");
    assertThat(dangling.getJsonArray("routes").getJsonArray(0))
        .containsExactly("invalid reference 'service: foo' (no such entry in 'services')");
  }

  @Test
  void listsErrorsByEntity() {
    JsonObject body =
        refusal(
            "{'_format_version':'3.0','nope':1,'services':[{'id':'" + ID + "','name':'bad','tags':['t1'],'port':-1,"
                + "'host':'a','routes':[{'paths':['x'],'name':'r'}]}]}",
            true);
    assertThat(body.getJsonObject("fields")).isEqualTo(new JsonObject().put("nope", "unknown field"));
    assertThat(body.getString("message")).isEqualTo("declarative config is invalid: {nope=\"unknown field\"}");
    JsonArray flat = body.getJsonArray("flattened_errors");
    assertThat(flat).hasSize(2);
    assertThat(flat.getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("entity_type", "service")
                .put("entity_name", "bad")
                .put("entity_id", ID)
                .put("entity_tags", new JsonArray().add("t1"))
                .put(
                    "entity",
                    new JsonObject()
                        .put("id", ID).put("name", "bad").put("tags", new JsonArray().add("t1")).put("port", -1)
                        .put("host", "a"))
                .put(
                    "errors",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("type", "field")
                                .put("field", "port")
                                .put("message", "value should be between 0 and 65535"))));
    JsonObject route = flat.getJsonObject(1);
    assertThat(route.getJsonObject("entity").getJsonObject("service").getString("id")).isEqualTo(ID);
    assertThat(route.getJsonArray("errors").getJsonObject(0).getString("field")).isEqualTo("paths.1");
  }
}
