package dev.sluice.plugins.grpcgateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.grpc.ProtoSchema;
import dev.sluice.testkit.GrpcBackend;
import dev.sluice.testkit.TestGateway;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** JSON over HTTP at one side, a real server of gRPC at the other. */
class GrpcGatewayTest {

  private static final String BOOK =
      "{\"title\":\"T\",\"kind\":\"NOVEL\",\"copies\":\"9007199254740993\",\"author_names\":[\"A\",\"B\"]}";

  private static final AtomicReference<JsonObject> asked = new AtomicReference<>();
  private static TestGateway gateway;
  private static GrpcBackend backend;
  private static ProtoSchema schema;

  @BeforeAll
  static void start() throws Exception {
    Path proto = Path.of(GrpcGatewayTest.class.getResource("/library.proto").toURI());
    schema = ProtoSchema.load(proto);
    backend =
        GrpcBackend.of(
            "library.Library",
            Map.of(
                "Get", (request, answers) -> get(request, answers),
                "Create", (request, answers) -> answer("Create", request, answers, 1),
                "Replace", (request, answers) -> answer("Replace", request, answers, 1),
                "List", (request, answers) -> answer("List", request, answers, 3)));
    gateway = TestGateway.with(new GrpcGatewayPlugin()).start();
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES,
            new JsonObject().put("protocol", "grpc").put("host", "127.0.0.1").put("port", backend.port()));
    JsonObject route =
        gateway.create(
            CoreEntities.ROUTES,
            new JsonObject()
                .put("paths", new JsonArray().add("/"))
                .put("service", new JsonObject().put("id", service.getString("id"))));
    gateway.plugin("grpc-gateway", new JsonObject().put("proto", proto.toString()), route);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    backend.close();
  }

  private static void get(byte[] request, StreamObserver<byte[]> answers) {
    MethodDescriptor method = schema.method("/library.Library/Get").orElseThrow();
    JsonObject message = new JsonObject(schema.toJson(method.getInputType(), Buffer.buffer(request)));
    if (message.getString("name").endsWith("/gone")) {
      answers.onError(Status.NOT_FOUND.withDescription("50 % söld out").asRuntimeException());
    } else if (message.getString("name").endsWith("/broken")) {
      answers.onNext(schema.fromJson(method.getOutputType(), BOOK).getBytes());
      answers.onError(Status.RESOURCE_EXHAUSTED.withDescription("no more").asRuntimeException());
    } else {
      answer("Get", request, answers, 1);
    }
  }

  private static void answer(String name, byte[] request, StreamObserver<byte[]> answers, int times) {
    MethodDescriptor method = schema.method("/library.Library/" + name).orElseThrow();
    asked.set(new JsonObject(schema.toJson(method.getInputType(), Buffer.buffer(request))));
    for (int i = 0; i < times; i++) {
      answers.onNext(schema.fromJson(method.getOutputType(), BOOK).getBytes());
    }
    answers.onCompleted();
  }

  private static HttpResponse<Buffer> send(HttpMethod method, String uri, String body) {
    return gateway.send(method, uri, Map.of(), Buffer.buffer(body));
  }

  @Test
  void pathAndQueryMakeTheMessage() {
    HttpResponse<Buffer> answer =
        gateway.get("/v1/shelves/s%20t/books/b?filter.pages=12&filter.lent=true&tags=a&tags=b&unknown=1");
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(answer.bodyAsString()).isEqualTo(BOOK);
    assertThat(asked.get())
        .isEqualTo(
            new JsonObject(
                "{\"name\":\"shelves/s t/books/b\",\"filter\":{\"pages\":12,\"lent\":true},\"tags\":[\"a\",\"b\"]}"));
    assertThat(gateway.get("/v1/any/x/y/z").statusCode()).isEqualTo(200);
    assertThat(asked.get().getString("name")).isEqualTo("x/y/z");
  }

  @Test
  void theBodyIsAField() {
    String uri = "/v1/shelves/7/books?at=2026-01-02T03:04:05Z";
    HttpResponse<Buffer> answer = send(HttpMethod.POST, uri, "{\"title\":\"N\",\"author_names\":[\"Z\"]}");
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    assertThat(asked.get().getString("shelf")).isEqualTo("7");
    assertThat(asked.get().getJsonObject("book").getString("title")).isEqualTo("N");
    assertThat(asked.get().getString("at")).isEqualTo("2026-01-02T03:04:05Z");
  }

  @Test
  void theBodyIsAllAndTheAnswerAField() {
    HttpResponse<Buffer> answer =
        send(HttpMethod.PUT, "/v1/books:replace", "{\"shelf\":\"s\",\"book\":{\"title\":\"N\"}}");
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    assertThat(answer.bodyAsString()).isEqualTo("\"T\"");
    assertThat(asked.get().getString("shelf")).isEqualTo("s");
  }

  @Test
  void aStreamIsALineForEachMessage() {
    HttpResponse<Buffer> answer = gateway.get("/v1/books");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsString()).isEqualTo((BOOK + "\n").repeat(3));
  }

  @Test
  void aFailureIsAStatusOfHttp() {
    HttpResponse<Buffer> gone = gateway.get("/v1/any/a/gone");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.bodyAsJsonObject())
        .isEqualTo(new JsonObject("{\"code\":5,\"message\":\"50 % söld out\",\"details\":[]}"));
    HttpResponse<Buffer> broken = gateway.get("/v1/any/a/broken");
    assertThat(broken.statusCode()).as("an error after the message").isEqualTo(429);
    assertThat(broken.bodyAsJsonObject().getString("message")).isEqualTo("no more");
  }

  @Test
  void whatIsNotMappedIsRefused() {
    assertThat(gateway.get("/v2/books").statusCode()).isEqualTo(400);
    assertThat(gateway.get("/library.Library/Hidden").statusCode()).isEqualTo(400);
    assertThat(send(HttpMethod.PUT, "/v1/books:replace", "{\"book\":7}").statusCode()).isEqualTo(400);
    assertThat(send(HttpMethod.PUT, "/v1/books:replace", "no json").statusCode()).isEqualTo(400);
    assertThat(gateway.get("/v1/any/x?filter.pages=many").statusCode()).isEqualTo(400);
  }

  @Test
  void browsersMayAskBefore() {
    HttpResponse<Buffer> answer = gateway.send(HttpMethod.OPTIONS, "/v1/books", Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
  }
}
