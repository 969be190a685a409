package dev.sluice.plugins.filelog;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileLogReloadTest extends HotReloadContract {

  @TempDir private Path files;

  @Override
  protected String plugin() {
    return "file-log";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("path", files.resolve("entries.log").toString());
  }
}
