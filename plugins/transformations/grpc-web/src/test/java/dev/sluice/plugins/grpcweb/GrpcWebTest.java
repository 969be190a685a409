package dev.sluice.plugins.grpcweb;

import com.google.protobuf.Descriptors.Descriptor;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.grpc.GrpcFrames;
import dev.sluice.plugins.grpc.ProtoSchema;
import dev.sluice.testkit.GrpcBackend;
import dev.sluice.testkit.TestGateway;
import io.grpc.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls as browsers make them, to a real server of gRPC. */
class GrpcWebTest {

  private static TestGateway gateway;
  private static GrpcBackend backend;
  private static ProtoSchema schema;
  private static Descriptor text;

  @BeforeAll
  static void start() throws Exception {
    Path proto = Path.of(GrpcWebTest.class.getResource("/echo.proto").toURI());
    schema = ProtoSchema.load(proto);
    text = schema.method("/test.Echo/Say").orElseThrow().getInputType();
    backend =
        GrpcBackend.of(
            "test.Echo",
            Map.of(
                "Say",
                (request, answers) -> {
                  answers.onNext(request);
                  answers.onCompleted();
                },
                "Count",
                (request, answers) -> {
                  for (int i = 0; i < 3; i++) {
                    answers.onNext(message("{\"number\":" + i + "}").getBytes());
                  }
                  answers.onCompleted();
                },
                "Fail",
                (request, answers) ->
                    answers.onError(Status.NOT_FOUND.withDescription("no such thing").asRuntimeException())));
    gateway = TestGateway.with(new GrpcWebPlugin()).start();
    gateway.plugin("grpc-web", new JsonObject().put("proto", proto.toString()), route("/test.Echo/"));
    gateway.plugin("grpc-web", new JsonObject().put("allow_origin_header", "http://app.test"), route("/bare/"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    backend.close();
  }

  private static JsonObject route(String path) {
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES,
            new JsonObject().put("protocol", "grpc").put("host", "127.0.0.1").put("port", backend.port()));
    return gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add(path))
            .put("strip_path", false)
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  private static Buffer message(String json) {
    return schema.fromJson(text, json);
  }

  private static HttpResponse<Buffer> call(String path, String type, Buffer body) {
    return gateway.send(HttpMethod.POST, path, Map.of("Content-Type", type), body);
  }

  private static List<GrpcFrames.Frame> frames(Buffer body) {
    GrpcFrames.Reader reader = new GrpcFrames.Reader(1000);
    reader.add(body);
    List<GrpcFrames.Frame> frames = new ArrayList<>();
    for (Optional<GrpcFrames.Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
      frames.add(frame.get());
    }
    assertThat(reader.empty()).isTrue();
    return frames;
  }

  private static void endsWell(List<GrpcFrames.Frame> frames) {
    GrpcFrames.Frame last = frames.get(frames.size() - 1);
    assertThat(last.flags()).isEqualTo(GrpcFrames.TRAILERS);
    assertThat(last.payload().toString()).isEqualTo("grpc-status:0\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/grpc-web", "application/grpc-web+proto; charset=x"})
  void binary(String type) {
    HttpResponse<Buffer> answer =
        call("/test.Echo/Say", type, GrpcFrames.frame(0, message("{\"text\":\"hello\",\"number\":7}")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("Content-Type")).isEqualTo(type);
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
    List<GrpcFrames.Frame> frames = frames(answer.body());
    assertThat(schema.toJson(text, frames.get(0).payload())).isEqualTo("{\"text\":\"hello\",\"number\":7}");
    endsWell(frames);
  }

  @Test
  void base64InPieces() {
    Buffer call = GrpcFrames.frame(0, message("{\"text\":\"héllo\"}"));
    Base64.Encoder encoder = Base64.getEncoder();
    String pieces =
        encoder.encodeToString(call.getBytes(0, 4)) + encoder.encodeToString(call.getBytes(4, call.length()));
    HttpResponse<Buffer> answer = call("/test.Echo/Say", "application/grpc-web-text", Buffer.buffer(pieces));
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/grpc-web-text");
    List<GrpcFrames.Frame> frames = frames(Base64Pieces.decode(answer.body()));
    assertThat(schema.toJson(text, frames.get(0).payload())).contains("\"héllo\"");
    endsWell(frames);
  }

  @Test
  void manyMessages() {
    List<GrpcFrames.Frame> frames =
        frames(call("/test.Echo/Count", "application/grpc-web+proto", GrpcFrames.frame(0, Buffer.buffer())).body());
    assertThat(frames).hasSize(4);
    endsWell(frames);
  }

  @Test
  void jsonInFramesAndWithout() {
    HttpResponse<Buffer> framed =
        call("/test.Echo/Count", "application/grpc-web+json", GrpcFrames.frame(0, Buffer.buffer("{}")));
    List<GrpcFrames.Frame> frames = frames(framed.body());
    assertThat(frames.get(2).payload().toString()).isEqualTo("{\"text\":\"\",\"number\":2}");
    endsWell(frames);

    HttpResponse<Buffer> bare = call("/test.Echo/Say", "application/grpc-web+json", Buffer.buffer("{\"text\":\"x\"}"));
    assertThat(bare.body().toString()).isEqualTo("{\"text\":\"x\",\"number\":0}");
  }

  @Test
  void aFailureIsInTheTrailers() {
    HttpResponse<Buffer> answer =
        call("/test.Echo/Fail", "application/grpc-web", GrpcFrames.frame(0, Buffer.buffer()));
    assertThat(answer.statusCode()).isEqualTo(200);
    List<GrpcFrames.Frame> frames = frames(answer.body());
    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).payload().toString()).contains("grpc-status:5\r\n", "grpc-message:no such thing\r\n");
  }

  @Test
  void whatIsNoneOfItIsRefused() {
    assertThat(call("/test.Echo/Say", "application/json", Buffer.buffer("{}")).statusCode()).isEqualTo(400);
    assertThat(call("/test.Echo/Say", "application/grpc-web-text", Buffer.buffer("%%")).statusCode()).isEqualTo(400);
    assertThat(call("/test.Echo/Say", "application/grpc-web+json", Buffer.buffer("[")).statusCode()).isEqualTo(400);
    assertThat(call("/test.Echo/No", "application/grpc-web+json", Buffer.buffer("{}")).statusCode()).isEqualTo(400);
    assertThat(call("/bare/Say", "application/grpc-web+json", Buffer.buffer("{}")).statusCode()).isEqualTo(400);
  }

  @Test
  void browsersMayAskBefore() {
    HttpResponse<Buffer> answer = gateway.send(HttpMethod.OPTIONS, "/bare/Say", Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsString()).isEqualTo("OK");
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("http://app.test");
    assertThat(answer.getHeader("Access-Control-Allow-Methods")).isEqualTo("POST");
    assertThat(answer.getHeader("Access-Control-Allow-Headers")).isEqualTo("content-type,x-grpc-web,x-user-agent");
  }

  @Test
  void theGatewaysOwnAnswersStayAsTheyAre() {
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES, new JsonObject().put("protocol", "grpc").put("host", "127.0.0.1").put("port", 1));
    JsonObject route =
        gateway.create(
            CoreEntities.ROUTES,
            new JsonObject()
                .put("paths", new JsonArray().add("/dead"))
                .put("service", new JsonObject().put("id", service.getString("id"))));
    gateway.plugin("grpc-web", new JsonObject(), route);
    HttpResponse<Buffer> answer = call("/dead", "application/grpc-web", GrpcFrames.frame(0, Buffer.buffer()));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.bodyAsString()).contains("An invalid response was received from the upstream server");
  }

  @Test
  void aFileThatIsNotThereIsRefusedWhenItIsConfigured() {
    JsonObject route = route("/none/");
    assertThatThrownBy(() -> gateway.plugin("grpc-web", new JsonObject().put("proto", "/no/such.proto"), route))
        .hasMessageContaining("/no/such.proto");
  }
}
