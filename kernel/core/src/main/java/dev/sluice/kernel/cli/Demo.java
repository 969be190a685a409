package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.Kernel;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two small backends, and the walkthrough of the README done through the Admin API as a user would do it. */
final class Demo {

  private static final Logger log = LoggerFactory.getLogger(Demo.class);
  private static final int TRIES = 20;

  private final Kernel kernel;
  private final WebClient client;
  private final int[] ports;

  private Demo(Kernel kernel, Vertx vertx, int... ports) {
    this.kernel = kernel;
    this.client = WebClient.create(vertx);
    this.ports = ports;
  }

  static void begin(Kernel kernel, int... ports) {
    if (ports.length != 2) {
      log.error("the demo needs two ports, not {}", ports.length);
      return;
    }
    // A Vert.x of their own: the backends must not share the event loops of the gateway they are shown with.
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    Demo demo = new Demo(kernel, vertx, ports);
    DemoBackend.open(vertx, ports[0])
        .compose(open -> DemoBackend.open(vertx, ports[1]))
        .compose(open -> demo.apply())
        .onSuccess(
            done -> {
              String url = "http://127.0.0.1:" + kernel.port("proxy_listen.0") + "/api/atelier/";
              log.info("demo: backends at 127.0.0.1:{} and :{}, try: curl {}", ports[0], ports[1], url);
            })
        .onFailure(cause -> log.error("the demo could not be set up: {}", cause.getMessage()));
  }

  /** Does the walkthrough with a backend on a port of its own, sends some requests, and leaves nothing behind. */
  static Future<Void> tryOut(Kernel kernel) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    Promise<Void> over = Promise.promise();
    DemoBackend.open(vertx, 0)
        .compose(
            open -> {
              Demo demo = new Demo(kernel, vertx, open.actualPort(), open.actualPort() + 1);
              return demo.apply().compose(done -> demo.request(TRIES));
            })
        .onComplete(
            done -> {
              over.handle(done);
              vertx.close();
            });
    return over.future();
  }

  /** Sends requests to what is left of a {@link #tryOut}, with TLS and without; there is no backend any more. */
  static Future<Void> request(Kernel kernel) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    WebClientOptions trusting = new WebClientOptions().setTrustAll(true).setVerifyHost(false);
    WebClient client = WebClient.create(vertx, trusting);
    Promise<Void> over = Promise.promise();
    client
        .get(kernel.port("proxy_listen.0"), "127.0.0.1", "/api/atelier/")
        .send()
        .compose(
            answer -> client.get(kernel.port("proxy_listen.1"), "127.0.0.1", "/api/atelier/").ssl(true).send())
        .<Void>mapEmpty()
        .onComplete(
            done -> {
              over.handle(done);
              vertx.close();
            });
    return over.future();
  }

  private Future<Void> request(int times) {
    return times == 0
        ? Future.succeededFuture()
        : client
            .get(kernel.port("proxy_listen.0"), "127.0.0.1", "/api/atelier/")
            .send()
            .compose(answer -> request(times - 1));
  }

  /** Each step only adds what is not there: a demo may be started again on the store of the last one. */
  private Future<Void> apply() {
    return step("/upstreams", form("name", "myupstream"))
        .compose(done -> target("127.0.0.1:" + ports[0], "100"))
        .compose(done -> target("127.0.0.1:" + ports[1], "50"))
        .compose(
            done ->
                step(
                    "/services",
                    form("name", "myservice", "host", "myupstream", "path", "/api/atelier", "protocol", "http")))
        .compose(
            done ->
                step(
                    "/services/myservice/routes",
                    form("name", "myroute", "paths[]", "/api/atelier", "protocols[]", "http")))
        .mapEmpty();
  }

  private Future<Integer> target(String target, String weight) {
    return step("/upstreams/myupstream/targets", form("target", target, "weight", weight));
  }

  private static Supplier<MultiMap> form(String... pairs) {
    return () -> {
      MultiMap form = MultiMap.caseInsensitiveMultiMap();
      for (int i = 0; i < pairs.length; i += 2) {
        form.add(pairs[i], pairs[i + 1]);
      }
      return form;
    };
  }

  private Future<Integer> step(String path, Supplier<MultiMap> form) {
    return client
        .post(kernel.port("admin_listen.0"), "127.0.0.1", path)
        .sendForm(form.get())
        .compose(
            answer ->
                answer.statusCode() == 201 || answer.statusCode() == 409
                    ? Future.succeededFuture(answer.statusCode())
                    : Future.failedFuture("POST " + path + ": " + answer.statusCode() + " " + answer.bodyAsString()));
  }
}
