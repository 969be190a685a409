package dev.sluice.plugins.filelog;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileLogConfigTest {

  @Test
  void defaultsAreKongs() {
    assertThat(FileLogConfig.SCHEMA.complete(new JsonObject().put("path", "/a/b.log")))
        .isEqualTo(new JsonObject().put("path", "/a/b.log").put("reopen", false).putNull("custom_fields_by_lua"));
  }

  @Test
  void aNameThatShellsWouldReadOtherwiseIsNone() {
    assertThatThrownBy(() -> FileLogConfig.SCHEMA.read(new JsonObject().put("path", "/a/*.log")))
        .hasMessage("schema violation (config.path: not a valid filename)");
  }
}
