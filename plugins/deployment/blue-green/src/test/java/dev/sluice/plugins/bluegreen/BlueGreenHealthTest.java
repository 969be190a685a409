package dev.sluice.plugins.bluegreen;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Declaration;
import dev.sluice.api.entity.Declarations;
import dev.sluice.api.entity.Entities;
import dev.sluice.testkit.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Through no door does a switch lead to a side where nobody is healthy, unless somebody insists. */
class BlueGreenHealthTest extends BlueGreenFixture {

  private static final String NOBODY =
      "green (upstream 'empty-up') has no healthy target; to switch still, use force or write require_healthy=false";

  private static JsonObject green() {
    return new JsonObject().put("active", "green");
  }

  private void patch(String plugin, JsonObject config) {
    gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("config", config));
  }

  @Test
  void anEndpointIsRefusedUnlessItIsForced() {
    configure(new JsonObject().put("green", "empty-up"));
    refused(STATUS + "/switch", NOTHING, 409, NOBODY);
    assertThat(side()).isEqualTo("blue null");
    posted(STATUS + "/switch", new JsonObject().put("force", true));
    assertThat(gateway.get("/").statusCode()).isEqualTo(503);
    posted(STATUS + "/rollback", NOTHING);
    assertThat(side()).isEqualTo("blue null");
  }

  @Test
  void healthNeedNotBeRequired() {
    configure(new JsonObject().put("green", "empty-up").put("require_healthy", false));
    assertThat(posted(STATUS + "/switch", NOTHING).getString("active")).isEqualTo("green");
  }

  @Test
  void aPatchIsRefusedUnlessItSaysThatHealthIsNotRequired() {
    String plugin = configure(new JsonObject().put("green", "empty-up"));
    assertThatThrownBy(() -> patch(plugin, green()))
        .isInstanceOfSatisfying(ApiError.class, error -> {
          assertThat(error.status()).isEqualTo(409);
          assertThat(error.body().getString("message")).isEqualTo(NOBODY);
        });
    assertThat(side()).isEqualTo("blue null");
    patch(plugin, new JsonObject().put("drain_timeout", 5));
    patch(plugin, green().put("require_healthy", false));
    assertThat(gateway.get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void whatDoesNotServeMayBeMadeReady() {
    String plugin = configure(new JsonObject().put("green", "empty-up"));
    gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("enabled", false));
    patch(plugin, green());
    gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("enabled", true));
    assertThat(gateway.get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void aWholeDocumentIsNotRefused() {
    String plugin = configure(new JsonObject().put("green", "empty-up"));
    Entities entities = gateway.kernel().entities();
    JsonObject document = Await.result(entities.declarations().export());
    JsonArray plugins = document.getJsonArray("plugins");
    assertThat(plugins.getJsonObject(0).getString("id")).isEqualTo(plugin);
    plugins.getJsonObject(0).getJsonObject("config").put("active", "green");
    Await.result(
        entities.declarations().apply(new Declaration(document, "0".repeat(32)), Declarations.Options.WHOLE));
    assertThat(gateway.get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void toUndoIsASwitchToo() {
    configure(new JsonObject().put("blue", "empty-up").put("require_healthy", false));
    posted(STATUS + "/switch", NOTHING);
    patch(get(STATUS).getString("plugin"), new JsonObject().put("require_healthy", true));
    refused("/switches/1/undo", NOTHING, 409, NOBODY.replace("green", "blue"));
    assertThat(side()).isEqualTo("green null");
    assertThat(posted("/switches/1/undo", new JsonObject().put("force", true)).getString("to")).isEqualTo("blue");
    assertThat(gateway.get("/").statusCode()).isEqualTo(503);
  }
}
