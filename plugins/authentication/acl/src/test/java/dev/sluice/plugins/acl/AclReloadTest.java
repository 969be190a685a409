package dev.sluice.plugins.acl;

import dev.sluice.plugins.authentication.ConsumerCredentials;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Without a consumer there is nobody to let in: the refusal is what stays the same. */
class AclReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "acl";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(ConsumerCredentials.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("allow", new JsonArray().add("g"));
  }

  @Override
  protected boolean good(int status) {
    return status == 401;
  }
}
