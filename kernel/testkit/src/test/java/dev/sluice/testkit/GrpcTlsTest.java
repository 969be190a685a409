package dev.sluice.testkit;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Certificates of both sides of the HTTP/2 connections that calls of gRPC go over. */
@Timeout(180)
class GrpcTlsTest {

  private static final JsonObject NOTHING = new JsonObject();

  @TempDir private static Path folder;
  private static TestAuthority root;
  private static TlsFixture fixture;
  private static ManagedChannel channel;
  private final List<GrpcServer> servers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    root = TestAuthority.root("root");
    Path trusted = Files.writeString(folder.resolve("trusted.pem"), root.cert());
    fixture =
        new TlsFixture(
            Map.of(
                "proxy_listen", "127.0.0.1:0 http2",
                "nginx_proxy_grpc_ssl_verify", "on",
                "nginx_proxy_grpc_ssl_trusted_certificate", trusted.toString()));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", fixture.gateway().proxyPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    fixture.close();
  }

  @AfterEach
  void closeServers() {
    servers.forEach(GrpcServer::close);
  }

  private GrpcServer server(TestCertificate certificate, Optional<String> clients) {
    GrpcServer server = new GrpcServer(0, Optional.of(certificate), clients);
    servers.add(server);
    return server;
  }

  /** How a call to a service ends. */
  private static String call(String host, int port) {
    JsonObject routes =
        new JsonObject()
            .put("protocols", new JsonArray().add("grpc"))
            .put("strip_path", false)
            .put("paths", new JsonArray().add("/test.Service/Echo"));
    JsonObject service = fixture.service(host, port, new JsonObject().put("protocol", "grpcs"), routes);
    try {
      return ClientCalls.blockingUnaryCall(channel, GrpcServer.ECHO, CallOptions.DEFAULT, "hello");
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().name();
    } finally {
      fixture.remove(service);
    }
  }

  @Test
  void aNodeMayVerifyServers() throws Exception {
    GrpcServer right = server(root.issue("api", "api.test"), Optional.empty());
    GrpcServer stranger = server(TestAuthority.root("stranger").issue("api", "api.test"), Optional.empty());
    GrpcServer expired = server(root.expired("api", "api.test"), Optional.empty());
    assertThat(call("api.test", right.port())).isEqualTo("hello");
    assertThat(call("other.test", right.port())).isEqualTo("UNAVAILABLE");
    assertThat(call("api.test", stranger.port())).isEqualTo("UNAVAILABLE");
    assertThat(call("api.test", expired.port())).isEqualTo("UNAVAILABLE");
  }

  @Test
  void theUpstreamsCertificateIsShown() throws Exception {
    GrpcServer server = server(root.issue("api", "target.test"), Optional.of(root.cert()));
    JsonObject certificate = fixture.certificate(root.issue("client"));
    fixture.upstream("bare.upstream", server.port(), NOTHING);
    fixture.upstream("shown.upstream", server.port(), TlsFixture.shown(certificate));
    assertThat(call("bare.upstream", 1)).isEqualTo("UNAVAILABLE");
    assertThat(call("shown.upstream", 1)).isEqualTo("hello");
    assertThat(call("bare.upstream", 1)).isEqualTo("UNAVAILABLE");
  }
}
