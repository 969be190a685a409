package dev.sluice.testkit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Many requests at once, such as find out whether a limit holds. */
public final class Burst {

  private static final int CONNECTIONS = 64;

  private Burst() {}

  /**
   * Sends GETs over 64 connections to several gateways in turn; waits for all of them.
   *
   * @return how many were answered with 200
   */
  public static int passed(int requests, String path, Map<String, String> headers, TestGateway... gateways) {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClient client =
          vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS / gateways.length));
      AtomicInteger passed = new AtomicInteger();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        all.add(
            client
                .request(HttpMethod.GET, gateways[i % gateways.length].proxyPort(), "127.0.0.1", path)
                .compose(request -> {
                  headers.forEach(request::putHeader);
                  return request.send();
                })
                .compose(answer -> {
                  if (answer.statusCode() == 200) {
                    passed.incrementAndGet();
                  }
                  return answer.end();
                }));
      }
      Await.result(Future.all(all));
      return passed.get();
    } finally {
      Await.result(vertx.close());
    }
  }
}
