package dev.sluice.testkit;

import dev.sluice.testkit.contract.HotReloadContract;
import dev.sluice.testkit.sample.SamplePlugin;
import io.vertx.core.json.JsonObject;

class SampleHotReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "sample";
  }

  @Override
  protected TestJar jar() {
    return TestJar.named("sample").type(SamplePlugin.class).extension(SamplePlugin.class.getName());
  }

  @Override
  protected JsonObject config() {
    return new JsonObject();
  }
}
