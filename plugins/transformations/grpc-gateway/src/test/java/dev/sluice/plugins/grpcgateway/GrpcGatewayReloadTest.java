package dev.sluice.plugins.grpcgateway;

import com.google.api.HttpRule;
import com.google.common.io.BaseEncoding;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import com.google.gson.Gson;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.squareup.wire.ProtoAdapter;
import com.squareup.wire.schema.Schema;
import dev.sluice.plugins.grpc.GrpcFrames;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.net.URISyntaxException;
import java.nio.file.Path;
import kotlin.Unit;
import okio.Okio;

/** With the file read and all libraries in use: each generation has classes of its own of all of them. */
class GrpcGatewayReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "grpc-gateway";
  }

  @Override
  protected TestJar jar() {
    return super.jar()
        .library(GrpcFrames.class)
        .library(HttpRule.class)
        .library(BaseEncoding.class)
        .library(InternalFutureFailureAccess.class)
        .library(Gson.class)
        .library(Message.class)
        .library(JsonFormat.class)
        .library(ProtoAdapter.class)
        .library(Schema.class)
        .library(Unit.class)
        .library(Okio.class);
  }

  @Override
  protected JsonObject config() {
    try {
      Path proto = Path.of(GrpcGatewayReloadTest.class.getResource("/library.proto").toURI());
      return new JsonObject().put("proto", proto.toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The path of the load stands for no method: to say so the plugin has to have read the file. */
  @Override
  protected boolean good(int status) {
    return status == 400;
  }
}
