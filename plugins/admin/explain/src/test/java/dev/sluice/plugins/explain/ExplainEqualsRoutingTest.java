package dev.sluice.plugins.explain;

import dev.sluice.plugins.bluegreen.BlueGreenPlugin;
import dev.sluice.plugins.canary.CanaryPlugin;
import dev.sluice.plugins.loadbalancing.LoadBalancingPlugin;
import dev.sluice.plugins.routertraditional.RouterTraditionalPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is explained is what happens: random configurations, random requests, each asked about and then sent to backends that
 * tell what they get. {@code -Dsluice.explain.requests} says how many, {@code -Dsluice.explain.seed} with which seed it begins.
 */
class ExplainEqualsRoutingTest {

  private static final int REQUESTS = Integer.getInteger("sluice.explain.requests", 2000);
  private static final long SEED = Long.getLong("sluice.explain.seed", 1L);
  private static final int OF_A_WORLD = 250;
  private static final int AT_ONCE = 25;
  private static final int BACKENDS = 6;

  private final Vertx vertx = Vertx.vertx();
  private HttpClient client;
  private Context context;

  @BeforeEach
  void connect() {
    context = vertx.getOrCreateContext();
    client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(AT_ONCE).setDefaultHost("127.0.0.1"));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"traditional_compatible", "traditional"})
  void explainEqualsRouting(String flavor) {
    Map<String, Integer> went = new TreeMap<>();
    try (TestGateway gateway = start(flavor)) {
      List<TestBackend> backends =
          Stream.generate(() -> gateway.backend(TestBackend.echo())).limit(BACKENDS).toList();
      int worlds = Math.max(1, REQUESTS / 2 / OF_A_WORLD);
      for (int i = 0; i < worlds; i++) {
        long seed = SEED + i;
        World world = new World(gateway, backends, new Random(seed)).build();
        ask(gateway, seed, went);
        world.remove();
      }
    }
    assertThat(went.keySet()).as("%s", went).contains("blue", "green", "canary", "null", "router 404", "request 400");
  }

  private static TestGateway start(String flavor) {
    return TestGateway.with(
            new ExplainPlugin(),
            new RouterTraditionalPlugin(),
            new LoadBalancingPlugin(),
            new BlueGreenPlugin(),
            new CanaryPlugin(),
            new EndpointsAlone(),
            new Parts())
        .ownParts()
        .setting("router_flavor", flavor)
        .setting("trusted_ips", "127.0.0.1")
        .start();
  }

  private void ask(TestGateway gateway, long seed, Map<String, Integer> went) {
    Random random = new Random(31 * seed);
    for (int done = 0; done < OF_A_WORLD; done += AT_ONCE) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Asked asked = Asked.of(random);
        all.add(onContext(() -> explain(gateway, asked).compose(explained -> send(gateway, asked, explained, seed))));
      }
      all.forEach(each -> went.merge(Await.result(each), 1, Integer::sum));
    }
  }

  /** From any other thread, the head of an answer may be seen when its body has already passed. */
  private Future<String> onContext(Supplier<Future<String>> task) {
    Promise<String> done = Promise.promise();
    context.runOnContext(now -> task.get().onComplete(done));
    return done.future();
  }

  private Future<JsonObject> explain(TestGateway gateway, Asked asked) {
    return client
        .request(HttpMethod.POST, gateway.adminPort(), "127.0.0.1", "/explain")
        .compose(request -> request.send(asked.question().toBuffer()))
        .compose(answer -> answer.body().map(body -> {
          assertThat(answer.statusCode()).as("%s: %s", asked, body).isEqualTo(200);
          return body.toJsonObject();
        }));
  }

  private Future<String> send(TestGateway gateway, Asked asked, JsonObject explained, long seed) {
    return client
        .request(HttpMethod.valueOf(asked.method()), gateway.proxyPort(), "127.0.0.1", asked.target())
        .compose(request -> {
          request.putHeader("Host", asked.host());
          request.headers().addAll(asked.headers());
          return asked.body().isEmpty() ? request.send() : request.send(Buffer.buffer(asked.body()));
        })
        .compose(answer -> answer.body().map(body -> {
          try {
            return Answers.compare(asked, explained, answer, body);
          } catch (AssertionError wrong) {
            throw new AssertionError("seed " + seed + ": " + wrong.getMessage(), wrong);
          }
        }));
  }
}
