package dev.sluice.plugins.prefunction;

import com.google.re2j.Pattern;
import dev.sluice.plugins.logging.EntityJson;
import dev.sluice.plugins.serverless.lua.FunctionFactory;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.luaj.vm2.LuaClosure;

class PreFunctionReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "pre-function";
  }

  @Override
  protected TestJar jar() {
    return super.jar()
        .library(FunctionFactory.class)
        .library(EntityJson.class)
        .library(LuaClosure.class)
        .library(Pattern.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("access", new JsonArray().add("""
            local count = 0
            return function()
              count = count + 1
              kong.ctx.shared.seen = {count, ("x"):rep(3), ngx.re.match("abc", "b")[0]}
              assert(not pcall(function() local none; return none.field end))
              kong.service.request.set_header("X-Count", count)
            end
            """))
        .put("header_filter", new JsonArray().add("kong.response.set_header('X-Seen', kong.ctx.shared.seen[2])"))
        .put("body_filter", new JsonArray().add("local body = kong.response.get_raw_body()"))
        .put("log", new JsonArray().add("kong.log.serialize() kong.log.set_serialize_value('a', {b = 1})"));
  }
}
