package dev.sluice.plugins.requestvalidator;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonSchema;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The libraries leave nothing behind. */
class RequestValidatorReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "request-validator";
  }

  @Override
  protected TestJar jar() {
    TestJar jar = super.jar();
    List.of(JsonSchema.class, ITU.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class, Pattern.class)
        .forEach(jar::library);
    return jar;
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("version", "draft7")
        .put("body_schema", "{\"type\": \"string\", \"format\": \"date-time\"}")
        .put("allowed_content_types", new JsonArray().add("application/json").add("text/plain"))
        .put(
            "parameter_schema",
            new JsonArray().add(Guarded.parameter("header", "X-Number", "simple", false, "{'type': 'integer'}")));
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("X-Number", "7", "Content-Type", "text/plain");
  }
}
