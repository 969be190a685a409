package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Origin;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.upstream.UnresolvedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A filter may send a request elsewhere than to the service's host, and say which answers are collected. */
class OriginTest {

  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private static Path folder;
  private static TestGateway gateway;
  private static TestBackend other;
  private static HttpServer secure;

  /** Sends to where the request's headers say. */
  private static final class Elsewhere implements FilterFactory<JsonObject> {

    private record Instance() implements Filter.Access, Filter.Response {
      @Override
      public Future<Void> access(RequestContext context) {
        boolean tls = context.request().headers().contains("tls");
        context.request().headers().get("to").ifPresent(to -> context.upstreamRequest().origin(new Origin(
            tls,
            to.substring(0, to.lastIndexOf(':')),
            Integer.parseInt(to.substring(to.lastIndexOf(':') + 1)),
            context.request().headers().contains("verify"))));
        return Filters.CONTINUE;
      }

      @Override
      public boolean collects(RequestContext context) {
        return context.request().headers().contains("collect");
      }

      @Override
      public Future<Buffer> response(RequestContext context, Buffer body) {
        return Future.succeededFuture(Buffer.buffer("collected ").appendBuffer(body));
      }
    }

    @Override
    public String name() {
      return "elsewhere";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(JsonObject::copy);
    }

    @Override
    public Filter create(JsonObject config) {
      return new Instance();
    }
  }

  /** Knows one name, and where the machine's clouds are. */
  private static final class Plugin implements GatewayPlugin {
    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(new Elsewhere());
    }

    @Override
    public List<TargetResolver> resolvers() {
      return List.of((host, port) -> host.equals("known.test")
          ? Future.succeededFuture(new TargetResolver.Resolution(
              "A", List.of(new TargetResolver.Address("127.0.0.1", port, 0)), Duration.ofSeconds(1)))
          : Future.failedFuture(new UnresolvedException("no such name", true, Duration.ofSeconds(30))));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.with(new Plugin()).start();
    other = gateway.backend(TestBackend.echo());
    gateway.route("/");
    gateway.plugin("elsewhere", new JsonObject());
    TestCertificate made = TestCertificate.of(folder, "known.test", "EC");
    secure = Await.result(VERTX
        .createHttpServer(new HttpServerOptions().setSsl(true).setHost("127.0.0.1").setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(made.cert()))
                .addKeyValue(Buffer.buffer(made.key()))))
        .requestHandler(request -> request.response().end("secret"))
        .listen(0, "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    Await.result(VERTX.close());
  }

  @Test
  void theRequestGoesThere() {
    var answer = gateway.send(
        HttpMethod.POST, "/a?b=c", Map.of("to", "127.0.0.1:" + other.port()), Buffer.buffer("body"));
    JsonObject seen = answer.bodyAsJsonObject();
    assertThat(seen.getInteger("backend")).isEqualTo(other.port());
    assertThat(seen.getString("uri")).isEqualTo("/a?b=c");
    assertThat(seen.getString("body")).isEqualTo("body");
    assertThat(seen.getJsonObject("headers").getJsonArray("host").getString(0))
        .isEqualTo("127.0.0.1:" + other.port());
    assertThat(answer.getHeader("X-Kong-Upstream-Latency")).isNotNull();
  }

  @Test
  void namesAreLookedUp() {
    for (int i = 0; i < 2; i++) {
      JsonObject seen = gateway.get("/", Map.of("to", "known.test:" + other.port())).bodyAsJsonObject();
      assertThat(seen.getInteger("backend")).isEqualTo(other.port());
      assertThat(seen.getJsonObject("headers").getJsonArray("host").getString(0))
          .isEqualTo("known.test:" + other.port());
    }
    assertThat(gateway.get("/", Map.of("to", "unknown.test:80")).statusCode()).isEqualTo(503);
  }

  @Test
  void whereNothingIsSentToStaysSo() {
    assertThat(gateway.get("/", Map.of("to", "169.254.169.254:80")).statusCode()).isEqualTo(503);
    assertThat(gateway.get("/", Map.of("to", "127.0.0.1:" + gateway.adminPort())).statusCode()).isEqualTo(503);
  }

  @Test
  void certificatesAreVerifiedWhenAsked() {
    String to = "known.test:" + secure.actualPort();
    assertThat(gateway.get("/", Map.of("to", to, "tls", "1")).bodyAsString()).isEqualTo("secret");
    assertThat(gateway.get("/", Map.of("to", to, "tls", "1", "verify", "1")).statusCode()).isEqualTo(502);
    assertThat(gateway.get("/", Map.of("to", to, "tls", "1")).statusCode()).isEqualTo(200);
  }

  @Test
  void answersAreCollectedForThoseWhoWantThem() {
    assertThat(gateway.get("/?status=201", Map.of("collect", "1")).bodyAsString()).startsWith("collected {");
    assertThat(gateway.get("/?status=201").bodyAsString()).startsWith("{");
  }
}
