package dev.sluice.plugins.grpcweb;

import dev.sluice.plugins.grpc.GrpcFrames;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;

class GrpcWebReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "grpc-web";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(GrpcFrames.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject();
  }

  /** The method is the load's, a GET without a body; the server does not mind. */
  @Override
  protected Map<String, String> headers() {
    return Map.of("Content-Type", "application/grpc-web+proto");
  }
}
