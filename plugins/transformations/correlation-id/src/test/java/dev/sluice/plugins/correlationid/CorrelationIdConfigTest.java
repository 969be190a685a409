package dev.sluice.plugins.correlationid;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CorrelationIdConfigTest {

  private final CorrelationIdFactory factory = new CorrelationIdFactory(new Generators(Clock.systemUTC()));

  @Test
  void defaultsAreKongs() {
    assertThat(CorrelationIdConfig.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject()
            .put("header_name", "Kong-Request-ID")
            .put("generator", "uuid#counter")
            .put("echo_downstream", false));
    assertThat(factory.priority()).isEqualTo(100_001);
    assertThat(CorrelationIdConfig.SCHEMA.read(new JsonObject().putNull("header_name")).headerName())
        .isEqualTo("Kong-Request-ID");
  }

  @Test
  void unknownGeneratorsAreRefused() {
    assertThatThrownBy(() -> CorrelationIdConfig.SCHEMA.read(new JsonObject().put("generator", "x")))
        .hasMessage("schema violation (config.generator: expected one of: uuid, uuid#counter, tracker)");
  }

  @Test
  void aNameThatNoHeaderMayHaveIsRefused() {
    CorrelationIdConfig config = CorrelationIdConfig.SCHEMA.read(new JsonObject().put("header_name", "a b"));
    assertThatThrownBy(() -> factory.create(config)).hasMessage("'a b' is no name of a header");
  }
}
