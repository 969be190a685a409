package dev.sluice.plugins.adminapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of the Admin API, read by a real reader of such. */
class OpenApiTest extends AdminClient {

  private String text() {
    return call("GET", "/openapi.json").bodyAsString();
  }

  private OpenAPI read() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(text(), null, options);
    assertThat(result.getMessages()).isEmpty();
    return result.getOpenAPI();
  }

  @Test
  void isValid() {
    OpenAPI read = read();
    assertThat(read.getOpenapi()).isEqualTo("3.0.3");
    assertThat(read.getComponents().getSecuritySchemes()).containsKeys("token", "bearer");
  }

  @Test
  void theReaderDoesFindFaults() {
    JsonObject broken = new JsonObject(text());
    broken.getJsonObject("paths").getJsonObject("/services").getJsonObject("get").remove("responses");
    assertThat(new OpenAPIV3Parser().readContents(broken.encode()).getMessages()).isNotEmpty();
  }

  @Test
  void hasAllEndpointsAndTheirParameters() {
    OpenAPI read = read();
    Set<String> known = new TreeSet<>();
    ok(call("GET", "/endpoints")).getJsonArray("data").forEach(each -> known.add((String) each));
    // Kong lists some that it answers as if they were not there.
    known.removeIf(path -> call("OPTIONS", path).statusCode() == 404 && !path.contains("{"));
    known.removeAll(Set.of("/targets/{targets}", "/targets/{targets}/upstream", "/snis/{snis}/certificate"));
    assertThat(read.getPaths().keySet()).containsExactlyInAnyOrderElementsOf(known);
    PathItem item = read.getPaths().get("/services/{services}/routes/{routes}");
    assertThat(item.getGet().getParameters()).extracting("name").containsExactly("services", "routes");
    assertThat(item.readOperationsMap().keySet()).extracting(Enum::name).contains("GET", "PUT", "PATCH", "DELETE");
    Set<String> ids = new TreeSet<>();
    read.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .forEach(operation -> assertThat(ids.add(operation.getOperationId())).as(operation.getOperationId()).isTrue());
  }

  @Test
  void saysWhatTheSchemasSay() {
    JsonObject schemas = new JsonObject(text()).getJsonObject("components").getJsonObject("schemas");
    JsonObject port = schemas.getJsonObject("services").getJsonObject("properties").getJsonObject("port");
    assertThat(port.getInteger("default")).isEqualTo(80);
    assertThat(port.getInteger("maximum")).isEqualTo(65_535);
    JsonObject name = schemas.getJsonObject("services").getJsonObject("properties").getJsonObject("name");
    assertThat(name.getBoolean("nullable")).isTrue();
    assertThat(schemas.getJsonObject("badge_credentials").getJsonObject("properties").fieldNames()).contains("number", "level");
    JsonObject limit =
        schemas.getJsonObject("plugins.config.badge").getJsonObject("properties").getJsonObject("limit");
    assertThat(limit.getInteger("default")).isEqualTo(3);
    assertThat(text()).contains("\"required\":[\"host\"]");
  }

  @Test
  void isOfTheWorkspaceItIsAskedIn() {
    ok(call("POST", "/workspaces", new JsonObject().put("name", "described")));
    JsonObject server =
        ok(call("GET", "/described/openapi.json")).getJsonArray("servers").getJsonObject(0);
    assertThat(server.getString("url")).isEqualTo("/described");
  }
}
