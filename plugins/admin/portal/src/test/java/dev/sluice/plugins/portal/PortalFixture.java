package dev.sluice.plugins.portal;

import dev.sluice.plugins.adminapi.AdminApiPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with a portal, and a client that says what a browser says. */
abstract class PortalFixture {

  TestGateway gateway;
  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));

  TestGateway.Builder gateway() {
    return TestGateway.with(new PortalPlugin(), new AdminApiPlugin()).setting("admin_gui_listen", "127.0.0.1:0");
  }

  @BeforeEach
  void start() {
    gateway = gateway().start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    client.close();
    Await.result(vertx.close());
  }

  int port() {
    return gateway.kernel().port("admin_gui_listen.0");
  }

  /** The origin of the portal's own pages. */
  String origin() {
    return "http://127.0.0.1:" + port();
  }

  HttpResponse<Buffer> call(String method, String path, String... headers) {
    return call(method, path, Buffer.buffer(), headers);
  }

  HttpResponse<Buffer> call(String method, String path, JsonObject body, String... headers) {
    return call(method, path, body.toBuffer(), headers);
  }

  private HttpResponse<Buffer> call(String method, String path, Buffer body, String... headers) {
    var request = client.request(HttpMethod.valueOf(method), port(), "127.0.0.1", path);
    for (int i = 0; i < headers.length; i += 2) {
      request.putHeader(headers[i], headers[i + 1]);
    }
    if (body.length() > 0) {
      request.putHeader("Content-Type", "application/json");
    }
    return Await.result(body.length() == 0 ? request.send() : request.sendBuffer(body));
  }
}
