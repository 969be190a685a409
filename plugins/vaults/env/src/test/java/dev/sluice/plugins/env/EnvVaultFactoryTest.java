package dev.sluice.plugins.env;

import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvVaultFactoryTest {

  private final EnvVaultFactory factory = new EnvVaultFactory(
      name -> Optional.ofNullable(Map.of("MY_SECRET", "one", "A_B_MY_SECRET", "two").get(name)));

  private Optional<String> find(JsonObject config, String resource) {
    return factory.create(factory.schema().read(config)).find(resource);
  }

  @Test
  void readsVariablesByTheirNamesInCapitals() {
    assertThat(find(new JsonObject(), "my-secret")).contains("one");
    assertThat(find(new JsonObject(), "MY_SECRET")).contains("one");
    assertThat(find(new JsonObject(), "other")).isEmpty();
    assertThat(find(new JsonObject().put("prefix", "a-b_"), "my-secret")).contains("two");
  }

  @Test
  void prefixesAreThoseOfVariables() {
    assertThatThrownBy(() -> find(new JsonObject().put("prefix", "1"), "x"))
        .isInstanceOf(SchemaException.class)
        .hasMessage("schema violation (config.prefix: invalid value: 1)");
    assertThat(factory.schema().render().getJsonArray("fields")).hasSize(1);
  }
}
