package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Calls of gRPC, by a real client through the proxy to a real server. */
@Timeout(180)
class GrpcProxyTest {

  @TempDir private static Path folder;
  private static TestGateway gateway;
  private static GrpcServer server;
  private static ManagedChannel plain;
  private static ManagedChannel tls;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.with().setting("proxy_listen", "127.0.0.1:0 http2, 127.0.0.1:0 ssl http2").start();
    server = new GrpcServer(0, Optional.empty());
    route("grpc", server.port(), "/test.Service/");
    plain =
        NettyChannelBuilder.forAddress("127.0.0.1", gateway.kernel().port("proxy_listen.0")).usePlaintext().build();
    tls =
        NettyChannelBuilder.forAddress("127.0.0.1", gateway.kernel().port("proxy_listen.1"))
            .sslContext(GrpcSslContexts.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build())
            .overrideAuthority("localhost")
            .build();
  }

  @AfterAll
  static void stop() {
    plain.shutdownNow();
    tls.shutdownNow();
    server.close();
    gateway.close();
  }

  private static JsonObject route(String protocol, int port, String path) {
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES,
            new JsonObject().put("protocol", protocol).put("host", "127.0.0.1").put("port", port));
    return gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("protocols", new JsonArray().add("grpc").add("grpcs"))
            .put("paths", new JsonArray().add(path))
            .put("strip_path", false)
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  private static String call(ManagedChannel channel, MethodDescriptor<String, String> method, String message) {
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message);
  }

  private static Status failure(ManagedChannel channel, MethodDescriptor<String, String> method, CallOptions options) {
    return catchThrowableOfType(
            StatusRuntimeException.class, () -> ClientCalls.blockingUnaryCall(channel, method, options, "100 % söldner"))
        .getStatus();
  }

  @Test
  void oneMessageEachWayWithMetadataBeforeAndAfter() {
    for (ManagedChannel channel : List.of(plain, tls)) {
      Metadata sent = new Metadata();
      sent.put(GrpcServer.SENT, "hello");
      AtomicReference<Metadata> before = new AtomicReference<>();
      AtomicReference<Metadata> after = new AtomicReference<>();
      String answer =
          ClientCalls.blockingUnaryCall(
              ClientInterceptors.intercept(
                  channel,
                  MetadataUtils.newAttachHeadersInterceptor(sent),
                  MetadataUtils.newCaptureMetadataInterceptor(before, after)),
              GrpcServer.ECHO,
              CallOptions.DEFAULT,
              "message");
      assertThat(answer).isEqualTo("message");
      assertThat(before.get().get(GrpcServer.BEFORE)).isEqualTo("hello via 2 kong/3.9.3");
      assertThat(before.get().get(Metadata.Key.of("via", Metadata.ASCII_STRING_MARSHALLER))).isEqualTo("2 kong/3.9.3");
      assertThat(after.get().get(GrpcServer.AFTER)).isEqualTo("hello");
    }
  }

  @Test
  void anEmptyAndALargeMessage() {
    assertThat(call(plain, GrpcServer.ECHO, "")).isEmpty();
    String large = "y".repeat(3_000_000);
    assertThat(call(tls, GrpcServer.ECHO, large)).isEqualTo(large);
  }

  @Test
  void aStreamOfAnswersKeepsItsOrder() {
    Iterator<String> answers =
        ClientCalls.blockingServerStreamingCall(tls, GrpcServer.COUNT, CallOptions.DEFAULT, "1000");
    List<String> all = new ArrayList<>();
    answers.forEachRemaining(all::add);
    assertThat(all).isEqualTo(IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
  }

  /** Collects the answers to a call. */
  private static final class Answers implements StreamObserver<String> {
    private final BlockingQueue<String> messages = new ArrayBlockingQueue<>(1000);
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public void onNext(String message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable cause) {
      done.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
      done.complete(null);
    }
  }

  @Test
  void aStreamOfRequests() throws Exception {
    Answers answers = new Answers();
    StreamObserver<String> requests =
        ClientCalls.asyncClientStreamingCall(plain.newCall(GrpcServer.JOIN, CallOptions.DEFAULT), answers);
    for (int i = 0; i < 500; i++) {
      requests.onNext("<" + i + ">");
    }
    requests.onCompleted();
    answers.done.get(60, TimeUnit.SECONDS);
    assertThat(answers.messages.take()).startsWith("<0><1><2>").endsWith("<498><499>");
  }

  @Test
  void aConversationWhereEachAnswerComesBeforeTheNextQuestion() throws Exception {
    Answers answers = new Answers();
    StreamObserver<String> requests =
        ClientCalls.asyncBidiStreamingCall(tls.newCall(GrpcServer.TALK, CallOptions.DEFAULT), answers);
    for (int i = 0; i < 50; i++) {
      requests.onNext("question " + i);
      assertThat(answers.messages.poll(60, TimeUnit.SECONDS)).isEqualTo("re: question " + i);
    }
    requests.onCompleted();
    answers.done.get(60, TimeUnit.SECONDS);
  }

  @Test
  void anErrorOfTheServerKeepsItsCodeAndText() {
    Status status = failure(tls, GrpcServer.FAIL, CallOptions.DEFAULT);
    assertThat(status.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(status.getDescription()).isEqualTo("100 % söldner");
  }

  @Test
  void aClientThatGivesUpIsGoneForTheServerToo() {
    int before = server.cancelled.get();
    Status status = failure(plain, GrpcServer.HANG, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS));
    // The server knows of the deadline too, and may be the first to give up.
    assertThat(status.getCode()).isIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.UNAVAILABLE);
    int reached = server.hanging.get();
    Await.until("the call is cancelled", () -> server.cancelled.get() - before >= Math.min(1, reached));
  }

  @Test
  void whatTheGatewayAnswersItselfIsAStatusOfGrpc() throws Exception {
    MethodDescriptor<String, String> unknown = GrpcServer.ECHO.toBuilder().setFullMethodName("no.Such/Echo").build();
    Status nowhere = failure(plain, unknown, CallOptions.DEFAULT);
    assertThat(nowhere.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(nowhere.getDescription()).isEqualTo("no Route matched with those values");

    GrpcServer gone = new GrpcServer(0, Optional.empty());
    route("grpc", gone.port(), "/gone.Service/");
    gone.close();
    gone.finish();
    MethodDescriptor<String, String> dead = GrpcServer.ECHO.toBuilder().setFullMethodName("gone.Service/Echo").build();
    Status unavailable = failure(tls, dead, CallOptions.DEFAULT);
    assertThat(unavailable.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(unavailable.getDescription()).isEqualTo("An invalid response was received from the upstream server");
  }

  @Test
  void aRouteOfGrpcTurnsAwayWhatIsNone() {
    var answer = gateway.send(HttpMethod.POST, "/test.Service/Echo", Map.of(), io.vertx.core.buffer.Buffer.buffer("x"));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void aServerBehindTls() throws Exception {
    try (GrpcServer secure = new GrpcServer(0, Optional.of(TestCertificate.of(folder, "localhost", "RSA")))) {
      JsonObject route = route("grpcs", secure.port(), "/test.Service/Count");
      Iterator<String> answers =
          ClientCalls.blockingServerStreamingCall(plain, GrpcServer.COUNT, CallOptions.DEFAULT, "2");
      assertThat(answers.next()).isEqualTo("0");
      assertThat(answers.next()).isEqualTo("1");
      assertThat(answers.hasNext()).isFalse();
      assertThat(secure.counted.get()).isEqualTo(1);
      gateway.delete(CoreEntities.ROUTES, route.getString("id"));
    }
  }

  @Test
  void aServerThatIsReplacedCostsNoCall() throws Exception {
    GrpcServer first = new GrpcServer(0, Optional.empty());
    int port = first.port();
    JsonObject route = route("grpc", port, "/test.Service/Join");
    for (int i = 0; i < 3; i++) {
      assertThat(joined()).isEqualTo("ab");
    }
    first.finish();
    try (GrpcServer second = new GrpcServer(port, Optional.empty())) {
      assertThat(second.port()).isEqualTo(port);
      assertThat(joined()).isEqualTo("ab");
    }
    gateway.delete(CoreEntities.ROUTES, route.getString("id"));
  }

  private static String joined() throws Exception {
    Answers answers = new Answers();
    StreamObserver<String> requests =
        ClientCalls.asyncClientStreamingCall(plain.newCall(GrpcServer.JOIN, CallOptions.DEFAULT), answers);
    requests.onNext("a");
    requests.onNext("b");
    requests.onCompleted();
    answers.done.get(60, TimeUnit.SECONDS);
    return answers.messages.take();
  }

  @Test
  void aClientThatDoesNotReadHoldsTheServerBackAndNobodyElse() throws Exception {
    BlockingQueue<Integer> read = new ArrayBlockingQueue<>(GrpcServer.FLOOD_MESSAGES);
    CompletableFuture<Status> closed = new CompletableFuture<>();
    ClientCall<String, String> flood = plain.newCall(GrpcServer.FLOOD, CallOptions.DEFAULT);
    flood.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(String message) {
            read.add(message.length());
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
          }
        },
        new Metadata());
    flood.sendMessage("go");
    flood.halfClose();
    flood.request(1);
    assertThat(read.poll(60, TimeUnit.SECONDS)).isEqualTo(GrpcServer.FLOOD_MESSAGE.length());
    int most = GrpcServer.FLOOD_MESSAGES / 4;
    for (int i = 0; i < 20; i++) {
      assertThat(call(plain, GrpcServer.ECHO, "past the flood")).isEqualTo("past the flood");
      assertThat(server.flooded.get()).isLessThan(most);
    }
    flood.request(GrpcServer.FLOOD_MESSAGES);
    assertThat(closed.get(60, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
    assertThat(read.size()).isEqualTo(GrpcServer.FLOOD_MESSAGES - 1);
  }

  @Test
  void manyCallsAtOnceShareConnections() throws Exception {
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String message = "call " + i;
      CompletableFuture<String> answer = new CompletableFuture<>();
      Answers answers = new Answers();
      answers.done.whenComplete(
          (done, cause) -> {
            if (cause == null) {
              answer.complete(answers.messages.poll());
            } else {
              answer.completeExceptionally(cause);
            }
          });
      ClientCalls.asyncUnaryCall(plain.newCall(GrpcServer.ECHO, CallOptions.DEFAULT), message, answers);
      calls.add(answer);
    }
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("call " + i);
    }
  }
}
